//! A pipeline as a program, and a run of it.

use std::sync::{Arc, OnceLock};

use super::{Diagnostic, Item, Pipeline, build::build, limits};
use crate::{
    CancelFunc, Context, output, select,
    sim::{Config, Limits, Sim},
    time,
};

/// What a run depends on besides the pipeline. The same settings give the same run.
///
/// ```
/// use fanin::pipeline::Settings;
/// assert_eq!(Settings::seed(7), Settings { seed: 7, cancel_at: None, picks: Vec::new() });
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Where all choices come from.
    pub seed: u64,
    /// After which step the run is cancelled from outside.
    pub cancel_at: Option<u32>,
    /// Choices to make before those of the seed.
    pub picks: Vec<u32>,
}

impl Settings {
    /// Only a seed.
    pub fn seed(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }
}

impl Pipeline {
    /// Starts a run.
    ///
    /// Its main makes a context, starts the stages, and puts out what comes from the last of them until the
    /// channel is closed, the context is done, or one of the pipeline's [`Ends`](super::Ends) is reached. Then
    /// it cancels the context and returns, as a Go program does that begins with `defer cancel()`.
    ///
    /// # Errors
    ///
    /// What [`check`](Pipeline::check) finds.
    ///
    /// ```
    /// use fanin::pipeline::{Pipeline, Settings};
    ///
    /// let pipeline = Pipeline::parse("range 1..9 | filter odd | square | take 2").unwrap();
    /// let mut run = pipeline.start(Settings::seed(7)).unwrap();
    /// while run.step() {}
    /// assert_eq!(run.sim().recording().outputs(), ["1 (item 1)", "9 (item 3)"]);
    /// ```
    pub fn start(&self, settings: Settings) -> Result<Run, Vec<Diagnostic>> {
        let errors = self.check();
        if !errors.is_empty() {
            return Err(errors);
        }
        let cancel = Arc::new(OnceLock::new());
        let limits = Limits { steps: limits::STEPS, events: limits::EVENTS, ..Limits::default() };
        let config = Config::new().seed(settings.seed).replay(settings.picks).limits(limits).show(Item::show);
        let sim = config.start(program(self.clone(), cancel.clone()));
        Ok(Run { sim, cancel, cancel_at: settings.cancel_at })
    }
}

/// A run of a pipeline, taken step by step.
#[derive(Debug)]
pub struct Run {
    sim: Sim,
    /// Set by main as soon as it has made its context.
    cancel: Arc<OnceLock<CancelFunc>>,
    /// The cancellation from outside that is still to come.
    cancel_at: Option<u32>,
}

impl Run {
    /// Takes one step; false once the run has ended.
    pub fn step(&mut self) -> bool {
        let goes_on = self.sim.step();
        self.cancel_if_due();
        goes_on
    }

    /// Takes the step with this index among [`Sim::enabled`]; false once the run has ended.
    pub fn step_with(&mut self, index: u32) -> bool {
        let goes_on = self.sim.step_with(index);
        self.cancel_if_due();
        goes_on
    }

    /// Cancels the context of the run between two steps, or as soon as there is one. Gives the
    /// [`cancel_at`](Settings::cancel_at) that repeats this.
    ///
    /// ```
    /// use fanin::pipeline::{Pipeline, Settings};
    ///
    /// let mut run = Pipeline::parse("repeat 1").unwrap().start(Settings::seed(7)).unwrap();
    /// (0..50).for_each(|_| assert!(run.step()));
    /// run.cancel_now();
    /// while run.step() {}
    /// assert_eq!(run.sim().outcome().unwrap().to_string(), "main returned");
    /// ```
    pub fn cancel_now(&mut self) -> u32 {
        let step = self.sim.recording().steps();
        self.cancel_at = Some(step);
        self.cancel_if_due();
        step
    }

    /// The simulator, to look at.
    pub fn sim(&self) -> &Sim {
        &self.sim
    }

    fn cancel_if_due(&mut self) {
        let step = self.sim.recording().steps();
        if let Some(cancel) = self.cancel.get()
            && self.cancel_at.take_if(|at| *at <= step).is_some()
        {
            self.sim.interfere(|| cancel.cancel());
        }
    }
}

/// The main of a pipeline.
async fn program(Pipeline { stages, ends }: Pipeline, hand: Arc<OnceLock<CancelFunc>>) {
    let background = Context::background();
    let (ctx, cancel) =
        ends.timeout.map_or_else(|| background.with_cancel(), |limit| background.with_timeout(limit));
    let _deferred = hand.get_or_init(|| cancel).clone().on_drop();
    let last = build(&stages, &ctx);
    let alarm = ends.after.map(time::after);
    let mut outputs = 0;
    while ends.outputs != Some(outputs) {
        select! {
            item = last.recv() => match item {
                Some(item) => output(&item),
                None => break,
            },
            _ = alarm.as_ref().map(|alarm| alarm.recv()) => break,
            _ = ctx.done().recv() => break,
        }
        outputs += 1;
    }
}
