//! Explores every interleaving of a small program: a proof within stated bounds, or the shortest schedule
//! that goes wrong.
//!
//! A program is a closure that gives a future; it is run again and again under the simulator, once for
//! each class of schedules that no task can tell apart. Every visible operation is a place where another
//! task may come first, also one that cannot block: a close, a cancel, a default.
//!
//! A look at a state that needs no waiting (`len`, `err`) belongs to the step of the operation before it.
//!
//! Not explored are weak memory (Go's atomics, and so these, are sequentially consistent), code between
//! two operations, and timers that fire before the other tasks have come to rest: time passes only when
//! nobody can move. Sleeps of the same length end in every order.
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
mod exploration;
mod footprint;
mod report;
mod schedule;
mod search;
mod story;
mod token;
mod trace;

pub use exploration::Exploration;
pub use report::{Bound, Found, Outcomes, Report, Verdict};
pub use story::Sentence;
pub use token::{Token, TokenError};

use crate::sim::{Config, Limits, Recording, Sim};
use std::future::Future;

/// The settings of an exploration.
#[derive(Clone, Debug)]
pub struct Explorer {
    max_executions: u64,
    max_steps: u32,
    reduce: bool,
}

impl Default for Explorer {
    fn default() -> Self {
        Self::new()
    }
}

impl Explorer {
    /// At most 100,000 executions of at most 10,000 steps, with reduction.
    pub fn new() -> Self {
        Self { max_executions: 100_000, max_steps: 10_000, reduce: true }
    }

    /// The number of executions after which it ends, incomplete.
    #[must_use]
    pub fn max_executions(mut self, n: u64) -> Self {
        self.max_executions = n;
        self
    }

    /// The number of steps after which a run is ended; the exploration is then not complete.
    #[must_use]
    pub fn max_steps(mut self, n: u32) -> Self {
        self.max_steps = n;
        self
    }

    /// Takes every schedule instead of one of each class: the same answers, for many times the work.
    ///
    /// ```
    /// use fanin::{explore::Explorer, go};
    /// let program = || async {
    ///     for _ in 0..2 {
    ///         go(async { fanin::yield_now().await });
    ///     }
    /// };
    /// assert_eq!(Explorer::new().run(program).executions, 1);
    /// assert!(Explorer::new().every_schedule().run(program).executions > 1);
    /// ```
    #[must_use]
    pub fn every_schedule(mut self) -> Self {
        self.reduce = false;
        self
    }

    /// Explores to the end, or to a bound.
    pub fn run<F, Fut>(&self, program: F) -> Report
    where
        F: Fn() -> Fut,
        Fut: Future + Send + 'static,
        Fut::Output: Send,
    {
        let mut exploration = self.start(|config: Config| config.start(program()));
        while exploration.advance() {}
        exploration.report()
    }

    /// Starts an exploration that is taken in parts. `program` starts a run with the given settings.
    pub fn start<P: Fn(Config) -> Sim>(&self, program: P) -> Exploration<P> {
        Exploration::new(program, self.reduce, self.max_executions, self.max_steps)
    }

    /// Repeats the run of a token.
    ///
    /// # Errors
    ///
    /// [`TokenError::Diverged`], with the step, if it leads to another run than the one that the token was made
    /// from; [`TokenError::OtherProgram`] if that differs in objects and values alone.
    ///
    /// ```
    /// use fanin::explore::Explorer;
    /// let program = || async { fanin::panic("boom").await };
    /// let explorer = Explorer::new();
    /// let found = explorer.run(program).findings.remove(0);
    /// let recording = explorer.replay(&found.token, program)?;
    /// assert_eq!(fanin::detect::findings(&recording.events), [found.finding]);
    /// # Ok::<_, fanin::explore::TokenError>(())
    /// ```
    pub fn replay<F, Fut>(&self, token: &Token, program: F) -> Result<Recording, TokenError>
    where
        F: Fn() -> Fut,
        Fut: Future + Send + 'static,
        Fut::Output: Send,
    {
        let limits = Limits { steps: self.max_steps, ..Limits::default() };
        let config = Config::new().limits(limits).strategy(token.strategy()).outlive_panics();
        let mut sim = config.start(program());
        while sim.step() {}
        let recording = sim.into_recording();
        token.check(&recording)?;
        Ok(recording)
    }
}

/// Explores a program, for use in tests: every interleaving must end well.
///
/// # Panics
///
/// With the finding, the length of its shortest schedule and the token that replays it, if anything goes wrong
/// in any interleaving; and if the exploration reaches a bound.
///
/// ```
/// use fanin::{WaitGroup, explore};
/// explore::check(|| async {
///     let wg = WaitGroup::new();
///     for _ in 0..2 {
///         wg.go(async {});
///     }
///     wg.wait().await;
/// });
/// ```
#[track_caller]
pub fn check<F, Fut>(program: F)
where
    F: Fn() -> Fut,
    Fut: Future + Send + 'static,
    Fut::Output: Send,
{
    let report = Explorer::new().run(program);
    assert!(report.is_proof(), "{report}");
}
