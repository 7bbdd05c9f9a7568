//! Go's semantics, statement by statement: channels, select, contexts, wait groups, time and the life of
//! a program behave as in Go, on every runtime that the tests can reach.
//!
//! The name of a test begins with the number of its statement. Where Go leaves an order open, the test
//! asserts the whole set of what may happen.

#![cfg(feature = "sim")]

#[macro_use]
mod harness;
mod all_schedules;
pub mod atomic;
pub mod bubble;
pub mod cancel_safety;
pub mod chan;
pub mod close;
pub mod cond;
pub mod context;
pub mod context_after;
pub mod context_cause;
pub mod context_custom;
pub mod errgroup;
pub mod faults;
pub mod func_timer;
pub mod map;
pub mod mutex;
pub mod once;
pub mod rwlock;
pub mod sched;
pub mod select;
pub mod select_arms;
pub mod semaphore;
pub mod singleflight;
pub mod steps;
pub mod stream;
pub mod time;
pub mod wait_group;
pub mod wait_idle;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
