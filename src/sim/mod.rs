//! The deterministic runtime: one thread, virtual time, every choice from a seed, every run a recording.
//!
//! A run goes in steps. In each the scheduler chooses one of the tasks that can move and lets it do one
//! visible operation, or lets a timer fire that is due. Time stands still while any task can move, and
//! then jumps to the next timer. A wait for a lock counts as waiting like any other.
//!
//! Once main has returned the other tasks go on until nothing can move: what is unfinished then has
//! leaked. With [`Config::exit_with_main`] the run ends at once, as a Go program does.

mod choice;
mod config;
mod core;
mod dump;
mod exec;
mod file;
mod hooks;
mod lend;
mod moves;
mod recording;
mod show;
mod state;
mod tasks;
mod trace;
mod turn;
mod wait;

pub use crate::probe::{LimitKind, Outcome};
pub use choice::{Choice, Pick, Replay, Seeded, Strategy};
pub use config::{Config, Limits, Run};
pub use exec::{Enabled, Sim};
pub use file::FileError;
pub use recording::Recording;
pub use wait::{Wait, wait};
pub(crate) use {moves::Movers, show::Shown, tasks::Tasks};

use std::future::Future;

/// Runs a program to its end under seed 0, and gives main's value.
///
/// # Panics
///
/// If main does not return: with Go's report of the deadlock, the panic or the fatal error. Tasks that
/// are left over are no error, as in Go; [`Config::run`] gives the whole recording.
///
/// ```
/// let n = fanin::sim::run(async {
///     let (tx, rx) = fanin::chan(0);
///     fanin::go(async move { tx.send(41).await });
///     rx.recv().await.unwrap() + 1
/// });
/// assert_eq!(n, 42);
/// ```
#[track_caller]
pub fn run<F>(main: F) -> F::Output
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    let run = Config::new().run(main);
    match run.value {
        Some(value) => value,
        None => panic!("{}", run.recording.report()),
    }
}
