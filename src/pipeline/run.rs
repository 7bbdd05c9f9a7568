//! A run of a pipeline under the simulator.

use super::{Cancel, Diagnostic, Item, Pipeline, limits};
use crate::sim::{Config, Limits, Sim};

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
    ///
    /// ```
    /// use fanin::pipeline::Settings;
    /// assert_eq!(Settings { cancel_at: Some(50), ..Settings::seed(7) }.seed, 7);
    /// ```
    pub fn seed(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }
}

impl Pipeline {
    /// Starts a run of the [`program`](Pipeline::program), within the [`limits`].
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
        let (main, cancel) = self.program()?;
        let limits = Limits { steps: limits::STEPS, events: limits::EVENTS, ..Limits::default() };
        let config = Config::new().seed(settings.seed).replay(settings.picks).limits(limits).show(Item::show);
        let mut run = Run { sim: config.start(main), cancel, cancel_at: settings.cancel_at };
        run.cancel_if_due();
        Ok(run)
    }
}

/// A run of a pipeline, taken step by step.
#[derive(Debug)]
pub struct Run {
    sim: Sim,
    cancel: Cancel,
    /// The cancellation from outside that is still to come.
    cancel_at: Option<u32>,
}

impl Run {
    /// Takes one step; false once the run has ended.
    ///
    /// ```
    /// use fanin::pipeline::{Pipeline, Settings};
    /// let mut run = Pipeline::parse("list 1").unwrap().start(Settings::seed(7)).unwrap();
    /// assert!(run.step());
    /// assert_eq!(run.sim().recording().steps(), 1);
    /// ```
    pub fn step(&mut self) -> bool {
        let goes_on = self.sim.step();
        self.cancel_if_due();
        goes_on
    }

    /// Takes the step with this index among [`Sim::enabled`]; false once the run has ended.
    ///
    /// ```
    /// use fanin::pipeline::{Pipeline, Settings};
    /// let mut run = Pipeline::parse("list 1 | square").unwrap().start(Settings::seed(7)).unwrap();
    /// while run.step_with(0) {} // always the first who can move
    /// assert_eq!(run.sim().recording().outputs(), ["1 (item 1)"]);
    /// ```
    pub fn step_with(&mut self, index: u32) -> bool {
        let goes_on = self.sim.step_with(index);
        self.cancel_if_due();
        goes_on
    }

    /// Cancels the context of the run between two steps, and gives the [`cancel_at`](Settings::cancel_at) that
    /// repeats this.
    ///
    /// ```
    /// use fanin::pipeline::{Pipeline, Settings};
    ///
    /// let mut run = Pipeline::parse("repeat 1").unwrap().start(Settings::seed(7)).unwrap();
    /// (0..50).for_each(|_| assert!(run.step()));
    /// assert_eq!(run.cancel_now(), 50);
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
    ///
    /// ```
    /// use fanin::pipeline::{Pipeline, Settings};
    /// let run = Pipeline::parse("list 1").unwrap().start(Settings::seed(7)).unwrap();
    /// assert_eq!(run.sim().enabled().len(), 1); // main, which has not begun
    /// ```
    pub fn sim(&self) -> &Sim {
        &self.sim
    }

    fn cancel_if_due(&mut self) {
        let step = self.sim.recording().steps();
        if self.cancel_at.take_if(|at| *at <= step).is_some() {
            self.sim.interfere(|| self.cancel.cancel());
        }
    }
}
