//! Go's concurrency patterns in Rust, on channels, a select and contexts that behave as Go's do.
//!
//! ```
//! use fanin::{Context, chan, go, select};
//!
//! let sum = fanin::sim::run(async {
//!     let (ctx, cancel) = Context::background().with_cancel();
//!     let (tx, rx) = chan(0);
//!     go(async move {
//!         for n in 1.. {
//!             select! {
//!                 tx.send(n) => {}
//!                 _ = ctx.done().recv() => return,
//!             }
//!         }
//!     });
//!     let sum = rx.recv().await.unwrap() + rx.recv().await.unwrap();
//!     cancel.cancel();
//!     sum
//! });
//! assert_eq!(sum, 1 + 2);
//! ```
//!
//! The `book` has a page for each family of patterns, with the Go beside the Rust; one on testing, from zero; and one on
//! what differs from Go.
//!
//! # From Go
//!
//! | Go | here |
//! |---|---|
//! | `go f()` | [`go(f())`](go) |
//! | `make(chan T, n)` | [`chan(n)`](chan) |
//! | `ch <- v`, `v, ok := <-ch` | [`tx.send(v).await`](Sender::send), [`rx.recv().await`](Receiver::recv): an `Option` |
//! | `close(ch)`, `defer close(ch)` | [`tx.close()`](Sender::close), [`let _close = tx.close_on_drop()`](Sender::close_on_drop) |
//! | a nil channel | [`Receiver::never()`](Receiver::never), or `None` as a case of a select |
//! | `select { case ... default: }` | [`select!`] |
//! | `context`, `sync`, `time`, `errgroup`, `singleflight` | [`context`], [`sync`], [`time`], [`group`] |
//! | `context.AfterFunc`, `time.AfterFunc` | [`ctx.after_func(future)`](Context::after_func), [`after_func(d, f)`](time::after_func) |
//! | a type that implements `context.Context` | [`Custom`](context::Custom) |
//! | `synctest.Test`, `synctest.Wait` | `sim::run`, `sim::wait` |
//! | `panic`, `recover`, `runtime.Goexit` | [`panic`](fn@panic), [`recover`], [`goexit`] |
//!
//! A channel is closed by [`close`](Sender::close) alone: dropping its senders closes nothing. What Go runs in a
//! `defer` is a guard here, and runs when it is dropped.
//!
//! # What runs it
//!
//! Everything above needs only a [`Runtime`](rt::Runtime):
//!
//! | runtime | for |
//! |---|---|
//! | [`rt::local`] | one thread, as quick as can be |
//! | `rt::threads`, with the feature `threads` | all processors; works inside an application that runs tokio |
//! | `rt::browser`, with the feature `browser` | the browser's event loop |
//! | `sim`, with the feature `sim`, which is on by default | the deterministic simulator, with virtual time |
//!
//! Under the simulator a run is a recording, from which `detect` reads leaks, deadlocks and faults.
//!
//! # Testing with every interleaving
//!
//! `explore` runs a small program under every schedule that makes a difference, in a plain `#[test]`:
//!
//! ```should_panic
//! use fanin::{chan, explore, go};
//!
//! explore::check(|| async {
//!     let (tx, rx) = chan(0);
//!     for n in 0..2 {
//!         let tx = tx.clone();
//!         go(async move { tx.send(n).await });
//!     }
//!     rx.recv().await; // and who takes the other one?
//! });
//! ```
//!
//! It fails with the leak, the task and the line, the shortest schedule in sentences, since when nothing could avert it,
//! and a token with which [`Explorer::replay`](explore::Explorer::replay) repeats that run.

#![forbid(unsafe_code)]
#![warn(missing_docs, unreachable_pub, clippy::print_stdout, clippy::print_stderr)]

extern crate self as fanin;

#[cfg(all(doc, feature = "sim"))]
pub mod book;
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
    pub use crate::sync::func_timer::{FuncTimer, after_func};
    pub use crate::sync::timer::{Ticker, Timer, TimerRecv, after};
}

pub use context::{CancelFunc, Context, ContextError};
pub use probe::{Fault, named, output};
pub use rt::{JoinError, JoinHandle, go, goexit, panic, recover, yield_now};
pub use sync::{Receiver, Sender, WaitGroup, chan};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
