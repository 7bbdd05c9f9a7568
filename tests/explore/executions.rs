//! What an exploration takes, one execution after the other.

use fanin::{
    explore::{Exploration, Report},
    sim::{Config, Recording, Sim},
};

/// Explores to the end; gives what `look` makes of each execution that counts. What was taken before the search began anew
/// does not, as it is taken again.
pub fn each<P: Fn(Config) -> Sim, R>(
    mut exploration: Exploration<P>,
    mut look: impl FnMut(&Recording) -> R,
) -> (Report, Vec<R>) {
    let mut seen = Vec::new();
    let mut executions = 0;
    while exploration.advance() {
        if exploration.executions() > executions {
            executions += 1;
            seen.push(look(exploration.last().expect("an execution was taken")));
        }
    }
    let report = exploration.report();
    seen.drain(..seen.len() - report.executions as usize);
    (report, seen)
}
