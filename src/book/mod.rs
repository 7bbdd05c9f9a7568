//! The book: Go's concurrency patterns, each with the Go beside the Rust.
//!
//! It is for someone who knows Go's patterns or Rust's `async`, and wants the one in terms of the other. Each page
//! is short and can be read alone; the examples on the right are run by the tests.
//!
//! | page | about |
//! |---|---|
//! | [channels] | channels, closing, nil channels, [`select!`], timers |
//! | [contexts] | cancellation, deadlines and values, handed down |
//! | [pipelines] | generators and stages, and how a pipeline ends |
//! | [fanning] | fan-out, fan-in, and the order of what comes out |
//! | [plumbing] | or-done, tee, bridge, the or-channel, queues |
//! | [workers] | pools, bounded work, rates, retries, heartbeats |
//! | [toolbox] | Go's `sync`: wait groups, locks, once, conditions, maps, pools, atomics |
//! | [groups] | scopes, error groups, semaphores, shared calls |
//! | [races] | plain memory that tasks share, and data races |
//! | [faults] | errors, panics, what can be caught |
//! | [testing] | a test of every interleaving, from zero; replaying and debugging |
//! | [differences] | what is not as in Go, and why |
//!
//! # Three ways to use the crate
//!
//! *To write a program.* Channels, select, contexts, locks and the [patterns] are ordinary async
//! Rust, and need something that runs them. Choose once, in `main`; nothing else names it:
//!
//! ```
//! # use fanin::{chan, go};
//! let n = fanin::rt::local::run(async {
//!     let (tx, rx) = chan(0);
//!     go(async move { tx.send(42).await });
//!     rx.recv().await
//! });
//! assert_eq!(n, Some(42));
//! ```
//!
//! | runtime | choose it for |
//! |---|---|
//! | [`rt::local`] | one thread: the quickest, and no lock is ever contended |
//! | `rt::threads` (feature `threads`) | all processors, also within an application that runs tokio |
//! | `rt::browser` (feature `browser`) | a page: the tasks take turns with the browser's event loop |
//! | [`sim`] (feature `sim`, on by default) | tests, debugging, teaching: virtual time, every choice from a seed |
//!
//! *To test one.* The same program under the simulator is a recording, in which [`detect`] finds leaks,
//! deadlocks, panics and data races. [`explore`] goes through every interleaving of a small program and
//! gives a proof, or the shortest schedule that goes wrong. Read [testing] first if that is what brought you here.
//!
//! *To see one.* The playground shows recordings step by step. Its gallery has a program for each pattern and for each of
//! the usual mistakes; the pages here name them by their ids, such as `p12-random-producer`, which is also the
//! end of their address in the playground, and what [`scenario::find`] takes.
//!
//! # How to read the examples
//!
//! The Go, that of Go 1.25 or newer, stands for the body of a `main` or for declarations beside it; the Rust runs
//! in a task, which is hidden, with the imports, behind the eye in the corner of each example. [`output`] takes the
//! place of `fmt.Println`: it records the value, so that a test can look at it. Everything that waits has an
//! `.await`. What cannot wait in Go, such as a close, a cancel or an unlock, is a plain call here too.

#[allow(unused_imports, reason = "the pages link to them")]
use crate::{
    Context, Receiver, Sender, WaitGroup, chan, detect, explore, go, group, output, patterns, rt, scenario,
    select, sim, sync, time,
};

macro_rules! pages {
    ($($page:ident)+) => {
        $(
            #[doc = include_str!(concat!(stringify!($page), ".md"))]
            #[doc = include_str!("twins.html")]
            pub mod $page {}
        )+
    };
}

pages!(channels contexts pipelines fanning plumbing workers toolbox groups races faults testing differences);
