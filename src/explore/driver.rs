//! A run in the hands of an exploration: who may move, and a step at a time.

use super::{
    explorer::{Explorer, Method},
    spin::Spins,
    table::Table,
    trace::Trace,
};
use crate::{
    lock::lock,
    probe::{Event, LockKind, ObjId, Op, TaskId, What},
    sim::{Choice, Config, Limits, Move, Recording, Seeded, Sim, Strategy},
};
use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, Mutex},
};

/// The choices within a step: those asked for, and after them the first of each, or a random one.
#[derive(Default)]
struct Script {
    picks: VecDeque<u32>,
    made: Vec<(u32, u32)>,
    random: Option<Seeded>,
}

impl Script {
    fn among(&mut self, of: u32) -> u32 {
        let random = |random: &mut Seeded| random.pick(Choice::Among, of);
        let pick = self.picks.pop_front().or_else(|| self.random.as_mut().map(random)).unwrap_or(0);
        self.made.push((pick, of));
        pick
    }
}

struct Scripted(Arc<Mutex<Script>>);

impl Strategy for Scripted {
    fn pick(&mut self, choice: Choice, of: u32) -> u32 {
        match choice {
            // Told by the driver.
            Choice::Next => 0,
            Choice::Among => lock(&self.0).among(of),
        }
    }
}

/// A run that an exploration steers.
pub(super) struct Driver {
    pub(super) trace: Trace,
    sim: Sim,
    script: Arc<Mutex<Script>>,
    /// Whether a task stays away from a mutex that is held, until nobody else can move: whoever is to get it
    /// may as well come when it is free.
    avoids_held: bool,
    /// All that the simulator could do.
    moves: Vec<Move>,
    movers: Vec<TaskId>,
    /// How many events have been taken in.
    seen: usize,
    /// Which event tells what a task has come to.
    next: Table<Option<usize>>,
    held: BTreeSet<ObjId>,
    spins: Spins,
}

impl Driver {
    pub(super) fn new(program: &impl Fn(Config) -> Sim, settings: &Explorer) -> Self {
        let script = Arc::new(Mutex::new(Script::default()));
        let limits = Limits { steps: settings.max_steps, time: settings.max_time, ..Limits::default() };
        let config = Config::new().limits(limits).early_timers(settings.early_timers).outlive_panics();
        let mut driver = Self {
            trace: Trace::new(settings.early_timers),
            sim: program(config.strategy(Scripted(script.clone()))),
            script,
            avoids_held: settings.method == Method::Reduced,
            moves: Vec::new(),
            movers: Vec::new(),
            seen: 0,
            next: Table::default(),
            held: BTreeSet::new(),
            spins: Spins::new(settings.patience),
        };
        driver.trace.begin(&driver.sim.recording().events);
        driver.note();
        driver
    }

    /// Leaves the choices within steps to chance.
    pub(super) fn choose_by_chance(&mut self, random: Seeded) {
        lock(&self.script).random = Some(random);
    }

    pub(super) fn events(&self) -> &[Event] {
        &self.sim.recording().events
    }

    /// What a task has come to.
    fn next(&self, task: TaskId) -> Option<&Event> {
        let at = (*self.next.get(task.0)?)?;
        Some(&self.sim.recording().events[at])
    }

    /// True if what a task has come to is a yield.
    pub(super) fn yields(&self, task: TaskId) -> bool {
        self.next(task).is_some_and(|e| matches!(e.what, What::Next { op: Op::Yield }))
    }

    /// How many timers were cancelled before they fired.
    pub(super) fn cancelled(&self) -> u64 {
        self.sim.cancelled()
    }

    /// Those that may move, the clock once for each timer that may fire; empty at the end of the run.
    pub(super) fn movers(&mut self) -> &[TaskId] {
        self.look();
        if self.sim.outcome().is_some() {
            self.movers.clear();
        } else if !self.movers.is_empty() && (self.spins.any() || !self.held.is_empty()) {
            self.restrain();
        }
        &self.movers
    }

