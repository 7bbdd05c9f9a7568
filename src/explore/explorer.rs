//! The settings of an exploration.

use super::{Exploration, Report, Token, TokenError, driver::Driver};
use crate::{
    probe::Value,
    sim::{Config, Limits, Recording, Shown, Sim},
};
use std::{future::Future, ops::RangeInclusive, time::Duration};

/// How the schedules are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// One of each class of equivalent ones.
    Reduced,
    /// Every one.
    Every,
    /// As many, each choice by chance.
    Random { seed: u64, runs: u64 },
    /// As many, by random priorities that change at `depth - 1` places.
    Priorities { seed: u64, runs: u64, depth: u32 },
}

/// The settings of an exploration.
///
/// ```
/// use fanin::{explore::Explorer, go, yield_now};
/// let report = Explorer::new().max_executions(1_000).run(|| async {
///     go(async { yield_now().await });
/// });
/// assert!(report.is_proof());
/// ```
#[derive(Clone, Debug)]
pub struct Explorer {
    pub(super) method: Method,
    pub(super) max_executions: u64,
    pub(super) max_steps: u32,
    pub(super) max_time: Duration,
    pub(super) preemptions: Option<RangeInclusive<u32>>,
    pub(super) early_timers: bool,
    pub(super) patience: u32,
    pub(super) shown: Shown,
}

impl Default for Explorer {
    fn default() -> Self {
        Self::new()
    }
}

impl Explorer {
    /// At most 100,000 executions of at most 10,000 steps, with reduction.
    ///
    /// ```
    /// assert!(fanin::explore::Explorer::new().run(|| async {}).is_proof());
    /// ```
    pub fn new() -> Self {
        Self {
            method: Method::Reduced,
            max_executions: 100_000,
            max_steps: 10_000,
            max_time: Limits::default().time,
            preemptions: None,
            early_timers: false,
            patience: 2,
            shown: Shown::default(),
        }
    }

    /// The number of executions after which it ends, incomplete: also of those that it gives up midway, since all that is
    /// left of them has been seen. Counted anew where the search begins anew, since it has learned what some steps touch or
    /// allows one more pre-emption. Schedules by chance have a number of their own.
    ///
    /// ```
    /// use fanin::{explore::{Bound, Explorer, Verdict}, go, output};
    /// let report = Explorer::new().max_executions(1).run(|| async {
    ///     go(async { output(&"a") });
    ///     go(async { output(&"b") });
    /// });
    /// assert_eq!(report.verdict, Verdict::Bounded(Bound::Executions(1)));
    /// ```
    #[must_use]
    pub fn max_executions(mut self, n: u64) -> Self {
        self.max_executions = n;
        self
    }

    /// The number of steps after which a run is ended; the exploration is then not complete.
    ///
    /// ```
    /// use fanin::{explore::{Bound, Explorer, Verdict}, sim::LimitKind, time::Ticker};
    /// use std::time::Duration;
    /// let report = Explorer::new().max_steps(50).run(|| async {
    ///     let ticker = Ticker::new(Duration::from_secs(1));
    ///     loop {
    ///         ticker.recv().await;
    ///     }
    /// });
    /// assert_eq!(report.verdict, Verdict::Bounded(Bound::Run(LimitKind::Steps(50))));
    /// ```
    #[must_use]
    pub fn max_steps(mut self, n: u32) -> Self {
        self.max_steps = n;
        self
    }

    /// The virtual time after which a run is ended; the exploration is then not complete.
    ///
    /// ```
    /// use fanin::{explore::{Bound, Explorer, Verdict}, sim::LimitKind, time::sleep};
    /// use std::time::Duration;
    /// let hour = Duration::from_secs(3600);
    /// let report = Explorer::new().max_time(hour).run(|| sleep(Duration::MAX));
    /// let reached = Bound::Run(LimitKind::Time(hour.as_nanos() as u64));
    /// assert_eq!(report.verdict, Verdict::Bounded(reached));
    /// ```
    #[must_use]
    pub fn max_time(mut self, time: Duration) -> Self {
        self.max_time = time;
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
        self.method = Method::Every;
        self
    }

    /// Takes `runs` random schedules, for a program that has too many.
    ///
    /// ```
    /// use fanin::{explore::{Bound, Explorer, Verdict}, go, output};
    /// let report = Explorer::new().random(7, 50).run(|| async {
    ///     for n in 0..3 {
    ///         go(async move { output(&n) });
    ///     }
    /// });
    /// assert_eq!(report.verdict, Verdict::Bounded(Bound::Sample(50)));
    /// assert_eq!(report.outcomes.len(), 6);
    /// ```
    #[must_use]
    pub fn random(mut self, seed: u64, runs: u64) -> Self {
        self.method = Method::Random { seed, runs };
        self
    }

