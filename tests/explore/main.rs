//! Exploration: that it misses nothing, does not do too much, and finds the shortest.
#![cfg(not(target_arch = "wasm32"))] // Long searches; what they prove does not depend on the target.

mod book;
mod bounds;
mod check;
mod executions;
mod golang;
mod litmus;
mod memory;
mod names;
mod oracle;
mod plain;
mod program;
mod sizes;
mod starts;
mod story;
mod waits;
mod world;
