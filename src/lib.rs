//! Go's concurrency patterns in Rust.

#![forbid(unsafe_code)]
#![warn(missing_docs, unreachable_pub, clippy::print_stdout, clippy::print_stderr)]

extern crate self as fanin;

pub mod context;
pub mod detect;
#[cfg(feature = "sim")]
pub mod explore;
pub mod group;
mod lock;
pub mod patterns;
#[cfg(feature = "sim")]
pub mod pipeline;
pub mod probe;
pub mod rt;
#[cfg(feature = "sim")]
pub mod scenario;
#[cfg(feature = "sim")]
pub mod sim;
pub mod sync;

/// Time: sleeping, timers, tickers; virtual under the simulator.
pub mod time {
    pub use crate::rt::time::{Elapsed, Instant, Sleep, Timeout, now, sleep, timeout};
    pub use crate::sync::timer::{Ticker, Timer, TimerRecv, after};
}

pub use context::{CancelFunc, Context, ContextError};
pub use probe::{Fault, named, output};
pub use rt::{JoinError, JoinHandle, go, goexit, panic, recover, yield_now};
pub use sync::{Receiver, Sender, WaitGroup, chan};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
