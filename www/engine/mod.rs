//! Runs: the simulator behind the page, and what of it is shown.

mod frame;
mod run;

pub use frame::Frame;
pub use run::{Program, Run};
