//! A run in the hands of an exploration: who may move, and a step at a time.

use super::{
    clock::Clock,
    explorer::{Explorer, Method},
    prints::Prints,
    spin::Spins,
    table::Table,
    trace::{Step, Trace},
};
use crate::{
    probe::{Event, LockKind, ObjId, Op, Outcome, TaskId, What},
    rt::Entered,
    sim::{Choice, Config, Limits, Movers, Recording, Seeded, Sim, Strategy, Tasks},
};

/// The first possibility of each choice.
struct First;

impl Strategy for First {
    fn pick(&mut self, _: Choice, _: u32) -> u32 {
        0
    }
}

/// A run that an exploration steers.
pub(super) struct Driver {
    sim: Sim,
    pub(super) prints: Prints,
    /// The order of causes, if anybody wants to know it.
    trace: Option<Trace>,
    /// Whether a task stays away from a mutex that is held, until nobody else can move: whoever is to get it
    /// may as well come when it is free.
    avoids_held: bool,
    /// Who could move in the simulator.
    all: Movers,
    /// Those of them that may, where that is not all.
    restrained: Option<Movers>,
    /// Those that stay away from a mutex now.
    held_back: Tasks,
    /// Those that have looked in vain often enough, while others may move.
    tired: Tasks,
    /// How many events have been taken in.
    seen: usize,
    /// Which event tells what a task has come to.
    next: Table<Option<usize>>,
    held: Vec<ObjId>,
    spins: Spins,
    early_timers: bool,
}

impl Driver {
    /// Starts a run, which takes the place of a `spent` one in memory.
    pub(super) fn new(program: &impl Fn(Config) -> Sim, settings: &Explorer, spent: Recording) -> Self {
        let limits = Limits { steps: settings.max_steps, time: settings.max_time, ..Limits::default() };
        let config = Config::new()
            .limits(limits)
            .early_timers(settings.early_timers)
            .outlive_panics()
            .shown(settings.shown.clone())
            .in_place_of(spent);
        let mut driver = Self {
            prints: Prints::new(settings.early_timers),
            trace: None,
            sim: program(config.strategy(First)),
            avoids_held: settings.method == Method::Reduced,
            all: Movers::default(),
            restrained: None,
            held_back: Tasks::default(),
            tired: Tasks::default(),
            seen: 0,
            next: Table::default(),
            held: Vec::new(),
            spins: Spins::new(settings.patience),
            early_timers: settings.early_timers,
        };
        driver.note();
        driver
    }

    /// Finds out the order of causes as well.
    pub(super) fn traced(mut self) -> Self {
        let mut trace = Trace::new(self.early_timers);
        trace.begin(self.events());
        self.trace = Some(trace);
        self
    }

    /// Makes the run the current one of this thread, which each step does otherwise.
    pub(super) fn enter(&self) -> Entered {
        self.sim.enter()
    }

    /// Leaves the choices within steps to chance.
    pub(super) fn choose_by_chance(&mut self, random: Seeded) {
        self.sim.choose_by(random);
    }

    pub(super) fn events(&self) -> &[Event] {
        &self.sim.recording().events
    }

    /// What a task has come to.
    pub(super) fn next(&self, task: TaskId) -> Option<&Event> {
        let at = (*self.next.get(task.0)?)?;
        Some(&self.sim.recording().events[at])
    }

    /// True if what a task has come to is a yield.
    pub(super) fn yields(&self, task: TaskId) -> bool {
        self.next(task).is_some_and(|e| matches!(e.what, What::Next { op: Op::Yield }))
    }

    /// True if the last step ended the run although others could have moved.
    pub(super) fn cut_short(&self) -> bool {
        matches!(self.sim.outcome(), Some(Outcome::Exited | Outcome::Faulted { .. }))
    }

    /// Those who stayed away from a mutex when the last step was taken.
    pub(super) fn held_back(&self) -> &Tasks {
        &self.held_back
    }

    /// Those that look in vain and had to wait for a change when the last step was taken.
    pub(super) fn tired(&self) -> &Tasks {
        &self.tired
    }

    /// True if a task could move, be it held back or not.
    pub(super) fn can_move(&self, task: TaskId) -> bool {
        self.all.contains(task)
    }

    /// True if a task has looked in vain as often as it may: more often if there was `nobody_else` to wait for.
    pub(super) fn is_tired(&self, task: TaskId, nobody_else: bool) -> bool {
        self.can_move(task) && self.spins.is_tired(task, self.next(task), nobody_else)
    }

    /// How many timers will not fire: they were cancelled, or no task is left to care.
    pub(super) fn missed(&self) -> u64 {
        self.sim.missed()
    }

    /// Those that may move, the clock once for each timer that may fire; empty at the end of the run.
    pub(super) fn movers(&mut self) -> &Movers {
        self.sim.movers_in_time(&mut self.all);
        self.restrained = None;
        self.held_back = Tasks::default();
        self.tired = Tasks::default();
        if self.sim.outcome().is_some() {
            self.all = Movers::default();
        } else if !self.all.is_empty() && (self.spins.any() || (self.avoids_held && !self.held.is_empty())) {
            self.restrained = self.restrain();
        }
        self.restrained.as_ref().unwrap_or(&self.all)
    }