    /// Takes `runs` schedules by random priorities: who has the highest goes on, until it loses it, at one of
    /// `depth - 1` random steps.
    ///
    /// Each run but the first finds an error that needs `depth` steps in a certain order with a probability of at least
    /// 1 / (n k^(depth - 1)), for n tasks and k steps, as many as the longest run before has taken: the first one
    /// finds that out, and changes no priority (Burckhardt, Kothari, Musuvathi, Nagarakatte: "A randomized
    /// scheduler with probabilistic guarantees of finding bugs", ASPLOS 2010).
    ///
    /// ```
    /// use fanin::{detect::Kind, explore::Explorer, go, sync::Mutex};
    /// let report = Explorer::new().priorities(7, 100, 2).run(|| async {
    ///     let (a, b) = (Mutex::new(0), Mutex::new(0));
    ///     for (first, second) in [(a.clone(), b.clone()), (b, a)] {
    ///         go(async move {
    ///             let _first = first.lock().await;
    ///             let _second = second.lock().await;
    ///         });
    ///     }
    /// });
    /// assert!(report.findings.iter().any(|found| found.finding.kind == Kind::Leak));
    /// ```
    #[must_use]
    pub fn priorities(mut self, seed: u64, runs: u64, depth: u32) -> Self {
        self.method = Method::Priorities { seed, runs, depth };
        self
    }

    /// Takes the schedules with few pre-emptions first: those with as many as the range begins with, then with
    /// one more, up to its end. `2..=2` has one fixed bound.
    ///
    /// A task is pre-empted if another one acts although it could go on and has not yielded. Most errors need
    /// no more than two; what needs more is not seen, and the exploration then not complete. Within the bound
    /// every schedule is taken, also equivalent ones.
    ///
    /// ```
    /// use fanin::{explore::Explorer, go, output, yield_now};
    /// let program = || async {
    ///     for name in ["a", "b"] {
    ///         go(async move {
    ///             output(&name);
    ///             fanin::chan::<u32>(1).0.send(1).await;
    ///             output(&name);
    ///         });
    ///     }
    /// };
    /// let orders = |most| Explorer::new().preemptions(0..=most).run(program).outcomes.len();
    /// assert_eq!((orders(0), orders(1), orders(2)), (2, 4, 6));
    /// ```
    #[must_use]
    pub fn preemptions(mut self, bounds: RangeInclusive<u32>) -> Self {
        self.preemptions = Some(bounds);
        self
    }

    /// Lets timers fire while tasks can still move, in the order of their deadlines: see
    /// [`Config::early_timers`]. A ticker then needs a bound, such as [`max_time`](Self::max_time).
    ///
    /// A task comes to a mutex that is held only where nobody else can move, early timers included: that a lock under a
    /// timeout is given up while others could move is not seen.
    ///
    /// ```
    /// use fanin::{chan, explore::Explorer, go, output, select, time::after};
    /// use std::time::Duration;
    /// let program = || async {
    ///     let (tx, rx) = chan(0);
    ///     go(async move { tx.send("answer").await });
    ///     select! {
    ///         answer = rx.recv() => output(&answer.unwrap()),
    ///         _ = after(Duration::from_secs(1)).recv() => output(&"timeout"),
    ///     }
    /// };
    /// let outcomes = |explorer: Explorer| {
    ///     let outcomes = explorer.run(program).outcomes.into_iter();
    ///     outcomes.map(|o| o.outputs.concat()).collect::<std::collections::BTreeSet<_>>()
    /// };
    /// assert_eq!(outcomes(Explorer::new()), ["answer".to_string()].into());
    /// assert_eq!(outcomes(Explorer::new().early_timers()), ["answer".to_string(), "timeout".into()].into());
    /// ```
    #[must_use]
    pub fn early_timers(mut self) -> Self {
        self.early_timers = true;
        self
    }

