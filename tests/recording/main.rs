//! Recordings outside of their run: as files, as traces, as dumps.

#![cfg(all(feature = "sim", not(target_arch = "wasm32")))]

mod dump;
mod file;
mod trace;

use fanin::{
    pipeline::{Settings, templates},
    scenario,
    sim::Recording,
};

/// Runs of everything that the gallery and the templates show.
fn recordings() -> Vec<Recording> {
    let of_scenarios = scenario::all().flat_map(|scenario| {
        (0..4).map(|seed| {
            let mut sim = scenario.start(seed);
            while sim.step() {}
            sim.into_recording()
        })
    });
    let of_templates = templates().iter().map(|template| {
        let mut run = template.pipeline().start(Settings::seed(7)).expect("it can run");
        while run.step() {}
        run.sim().recording().clone()
    });
    of_scenarios.chain(of_templates).collect()
}
