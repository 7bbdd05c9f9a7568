//! Runs a scenario of the gallery: `cargo run --example scenario p10-nil-channel 7`.

use fanin::{detect, scenario};

fn main() {
    let mut args = std::env::args().skip(1);
    let id = args.next().unwrap_or_else(|| "p10-nil-channel".into());
    let seed = args.next().map_or(0, |seed| seed.parse().expect("a seed is a number"));

    let Some(scenario) = scenario::find(&id) else {
        println!("There is no {id}. There are:");
        return scenario::all().for_each(|s| println!("    {:26} {}", s.id, s.title));
    };
    println!("{}\n\n{}\n", scenario.title, scenario.about);

    let mut sim = scenario.start(seed);
    while sim.step() {}
    for line in sim.recording().outputs() {
        println!("{line}");
    }
    println!("{}", sim.outcome().expect("the run has ended"));
    for finding in detect::findings(&sim.recording().events) {
        println!("{}: {}", finding.kind.word(), finding.message);
    }
}