    /// Holds back those that come too early to a mutex, or look in vain: while there are others.
    fn restrain(&mut self) -> Option<Movers> {
        let mut movers = self.all.clone();
        if self.spins.any() {
            movers.retain(|task| !self.is_tired(task, false));
            if !movers.is_empty() {
                self.tired = self.all.tasks.iter().filter(|task| !movers.contains(*task)).collect();
            }
        }
        if self.avoids_held && movers.iter().any(|task| !self.would_wait(task)) {
            self.held_back = movers.iter().filter(|task| self.would_wait(*task)).collect();
            movers.retain(|task| !self.would_wait(task));
        }
        if !movers.is_empty() {
            return Some(movers);
        }
        // Were they at rest, time would pass.
        if self.sim.advance() {
            self.spins.forget();
            self.sim.movers_in_time(&mut self.all);
            return None;
        }
        if self.sim.outcome().is_none() {
            movers = self.all.clone();
            movers.retain(|task| !self.is_tired(task, true));
            if movers.is_empty() {
                self.sim.diverge();
            }
        }
        Some(movers)
    }

    fn would_wait(&self, task: TaskId) -> bool {
        match self.next(task).map(|e| &e.what) {
            Some(What::Next { op: Op::Lock { lock, kind: LockKind::Mutex } }) => self.held.contains(lock),
            _ => false,
        }
    }

    /// Takes a step of `task`, one of the [`movers`](Self::movers); gives the choices within it, and among how
    /// many each. For the clock the first is which timer.
    pub(super) fn take(&mut self, task: TaskId, picks: &[u32]) -> Vec<(u32, u32)> {
        let (mut made, mut within) = (Vec::new(), picks);
        let index = if task == TaskId::CLOCK {
            let timers = self.all.timers;
            let mut which = 0;
            if timers > 1 {
                (which, within) = match picks.split_first() {
                    Some((first, rest)) => (*first, rest),
                    None => (self.sim.among(timers), picks),
                };
                made.push((which, timers));
            }
            self.all.tasks.count() + which
        } else {
            self.all.tasks.before(task)
        };
        let before = self.sim.recording().picks.len();
        self.sim.step_to(Some(index), within);
        let chosen = self.sim.recording().picks[before..].iter().filter(|pick| pick.choice == Choice::Among);
        made.extend(chosen.map(|pick| (pick.picked, pick.of)));
        let next = self.next.at(task.0).take();
        let events = &self.sim.recording().events;
        let next = next.map(|at| &events[at]);
        let op = next.and_then(|e| if let What::Next { op } = &e.what { Some(op) } else { None });
        let events = &events[self.seen..];
        self.prints.pass(task, op, events);
        let footprint = || self.prints.of(task, op, events);
        if let Some(trace) = &mut self.trace {
            trace.push(task, op, events, footprint);
        }
        self.spins.note(task, next, footprint, events);
        self.note();
        made
    }

    /// Takes in what the last step led to.
    fn note(&mut self) {
        for (at, e) in self.sim.recording().events.iter().enumerate().skip(self.seen) {
            self.prints.note(e);
            match &e.what {
                What::Next { .. } => *self.next.at(e.task.0) = Some(at),
                What::Acquire { lock, kind: LockKind::Mutex, .. } => {
                    self.held.push(*lock);
                }
                What::Release { lock, kind: LockKind::Mutex } => {
                    self.held.retain(|held| held != lock);
                }
                _ => {}
            }
        }
        self.seen = self.sim.recording().events.len();
    }

    /// Repeats these choices, and goes on to the end by the first of each.
    pub(super) fn replay(mut self, choices: &[u32]) -> Recording {
        let mut choices = choices.iter().copied();
        while let Some(first) = self.movers().nth(0) {
            let chosen = if self.all.count() > 1 { choices.next() } else { None };
            let chosen = chosen.map(|i| i.min(self.all.count() - 1));
            let task = chosen.and_then(|i| self.all.nth(i)).unwrap_or(first);
            // Which of the timers is a choice of its own to a driver.
            let by_timer = task == TaskId::CLOCK && self.all.timers > 1;
            let timer = chosen.map_or(0, |i| i - self.all.tasks.count().min(i));
            let picks: Vec<u32> = by_timer.then_some(timer).into_iter().chain(choices.clone()).collect();
            let made = self.take(task, &picks);
            choices.by_ref().take(made.len() - usize::from(by_timer)).for_each(drop);
        }
        self.finish()
    }

    /// Ends the run, where nobody may move any more.
    pub(super) fn finish(mut self) -> Recording {
        while self.sim.step() {}
        self.sim.into_recording()
    }

    /// The steps so far, if they are [traced](Self::traced).
    pub(super) fn trace(&self) -> Option<&Trace> {
        self.trace.as_ref()
    }

    /// The clock that the next step of a task starts from, if steps are [traced](Self::traced).
    pub(super) fn clock_of(&self, task: TaskId) -> Clock {
        self.trace.as_ref().map(|trace| trace.clock_of(task)).unwrap_or_default()
    }

    /// These steps come first, as in an execution before.
    pub(super) fn expect(&mut self, steps: Vec<Step>) {
        if let Some(trace) = &mut self.trace {
            trace.expect(steps);
        }
    }

    /// Drops the run, and gives its steps, if they are [traced](Self::traced).
    pub(super) fn into_steps(self) -> Vec<Step> {
        self.trace.map(|trace| trace.steps).unwrap_or_default()
    }

    /// Ends the run, and gives its steps too, if they are [traced](Self::traced).
    pub(super) fn into_parts(mut self) -> (Recording, Vec<Step>) {
        let steps = self.trace.take().map(|trace| trace.steps).unwrap_or_default();
        (self.finish(), steps)
    }
}
