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
const RECENT: u32 = 40;

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
    now: Rc<View>,
    whole: Rc<View>,
    mismatch: Option<TokenError>,
    /// The findings and the lints.
    found: Option<[Rc<[Finding]>; 2]>,
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
        let mut run =
            Self { machine, picks: key.picks, now: start.clone(), whole: start, mismatch: None, found: None };
        if let Some(schedule) = schedule {
            // Only the whole run tells whether the schedule is one of this program; one that was cut does not.
            run.advance(u32::MAX);
            let sim = run.machine.sim();
            let cut = matches!(sim.outcome(), Some(Outcome::Limit(_)));
            run.mismatch = schedule.check(sim.recording()).err().filter(|_| !cut);
        }
        run
    }

    /// Goes on until step `t` is known, or the end, and tells the last step that is.
    pub fn advance(&mut self, t: u32) -> u32 {
        while self.steps() < t && self.step() {}
        self.steps().min(t)
    }

    /// What is seen at step `t`, which has to be known.
    pub fn frame(&mut self, t: u32) -> Frame {
        let ended = self.machine.sim().outcome().is_some();
        let events = &self.machine.sim().recording().events;
        let t = t.min(self.steps());
        if t < self.now.step {
            self.now = Rc::new(View::at(events, t));
        } else {
            Rc::make_mut(&mut self.now).advance(events, t);
        }
        if self.whole.step < self.steps() {
            Rc::make_mut(&mut self.whole).advance(events, self.machine.sim().recording().steps());
        }
        let start = events.partition_point(|e| e.step < t.saturating_sub(RECENT));
        let end = events.partition_point(|e| e.step <= t);
        let recent = events[start..end].into();
        let next = self.next(t);
        let outcome = self.machine.sim().outcome().filter(|_| t == self.steps()).cloned();
        let [findings, lints] = self.found(t);
        Frame {
            now: self.now.clone(),
            whole: self.whole.clone(),
            findings,
            lints,
            recent,
            next,
            outcome,
            mismatch: self.mismatch.clone(),
            ended,
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

    /// The findings and the lints, at the end of the run: before it nothing can be judged.
    fn found(&mut self, t: u32) -> [Rc<[Finding]>; 2] {
        let recording = self.machine.sim().recording();
        if recording.outcome.is_none() || t < recording.steps() {
            return Default::default();
        }
        let judge = || [detect::findings(&recording.events).into(), detect::lints(&recording.events).into()];
        self.found.get_or_insert_with(judge).clone()
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
