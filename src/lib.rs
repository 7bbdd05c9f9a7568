//! Go's concurrency patterns in Rust.

extern crate self as fanin;

pub mod context;
pub mod patterns;
