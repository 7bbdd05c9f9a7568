//! Explores every interleaving of a small program: a proof within stated bounds, or the shortest schedule
//! that goes wrong.
//!
//! A program is a closure that gives a future; it is run again and again under the simulator, once for
//! each class of schedules that no task can tell apart. Every visible operation is a place where another
//! task may come first, also one that cannot block: a close, a cancel, a default.
//!
//! A look at a state that needs no waiting (`len`, `err`) belongs to the step of the operation before it, and so do the
//! operations that cannot block between the two: after `a.close(); b.close();` comes another task in between, but not if
//! `b.len()` follows at once. [`every_schedule`](Explorer::every_schedule) does not see more.
//!
//! Not explored are weak memory (Go's atomics, and so these, are sequentially consistent) and code between
//! two operations. Time passes only when nobody can move, unless [`Explorer::early_timers`] lets timers fire
//! before; sleeps of the same length end in every order. A task that polls in a loop is not followed for ever:
//! see [`Explorer::patience`].
//!
//! An access to plain memory ([`sync::shared`](crate::sync::shared)) is no place where another task may come
//! first. Nothing is missed for that: if a program has a data race, an execution shows one, and if none does,
//! no task can tell when within its step an access was made.
//!
//! ```
//! use fanin::{chan, explore::Explorer, go, select};
//!
//! // The worker gives up if nobody is there to take its result: the caller may wait for ever.
//! let report = Explorer::new().run(|| async {
//!     let (tx, rx) = chan(0);
//!     go(async move {
//!         select! {
//!             tx.send("done") => {}
//!             default => {}
//!         }
//!     });
//!     rx.recv().await
//! });
//! assert_eq!(report.executions, 2);
//! assert_eq!(report.findings[0].finding.kind, fanin::detect::Kind::Deadlock);
//! ```
//!
//! # From loom and shuttle
//!
//! | loom, shuttle | here |
//! |---|---|
//! | `loom::model(..)`, `shuttle::check_dfs(..)` | [`check`], or [`Explorer::run`] for a report instead of a panic |
//! | `loom::model::Builder::check` | [`Explorer::check`] |
//! | `shuttle::check_random`, `check_pct` | [`Explorer::random`], [`Explorer::priorities`], each with [`Explorer::check`] |
//! | `loom::model::Builder::preemption_bound` | [`Explorer::preemptions`]: a range, for fewest first |
//! | `max_branches`, `max_permutations` | [`Explorer::max_steps`], [`Explorer::max_executions`]; the [`Verdict`] says which was reached |
//! | a checkpoint file, `shuttle::replay` | a [`Token`] in one line, and [`Explorer::replay`] |
//! | `loom::sync::..`, `shuttle::sync::..` in place of `std`'s | the library's own primitives, the same in production |
//! | threads | tasks, as many as there are; a deadlock or leak is found where it is, not by a timeout |
//! | `loom::thread::yield_now` in a spin loop | as it is; [`Explorer::patience`] bounds a loop without one, too |
//! | `loom::cell::UnsafeCell` | [`sync::shared`](crate::sync::shared), for data races by Go's memory model |
//!
//! Weak memory, which is loom's strength, is not modelled. `std`'s own locks, channels and atomics are invisible: what tasks
//! do through them is no step of its own.

mod check;
mod clock;
mod dating;
mod decisive;
mod driver;
mod exploration;
mod explorer;
mod few;
mod footprint;
mod prints;
mod report;
mod rounds;
mod sample;
mod schedule;
mod search;
mod spin;
mod story;
mod table;
mod token;
mod trace;

pub use check::check;
pub use exploration::Exploration;
pub use explorer::Explorer;
pub use report::{Bound, Found, Outcomes, Report, Verdict};
pub use story::Sentence;
pub use token::{Token, TokenError};
