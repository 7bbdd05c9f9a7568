//! Explores every interleaving of a small program: a proof within stated bounds, or the shortest schedule
//! that goes wrong.
//!
//! A program is a closure that gives a future; it is run again and again under the simulator, once for
//! each class of schedules that no task can tell apart. Every visible operation is a place where another
//! task may come first, also one that cannot block: a close, a cancel, a default.
//!
//! A look at a state that needs no waiting (`len`, `err`) belongs to the step of the operation before it.
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

mod clock;
mod driver;
mod exploration;
mod explorer;
mod footprint;
mod report;
mod sample;
mod schedule;
mod search;
mod spin;
mod story;
mod table;
mod token;
mod trace;

pub use exploration::Exploration;
pub use explorer::{Explorer, check};
pub use report::{Bound, Found, Outcomes, Report, Verdict};
pub use story::Sentence;
pub use token::{Token, TokenError};
