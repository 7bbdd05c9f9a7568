//! A run that is taken as far as somebody looks.
//!
//! A run is a pure function of its program and key; looking at it in another order shows nothing else.

use super::Frame;
use crate::model::{lane::State, link::RunKey, view::View};
use fanin::{
    detect::{self, Finding},
    explore::{Token, TokenError},
    pipeline::{self, Pipeline, Settings, limits},
    probe::{Outcome, TaskId},
    scenario::{Expected, Scenario},
    sim::{Config, Enabled, Limits, Sim},
};
use std::rc::Rc;

/// How many steps before the one that is looked at are told.
pub const RECENT: u32 = 32;

/// After so many steps it looks at the clock again.
const SOME: u32 = 64;

/// What is run.
#[derive(Clone, Debug)]
pub enum Program {
    /// One without an error.
    Pipeline(Pipeline),
    Scenario(&'static Scenario),
}

impl Program {
    /// What it ought to put out, where that can be said.
    pub fn expected(&self) -> Option<&'static Expected> {
        match self {
            Self::Pipeline(_) => None,
            Self::Scenario(scenario) => scenario.expected(),
        }
    }
}

impl PartialEq for Program {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Pipeline(a), Self::Pipeline(b)) => a == b,
            (Self::Scenario(a), Self::Scenario(b)) => a.id == b.id,
            _ => false,
        }
    }
}

/// A run and the views of it.
pub struct Run {
    machine: Machine,
    /// In the order of their steps.
    picks: Vec<(u32, u32)>,
    /// The schedule that it has to be the run of, until that is known.
    unproven: Option<Token>,
    mismatch: Option<TokenError>,
    now: Rc<View>,
    whole: Rc<View>,
    /// What is wrong in the whole run, and what may be, once they are known.
    findings: Option<Rc<[Finding]>>,
    lints: Option<Rc<[Finding]>>,
}

/// What takes the steps.
enum Machine {
    Pipeline(pipeline::Run),
    Scenario(Sim),
}

impl Machine {
    fn sim(&self) -> &Sim {
        match self {
            Self::Pipeline(run) => run.sim(),
            Self::Scenario(sim) => sim,
        }
    }

    fn step(&mut self, index: Option<u32>) -> bool {
        match (self, index) {
            (Self::Pipeline(run), None) => run.step(),
            (Self::Pipeline(run), Some(index)) => run.step_with(index),
            (Self::Scenario(sim), None) => sim.step(),
            (Self::Scenario(sim), Some(index)) => sim.step_with(index),
        }
    }
}

impl Run {
    /// # Panics
    ///
    /// If the pipeline has an error: the editor lets none of those through.
    pub fn new(program: &Program, key: RunKey) -> Self {
        let picks = key.schedule.as_ref().map_or_else(Vec::new, |token| token.choices().to_vec());
        let alone = key.cancel.is_none() && key.picks.is_empty();
        let schedule = key.schedule.clone().filter(|_| alone);
        let machine = match program {
            Program::Pipeline(pipeline) => {
                let settings = Settings { seed: key.seed, cancel_at: key.cancel, picks };
                Machine::Pipeline(pipeline.start(settings).expect("checked by the editor"))
            }
            Program::Scenario(scenario) => {
                let limits = Limits { steps: limits::STEPS, events: limits::EVENTS, ..Limits::default() };
                let early = key.schedule.as_ref().is_some_and(Token::early_timers);
                let config = Config::new().seed(key.seed).replay(picks).limits(limits).early_timers(early);
                Machine::Scenario(config.start(scenario.program()))
            }
        };
        let start = Rc::new(View::at(&machine.sim().recording().events, 0));
        Self {
            machine,
            picks: key.picks,
            unproven: schedule,
            mismatch: None,
            now: start.clone(),
            whole: start,
            findings: None,
            lints: None,
        }
    }

    /// Gets ready to show step `t`, or the end if that comes before, as far as the time allows; true once it is.
    pub fn prepare(&mut self, t: u32, time_is_up: impl Fn() -> bool) -> bool {
        while self.make_ready(t) {
            if time_is_up() {
                return false;
            }
        }
        true
    }

