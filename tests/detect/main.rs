//! What is found in recordings.

#![cfg(all(feature = "sim", not(target_arch = "wasm32")))]

mod faults;
mod go;
mod lints;
mod memory_model;
#[path = "../explore/plain.rs"]
mod plain;
mod plain_runs;
mod races;
mod shared;
mod stuck;
mod support;
