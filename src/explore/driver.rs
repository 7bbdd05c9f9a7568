//! A run in the hands of an exploration: who may move, and a step at a time.

use super::{
    explorer::{Explorer, Method},
    spin::Spins,
    trace::Trace,
};
use crate::{
    lock::lock,
    probe::{Event, LockKind, ObjId, Op, Place, TaskId, What},
    sim::{Choice, Config, Limits, Recording, Seeded, Sim, Strategy},
};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex},
};

/// The choices within a step: those asked for, and after them the first of each, or a random one.
#[derive(Default)]
struct Script {
    next: u32,
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
        let mut script = lock(&self.0);
        match choice {
            Choice::Next => script.next,
            Choice::Among => script.among(of),
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
    moves: Vec<TaskId>,
    movers: Vec<TaskId>,
    /// How many events have been taken in.
    seen: usize,
    next: BTreeMap<TaskId, (Op, Option<Place>)>,
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
            next: BTreeMap::new(),
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

    /// True if what a task has come to is a yield.
    pub(super) fn yields(&self, task: TaskId) -> bool {
        matches!(self.next.get(&task), Some((Op::Yield, _)))
    }

    /// Those that may move, the clock once for each timer that may fire; empty at the end of the run.
    pub(super) fn movers(&mut self) -> &[TaskId] {
        self.moves = self.sim.movers();
        self.movers.clone_from(&self.moves);
        if self.sim.outcome().is_some() {
            self.movers.clear();
        } else if !self.moves.is_empty() {
            self.restrain();
        }
        &self.movers
    }

    /// Holds back those that come too early to a mutex, or look in vain: while there are others.
    fn restrain(&mut self) {
        let tired = |task: &TaskId, last| self.spins.is_tired(*task, self.next.get(task), last);
        self.movers.retain(|task| !tired(task, false));
        if self.avoids_held && self.movers.iter().any(|task| !self.would_wait(*task)) {
            let mut movers = std::mem::take(&mut self.movers);
            movers.retain(|task| !self.would_wait(*task));
            self.movers = movers;
        }
        if !self.movers.is_empty() {
            return;
        }
        // Were they at rest, time would pass.
        if self.sim.advance() {
            self.spins.forget();
            self.moves = self.sim.movers();
            self.movers.clone_from(&self.moves);
        } else if self.sim.outcome().is_none() {
            self.movers.extend(self.moves.iter().filter(|task| !tired(task, true)));
            if self.movers.is_empty() {
                self.sim.diverge();
            }
        }
    }

    fn would_wait(&self, task: TaskId) -> bool {
        match self.next.get(&task) {
            Some((Op::Lock { lock, kind: LockKind::Mutex }, _)) => self.held.contains(lock),
            _ => false,
        }
    }

    /// Takes a step of `task`, one of the [`movers`](Self::movers); gives the choices within it, and among how
    /// many each. For the clock the first is which timer.
    pub(super) fn take(&mut self, task: TaskId, picks: &[u32]) -> Vec<(u32, u32)> {
        let candidates = self.moves.iter().zip(0..).filter(|(t, _)| **t == task).map(|(_, i)| i);
        let candidates: Vec<u32> = candidates.collect();
        {
            let mut script = lock(&self.script);
            script.picks = picks.iter().copied().collect();
            script.next = candidates[0];
            if candidates.len() > 1 {
                let which = script.among(candidates.len() as u32);
                script.next = candidates[which as usize];
            }
        }
        self.sim.step();
        let events = &self.sim.recording().events[self.seen..];
        let step = self.trace.push(task, events);
        self.spins.note(task, self.next.remove(&task).as_ref(), &step.footprint, events);
        self.note();
        std::mem::take(&mut lock(&self.script).made)
    }

    /// Takes in what the last step led to.
    fn note(&mut self) {
        for e in &self.sim.recording().events[self.seen..] {
            match &e.what {
                What::Next { op } => {
                    self.next.insert(e.task, (op.clone(), e.place.clone()));
                }
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
            let task = chosen.map_or(first, |_| self.moves[i]);
            // Which of the timers is a choice of its own to a driver.
            let same = self.moves.iter().filter(|t| **t == task).count();
            let mut picks: Vec<u32> = choices.clone().collect();
            let timer = self.moves[..i].iter().filter(|t| **t == task).count();
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