    /// Finds out who could move.
    fn look(&mut self) {
        self.moves = self.sim.moves_in_time();
        self.movers.clear();
        self.movers.extend(self.moves.iter().map(|m| m.task()));
    }

    /// Holds back those that come too early to a mutex, or look in vain: while there are others.
    fn restrain(&mut self) {
        let mut movers = std::mem::take(&mut self.movers);
        movers.retain(|task| !self.spins.is_tired(*task, self.next(*task), false));
        if self.avoids_held && movers.iter().any(|task| !self.would_wait(*task)) {
            movers.retain(|task| !self.would_wait(*task));
        }
        self.movers = movers;
        if !self.movers.is_empty() {
            return;
        }
        // Were they at rest, time would pass.
        if self.sim.advance() {
            self.spins.forget();
            self.look();
        } else if self.sim.outcome().is_none() {
            let moves = self.moves.iter().map(|m| m.task());
            self.movers = moves.filter(|task| !self.spins.is_tired(*task, self.next(*task), true)).collect();
            if self.movers.is_empty() {
                self.sim.diverge();
            }
        }
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
        let candidates = || (0..).zip(&self.moves).filter(|(_, m)| m.task() == task).map(|(i, _)| i);
        let mut index = candidates().next();
        {
            let mut script = lock(&self.script);
            script.picks.extend(picks);
            if task == TaskId::CLOCK && candidates().nth(1).is_some() {
                let which = script.among(candidates().count() as u32);
                index = candidates().nth(which as usize);
            }
        }
        self.sim.step_among(&self.moves, index);
        let next = self.next.at(task.0).take();
        let events = &self.sim.recording().events;
        let next = next.map(|at| &events[at]);
        let op = next.and_then(|e| if let What::Next { op } = &e.what { Some(op) } else { None });
        let events = &events[self.seen..];
        let step = self.trace.push(task, op, events);
        self.spins.note(task, next, &step.footprint, events);
        self.note();
        let mut script = lock(&self.script);
        script.picks.clear();
        std::mem::take(&mut script.made)
    }

    /// Takes in what the last step led to.
    fn note(&mut self) {
        for (at, e) in self.sim.recording().events.iter().enumerate().skip(self.seen) {
            match &e.what {
                What::Next { .. } => *self.next.at(e.task.0) = Some(at),
                What::Acquire { lock, kind: LockKind::Mutex, .. } => {
                    self.held.insert(*lock);
                }
                What::Release { lock, kind: LockKind::Mutex } => {
                    self.held.remove(lock);
                }
                _ => {}
            }
        }
        self.seen = self.sim.recording().events.len();
    }

    /// Repeats these choices, and goes on to the end by the first of each.
    pub(super) fn replay(mut self, choices: &[u32]) -> Recording {
        let mut choices = choices.iter().copied();
        while let Some(first) = self.movers().first() {
            let first = *first;
            let chosen = if self.moves.len() > 1 { choices.next() } else { None };
            let i = chosen.map_or(0, |i| (i as usize).min(self.moves.len() - 1));
            let task = chosen.map_or(first, |_| self.moves[i].task());
            // Which of the timers is a choice of its own to a driver.
            let same = self.moves.iter().filter(|m| m.task() == task).count();
            let mut picks: Vec<u32> = choices.clone().collect();
            let timer = self.moves[..i].iter().filter(|m| m.task() == task).count();
            if same > 1 {
                picks.insert(0, timer as u32);
            }
            let made = self.take(task, &picks);
            choices.by_ref().take(made.len() - usize::from(same > 1)).for_each(drop);
        }
        self.finish()
    }

    /// Ends the run, where nobody may move any more.
    pub(super) fn finish(mut self) -> Recording {
        while self.sim.step() {}
        self.sim.into_recording()
    }

    /// Ends the run, and gives its partial order too.
    pub(super) fn into_parts(mut self) -> (Recording, Trace) {
        let trace = std::mem::replace(&mut self.trace, Trace::new(false));
        (self.finish(), trace)
    }
}