    /// How often a task may look in vain from one line, at what has not changed, before it has to wait for a
    /// change; 2 if nothing is said.
    ///
    /// Without an end to that a loop that polls would have infinitely many schedules. A loop that keeps no count
    /// loses nothing by it. One that gives up after more rounds than this is seen to do so only when nobody else
    /// can move: the exploration is then not complete, by [`Bound::Patience`](super::Bound::Patience). (It is tried whether a
    /// loop does, for 100 rounds.) If all the others spin as well, the program has diverged.
    ///
    /// ```
    /// use fanin::{detect::Kind, explore::Explorer, sync::AtomicBool, yield_now};
    /// let report = Explorer::new().patience(1).run(|| async {
    ///     let ready = AtomicBool::new(false);
    ///     while !ready.load().await {
    ///         yield_now().await;
    ///     }
    /// });
    /// assert_eq!(report.findings[0].finding.kind, Kind::Divergence);
    /// ```
    ///
    /// A loop that keeps count:
    ///
    /// ```
    /// use fanin::{detect::Kind, explore::{Bound, Explorer, Verdict}, go, sync::Mutex, yield_now};
    /// let program = || async {
    ///     let mutex = Mutex::new(());
    ///     let held = mutex.lock().await;
    ///     go(async move {
    ///         for _ in 0..3 {
    ///             if mutex.try_lock().await.is_some() {
    ///                 return;
    ///             }
    ///         }
    ///         fanin::panic("gave up").await;
    ///     });
    ///     yield_now().await;
    ///     drop(held);
    /// };
    /// assert_eq!(Explorer::new().run(program).verdict, Verdict::Bounded(Bound::Patience(2)));
    /// let report = Explorer::new().patience(3).run(program);
    /// assert_eq!((report.verdict, report.findings[0].finding.kind), (Verdict::Complete, Kind::Fault));
    /// ```
    #[must_use]
    pub fn patience(mut self, rounds: u32) -> Self {
        self.patience = rounds.max(1);
        self
    }

    /// Tells how values of a type are shown, as [`Config::show`] does for one run. What is not shown is `·`, and two
    /// outputs that look the same are the same outcome.
    ///
    /// ```
    /// use fanin::{explore::Explorer, output, probe::Value, rt::choose};
    /// #[derive(Debug)]
    /// struct Answer(u32);
    /// let program = || async { output(&Answer(choose(2))) };
    /// let outcomes = |explorer: Explorer| explorer.run(program).outcomes.len();
    /// assert_eq!(outcomes(Explorer::new()), 1);
    /// assert_eq!(outcomes(Explorer::new().show(|a: &Answer| Value::Text(format!("{a:?}").into()))), 2);
    /// ```
    #[must_use]
    pub fn show<T: 'static>(mut self, show: impl Fn(&T) -> Value + Send + Sync + 'static) -> Self {
        self.shown.add(show);
        self
    }

    /// Explores to the end, or to a bound.
    ///
    /// ```
    /// use fanin::{Receiver, detect::Kind, explore::Explorer};
    /// let report = Explorer::new().run(|| async { Receiver::<u32>::never().recv().await });
    /// assert_eq!(report.findings[0].finding.kind, Kind::Deadlock);
    /// ```
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
    ///
    /// ```
    /// use fanin::{explore::Explorer, sim::Config};
    /// let mut exploration = Explorer::new().start(|config: Config| config.start(async {}));
    /// while exploration.advance() {
    ///     // and show how far it is
    /// }
    /// assert_eq!(exploration.report().executions, 1);
    /// ```
    pub fn start<P: Fn(Config) -> Sim>(&self, program: P) -> Exploration<P> {
        Exploration::new(program, self.clone())
    }

    /// Repeats the run of a token: under the settings that it was found with, since patience, the limits and what is
    /// shown are a part of the run. Whether timers fire early the token says.
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
        self.replay_with(token, |config| config.start(program()))
    }

    /// Repeats the run of a token of an exploration that was [started](Self::start) with a program that has settings of
    /// its own.
    ///
    /// # Errors
    ///
    /// As [`replay`](Self::replay).
    ///
    /// ```
    /// use fanin::{explore::Explorer, go, output, sim::Config};
    /// let program = |config: Config| config.exit_with_main(true).start(async {
    ///     go(async { output(&"late") });
    /// });
    /// let mut exploration = Explorer::new().start(program);
    /// while exploration.advance() {}
    /// for outcome in exploration.report().outcomes {
    ///     let recording = Explorer::new().replay_with(&outcome.token, program)?;
    ///     assert_eq!(recording.outputs(), outcome.outputs);
    /// }
    /// # Ok::<_, fanin::explore::TokenError>(())
    /// ```
    pub fn replay_with(
        &self,
        token: &Token,
        program: impl Fn(Config) -> Sim,
    ) -> Result<Recording, TokenError> {
        let settings = Self { early_timers: token.early_timers(), ..self.clone() };
        let driver = Driver::new(&program, &settings, Recording::default());
        let recording = driver.replay(token.choices());
        token.check(&recording)?;
        Ok(recording)
    }
}
