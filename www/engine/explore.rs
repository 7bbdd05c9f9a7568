//! The exploration of the program on the page, in slices that leave the page alive.

use super::Program;
use crate::model::link::RunKey;
use fanin::{
    explore::{Exploration, Explorer, Report},
    pipeline::Item,
    sim::{Config, Sim},
};

/// After so many executions it ends, incomplete.
const MOST: u64 = 20_000;

/// So many schedules are taken by chance.
pub const SAMPLE: u64 = 5_000;

/// An execution is taken and looked through at once, which takes the longer the more steps it has: so many a browser
/// does without the page standing still.
const STEPS: u32 = 1_000;

/// Which schedules are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// One of each class of equivalent ones, up to a number.
    Every,
    /// Some of a program that has too many, from anywhere among them.
    Chance,
}

/// An exploration in progress.
pub struct Search {
    way: Way,
    exploration: Exploration<Box<dyn Fn(Config) -> Sim>>,
}

/// How far an exploration is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    pub way: Way,
    pub report: Report,
    /// Of the report, but never counted down where the search begins anew.
    pub executions: u64,
    /// Alternatives that are known and not explored, or schedules that are still to be taken.
    pub frontier: u64,
    pub going: bool,
    /// How many slices it took: two states of progress are never the same.
    pub slices: u32,
}

impl Search {
    pub fn new(program: &Program, way: Way) -> Self {
        let start: Box<dyn Fn(Config) -> Sim> = match program.clone() {
            Program::Pipeline(pipeline) => Box::new(move |config| {
                let (main, _) = pipeline.program().expect("checked by the editor");
                config.show(Item::show).start(main)
            }),
            Program::Scenario(scenario) => Box::new(move |config| config.start(scenario.program())),
        };
        let explorer = match way {
            Way::Every => Explorer::new().max_executions(MOST),
            Way::Chance => Explorer::new().random(RunKey::SEED, SAMPLE),
        };
        Self { way, exploration: explorer.max_steps(STEPS).start(start) }
    }

    /// Goes on until the time is up; `None` before the first slice.
    pub fn slice(&mut self, before: Option<&Progress>, time_is_up: impl Fn() -> bool) -> Progress {
        let mut going = true;
        while going && !time_is_up() {
            going = self.exploration.advance();
        }
        let report = self.exploration.report();
        Progress {
            way: self.way,
            executions: (report.executions + report.blocked).max(before.map_or(0, |p| p.executions)),
            report,
            frontier: self.exploration.frontier(),
            going,
            slices: before.map_or(1, |p| p.slices.wrapping_add(1)),
        }
    }
}