    /// The last step that is known, up to `t`.
    pub fn reached(&self, t: u32) -> u32 {
        self.steps().min(t)
    }

    /// Does some of what has to be done before step `t` is shown; false if nothing is left of it.
    fn make_ready(&mut self, t: u32) -> bool {
        // Only the whole run tells whether a schedule is one of its program.
        let far = if self.unproven.is_some() { u32::MAX } else { t };
        if self.steps() < far && !self.ended() {
            let stop = far.min(self.steps().saturating_add(SOME));
            while self.steps() < stop && self.step() {}
            return true;
        }
        self.prove();
        let steps = self.steps();
        let events = &self.machine.sim().recording().events;
        if self.whole.step < steps {
            let stop = steps.min(self.whole.step + SOME);
            Rc::make_mut(&mut self.whole).advance(events, stop);
            return true;
        }
        if t >= steps {
            self.now = self.whole.clone();
        } else if t < self.now.step {
            self.now = Rc::new(View::at(events, 0));
        }
        if self.now.step < t.min(steps) {
            let stop = t.min(self.now.step + SOME);
            Rc::make_mut(&mut self.now).advance(events, stop);
            return true;
        }
        // Before the end nothing can be judged.
        if self.is_end(t) && self.findings.is_none() {
            self.findings = Some(detect::findings(events).into());
            return true;
        }
        if self.is_end(t) && self.lints.is_none() {
            self.lints = Some(detect::lints(events).into());
            return true;
        }
        false
    }

    /// What is seen at the step that it is ready to show.
    pub fn frame(&self) -> Frame {
        let t = self.now.step;
        let sim = self.machine.sim();
        let events = &sim.recording().events;
        let start = events.partition_point(|e| e.step < t.saturating_sub(RECENT));
        let end = events.partition_point(|e| e.step <= t);
        let found =
            |found: &Option<Rc<[Finding]>>| found.clone().filter(|_| self.is_end(t)).unwrap_or_default();
        Frame {
            now: self.now.clone(),
            whole: self.whole.clone(),
            findings: found(&self.findings),
            lints: found(&self.lints),
            recent: events[start..end].into(),
            next: self.next(t),
            outcome: sim.outcome().filter(|_| self.is_end(t)).cloned(),
            mismatch: self.mismatch.clone(),
            ended: self.ended(),
        }
    }

    /// Tells whether this is the run that the schedule was made from, which one that was cut does not.
    fn prove(&mut self) {
        if let Some(schedule) = self.unproven.take() {
            let sim = self.machine.sim();
            let cut = matches!(sim.outcome(), Some(Outcome::Limit(_)));
            self.mismatch = schedule.check(sim.recording()).err().filter(|_| !cut);
        }
    }

    /// Who could act after step `t`: the simulator knows it for the last step, the view for those before.
    fn next(&self, t: u32) -> Rc<[Enabled]> {
        if t == self.steps() {
            let sim = self.machine.sim();
            return if sim.outcome().is_some() { Rc::default() } else { sim.enabled().into() };
        }
        let ready = self.now.lanes.iter().filter_map(|lane| match &lane.state {
            State::Ready(op) => Some(Enabled { task: lane.task, op: op.clone() }),
            _ => None,
        });
        ready.collect()
    }

    fn steps(&self) -> u32 {
        self.machine.sim().recording().steps()
    }

    fn ended(&self) -> bool {
        self.machine.sim().outcome().is_some()
    }

    fn is_end(&self, t: u32) -> bool {
        self.ended() && t >= self.steps()
    }

    /// Takes the next step: the one that was chosen, or the seed's.
    fn step(&mut self) -> bool {
        let at = self.steps();
        let picked = self.picks.binary_search_by_key(&at, |p| p.0).ok().map(|i| self.picks[i]);
        let index = picked
            .and_then(|(_, task)| self.machine.sim().enabled().iter().position(|e| e.task == TaskId(task)));
        self.machine.step(index.map(|i| i as u32))
    }
}
