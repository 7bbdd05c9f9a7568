//! How a run is set up.

use super::{
    Recording,
    choice::{Replay, Seeded, Strategy},
    exec::Sim,
    show::Shown,
};
use crate::{lock::lock, probe::Value};
use std::{
    fmt,
    future::Future,
    sync::{Arc, Mutex},
    time::Duration,
};

/// The settings of a run.
///
/// ```
/// use fanin::sim::Config;
/// let run = Config::new().seed(7).run(async { fanin::rt::choose(1000) });
/// assert_eq!(run.value, Config::new().seed(7).run(async { fanin::rt::choose(1000) }).value);
/// ```
pub struct Config {
    pub(super) seed: u64,
    pub(super) strategy: Option<Box<dyn Strategy>>,
    pub(super) limits: Limits,
    pub(super) exit_with_main: bool,
    pub(super) outlive_panics: bool,
    pub(super) early_timers: bool,
    pub(super) shown: Shown,
    pub(super) spent: Recording,
}

/// Where a run is ended although it could go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Steps.
    pub steps: u32,
    /// Recorded events.
    pub events: u32,
    /// Tasks.
    pub tasks: u32,
    /// Virtual time.
    pub time: Duration,
}

impl Default for Limits {
    /// A million steps, four million events, a million tasks, a year.
    fn default() -> Self {
        Self {
            steps: 1_000_000,
            events: 4_000_000,
            tasks: 1_000_000,
            time: Duration::from_secs(366 * 24 * 3600),
        }
    }
}

impl Config {
    /// Seed 0, the default [`Limits`].
    ///
    /// ```
    /// assert_eq!(fanin::sim::Config::new().run(async { 6 * 7 }).value, Some(42));
    /// ```
    pub fn new() -> Self {
        Self {
            seed: 0,
            strategy: None,
            limits: Limits::default(),
            exit_with_main: false,
            outlive_panics: false,
            early_timers: false,
            shown: Shown::default(),
            spent: Recording::default(),
        }
    }

    /// The seed from which all choices come.
    ///
    /// ```
    /// use fanin::{go, output, sim::Config};
    /// let order = |seed| {
    ///     let run = Config::new().seed(seed).run(async {
    ///         go(async { output(&"a") });
    ///         go(async { output(&"b") });
    ///     });
    ///     run.recording.outputs()
    /// };
    /// assert_eq!(order(7), order(7));
    /// assert!((0..50).any(|seed| order(seed) != order(7)));
    /// ```
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Repeats the choices of an earlier run, and goes on by the seed.
    ///
    /// ```
    /// use fanin::sim::Config;
    /// let first = Config::new().seed(3).run(async { fanin::rt::choose(1000) });
    /// let picks = first.recording.picks.iter().map(|p| p.picked).collect();
    /// assert_eq!(Config::new().replay(picks).run(async { fanin::rt::choose(1000) }).value, first.value);
    /// ```
    #[must_use]
    pub fn replay(mut self, picks: Vec<u32>) -> Self {
        self.strategy = Some(Box::new(Replay::new(picks, self.seed)));
        self
    }

    /// Lets something else make the choices.
    ///
    /// ```
    /// use fanin::{rt::choose, sim::{Choice, Config, Strategy}};
    /// struct Last;
    /// impl Strategy for Last {
    ///     fn pick(&mut self, _: Choice, of: u32) -> u32 {
    ///         of - 1
    ///     }
    /// }
    /// assert_eq!(Config::new().strategy(Last).run(async { choose(6) }).value, Some(5));
    /// ```
    #[must_use]
    pub fn strategy(mut self, strategy: impl Strategy + 'static) -> Self {
        self.strategy = Some(Box::new(strategy));
        self
    }

    /// Where the run is ended although it could go on.
    ///
    /// ```
    /// use fanin::{sim::{Config, LimitKind, Limits, Outcome}, yield_now};
    /// let limits = Limits { steps: 100, ..Limits::default() };
    /// let run = Config::new().limits(limits).run(async {
    ///     loop {
    ///         yield_now().await;
    ///     }
    /// });
    /// assert_eq!(run.recording.outcome, Some(Outcome::Limit(LimitKind::Steps(100))));
    /// ```
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Ends the run as soon as main has returned, as a Go program does, instead of letting the other
    /// tasks go on until nothing can move.
    ///
    /// ```
    /// use fanin::{go, output, sim::Config, time::sleep};
    /// use std::time::Duration;
    /// let outputs = |exit| {
    ///     let run = Config::new().exit_with_main(exit).run(async {
    ///         go(async {
    ///             sleep(Duration::from_secs(1)).await;
    ///             output(&"late");
    ///         });
    ///     });
    ///     run.recording.outputs().len()
    /// };
    /// assert_eq!((outputs(false), outputs(true)), (1, 0));
    /// ```
    #[must_use]
    pub fn exit_with_main(mut self, exit: bool) -> Self {
        self.exit_with_main = exit;
        self
    }

