//! What each pattern promises, over many schedules.

mod fan;
mod laws;
mod or;
mod pool;
mod sources;
mod support;
mod tee;
mod timing;
