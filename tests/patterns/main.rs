//! What each pattern promises, over many schedules.

mod fan;
mod laws;
mod merging;
mod or;
mod pace;
mod pool;
mod proofs;
mod sources;
mod support;
mod tee;
mod timing;
mod work;