    /// Lets the other tasks go on after one has panicked, so that an exploration sees what they would do.
    pub(crate) fn outlive_panics(mut self) -> Self {
        self.outlive_panics = true;
        self
    }

    /// Lets the recording take the place of one that nobody needs any more.
    pub(crate) fn in_place_of(mut self, spent: Recording) -> Self {
        self.spent = spent;
        self
    }

    /// Lets the next timer fire while tasks can still move, as if the computation between two operations took
    /// time; otherwise time passes only when nobody can move.
    ///
    /// ```
    /// use fanin::{sim::Config, time::sleep, yield_now};
    /// use std::{collections::BTreeSet, time::Duration};
    /// let first = |seed, early| {
    ///     let run = Config::new().seed(seed).early_timers(early).run(async {
    ///         let slow = fanin::go(async {
    ///             yield_now().await;
    ///             fanin::output(&"computed");
    ///         });
    ///         sleep(Duration::from_secs(1)).await;
    ///         fanin::output(&"slept");
    ///         slow.await.unwrap();
    ///     });
    ///     run.recording.outputs().remove(0)
    /// };
    /// let all = |early| (0..50).map(|seed| first(seed, early)).collect::<BTreeSet<_>>();
    /// assert_eq!((all(false).len(), all(true).len()), (1, 2));
    /// ```
    #[must_use]
    pub fn early_timers(mut self, early: bool) -> Self {
        self.early_timers = early;
        self
    }

    /// Shows values as an exploration was told.
    pub(crate) fn shown(mut self, shown: Shown) -> Self {
        self.shown = shown;
        self
    }

    /// Tells how values of a type are shown in the recording. Integers, strings, `char`, `bool` and `()` are known.
    ///
    /// ```
    /// use fanin::{probe::Value, sim::Config};
    /// struct Point(i64, i64);
    /// let config = Config::new().show(|p: &Point| Value::Text(format!("({}, {})", p.0, p.1).into()));
    /// let run = config.run(async { fanin::output(&Point(1, 2)) });
    /// assert_eq!(run.recording.outputs(), ["(1, 2)"]);
    /// ```
    #[must_use]
    pub fn show<T: 'static>(mut self, show: impl Fn(&T) -> Value + Send + Sync + 'static) -> Self {
        self.shown.add(show);
        self
    }

    pub(super) fn take_strategy(&mut self) -> Box<dyn Strategy> {
        self.strategy.take().unwrap_or_else(|| Box::new(Seeded::new(self.seed)))
    }

    /// Starts a run that is taken step by step.
    ///
    /// ```
    /// let mut sim = fanin::sim::Config::new().start(async { fanin::yield_now().await });
    /// while sim.step() {}
    /// assert!(sim.outcome().is_some());
    /// ```
    pub fn start<F>(self, main: F) -> Sim
    where
        F: Future + Send + 'static,
        F::Output: Send,
    {
        Sim::new(self, async move {
            main.await;
        })
    }

    /// Runs a program to its end.
    ///
    /// ```
    /// use fanin::{Receiver, sim::{Config, Outcome}};
    /// let run = Config::new().run(async { Receiver::<u32>::never().recv().await });
    /// assert_eq!((run.value, run.recording.outcome), (None, Some(Outcome::Deadlock)));
    /// ```
    pub fn run<F>(self, main: F) -> Run<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send,
    {
        let value = Arc::new(Mutex::new(None));
        let out = value.clone();
        let mut sim = Sim::new(self, async move {
            let got = main.await;
            *lock(&out) = Some(got);
        });
        while sim.step() {}
        let recording = sim.into_recording();
        let value = lock(&value).take();
        Run { value, recording }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("seed", &self.seed)
            .field("limits", &self.limits)
            .field("exit_with_main", &self.exit_with_main)
            .finish_non_exhaustive()
    }
}

/// A run that has ended.
#[derive(Clone, Debug)]
pub struct Run<T> {
    /// What main returned, if it did.
    pub value: Option<T>,
    /// What happened.
    pub recording: Recording,
}
