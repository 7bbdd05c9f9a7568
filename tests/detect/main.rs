//! What is found in recordings.

#![cfg(all(feature = "sim", not(target_arch = "wasm32")))]

mod faults;
mod lints;
mod memory_model;
mod races;
mod shared;
mod stuck;
mod support;
