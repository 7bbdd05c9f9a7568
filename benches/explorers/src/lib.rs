//! fanin's programs, and what a search of them gives: shared by the comparison and by the rate in wasm.

pub mod fanin_programs;

/// After so many executions a search is cut short.
pub const MOST: usize = 50_000;

/// How many schedules those take that go by chance.
pub const RUNS: usize = 20_000;

/// How many executions a contender took, and whether that was all there is to see.
pub struct Explored {
    pub executions: usize,
    pub complete: bool,
}
