//! Runs: the simulator behind the page, and what of it is shown.

mod explore;
mod frame;
mod run;
mod seed;

pub use explore::{Progress, SAMPLE, Search, Way};
pub use frame::Frame;
pub use run::{Program, RECENT, Run};
pub use seed::showing;
