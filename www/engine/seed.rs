//! A seed that is worth a look.

use crate::model::link::RunKey;
use fanin::scenario::Scenario;

/// So many seeds are tried.
const MOST: usize = 200;

/// The first seed under which a mistake shows.
pub fn showing(scenario: &'static Scenario) -> Option<u64> {
    let shows = |seed: &u64| {
        let mut sim = scenario.start(*seed);
        while sim.step() {}
        !scenario.is_right(sim.recording())
    };
    (RunKey::SEED..).take(MOST).find(shows)
}
