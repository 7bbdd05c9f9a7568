//! The search: depth first over the tree of choices, one execution per class of equivalent ones.
//!
//! Source sets and sleep sets as in Abdulla, Aronsson, Jonsson, Sagonas, "Optimal dynamic partial order
//! reduction" (POPL 2014), algorithm 1. A future cannot be copied, so each execution starts anew and
//! replays the choices that lead to the node at which it differs from the one before.

use super::{
    footprint::Footprint,
    trace::{Step, Trace},
};
use crate::{
    lock::lock,
    probe::TaskId,
    sim::{Choice, Config, Recording, Sim, Strategy},
};
use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, Mutex},
};

/// What is done at a node: a task's next step, and the choices within it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Transition {
    task: TaskId,
    /// For the clock, first which of the timers that are due.
    picks: Vec<u32>,
    /// Among how many each pick was.
    of: Vec<u32>,
}

impl Transition {
    fn first(task: TaskId) -> Self {
        Self { task, picks: Vec::new(), of: Vec::new() }
    }

    /// The same step with the next combination of choices within it.
    fn next(&self) -> Option<Self> {
        let last = self.picks.iter().zip(&self.of).rposition(|(pick, of)| pick + 1 < *of)?;
        let mut picks = self.picks[..=last].to_vec();
        picks[last] += 1;
        Some(Self { task: self.task, picks, of: self.of[..=last].to_vec() })
    }

    fn is(&self, other: &Self) -> bool {
        self.task == other.task && self.picks == other.picks
    }
}

/// A state on the current path, with what is known of the search below it.
struct Node {
    enabled: BTreeSet<TaskId>,
    /// The tasks whose steps are, were or will be explored from here.
    backtrack: BTreeSet<TaskId>,
    taken: Transition,
    /// What need not be explored from here: it leads to what is explored elsewhere.
    sleep: Vec<(Transition, Footprint)>,
}

impl Node {
    /// The first of a task's transitions, from this one on, that is not asleep.
    fn awake(&self, mut transition: Transition) -> Option<Transition> {
        while let Some((asleep, _)) =
            self.sleep.iter().find(|(t, _)| t.task == transition.task && same_choice(t, &transition))
        {
            transition = asleep.next()?;
        }
        Some(transition)
    }

    /// What to explore next from here.
    fn advance(&mut self) -> Option<Transition> {
        if let Some(next) = self.taken.next().and_then(|t| self.awake(t)) {
            return Some(next);
        }
        let tasks: Vec<_> = self.backtrack.iter().copied().collect();
        tasks.into_iter().find_map(|task| self.awake(Transition::first(task)))
    }
}

/// True if a transition whose later choices are not known yet would be this one: those are 0 at first.
fn same_choice(known: &Transition, wanted: &Transition) -> bool {
    let wanted = wanted.picks.iter().copied().chain(std::iter::repeat(0));
    known.picks.iter().copied().eq(wanted.take(known.picks.len()))
}

/// One execution, to its end.
pub(super) struct Execution {
    pub(super) recording: Recording,
    pub(super) steps: Vec<Step>,
    /// The choices within each step.
    pub(super) picks: Vec<Vec<u32>>,
}

/// The choices within a step: those asked for, and after them the first of each.
#[derive(Default)]
pub(super) struct Script {
    picks: VecDeque<u32>,
    made: Vec<(u32, u32)>,
    next: u32,
}

pub(super) struct Scripted(pub(super) Arc<Mutex<Script>>);

impl Strategy for Scripted {
    fn pick(&mut self, choice: Choice, of: u32) -> u32 {
        let mut script = lock(&self.0);
        if choice == Choice::Next {
            return script.next;
        }
        let pick = script.picks.pop_front().unwrap_or(0);
        script.made.push((pick, of));
        pick
    }
}

/// A depth-first search that can be taken one execution at a time.
pub(super) struct Search<P> {
    program: P,
    path: Vec<Node>,
    reduce: bool,
    started: bool,
    pub(super) executions: u64,
    pub(super) blocked: u64,
    pub(super) steps: u64,
}

impl<P: Fn(Config) -> Sim> Search<P> {
    /// A search of the runs that `program` starts; without reduction it takes every schedule.
    pub(super) fn new(program: P, reduce: bool) -> Self {
        Self { program, path: Vec::new(), reduce, started: false, executions: 0, blocked: 0, steps: 0 }
    }

    pub(super) fn program(&self) -> &P {
        &self.program
    }

    /// How many alternatives on the current path are known and not yet explored.
    pub(super) fn frontier(&self) -> u64 {
        let open = self.path.iter().map(|n| {
            let done: BTreeSet<_> = n.sleep.iter().map(|(t, _)| t.task).chain([n.taken.task]).collect();
            n.backtrack.difference(&done).count() as u64
        });
        open.sum()
    }

    /// The next execution; `None` once there is none left. A blocked one is `Some(None)`.
    pub(super) fn next(&mut self, config: Config) -> Option<Option<Execution>> {
        if self.started && !self.turn() {
            return None;
        }
        self.started = true;
        let execution = self.execute(config);
        match &execution {
            Some(_) => self.executions += 1,
            None => self.blocked += 1,
        }
        Some(execution)
    }

    /// Goes back to the last node with something left to explore.
    fn turn(&mut self) -> bool {
        while let Some(node) = self.path.last_mut() {
            if let Some(next) = node.advance() {
                node.taken = next;
                return true;
            }
            self.path.pop();
        }
        false
    }

    fn execute(&mut self, config: Config) -> Option<Execution> {
        let script = Arc::new(Mutex::new(Script::default()));
        let mut sim = (self.program)(config.strategy(Scripted(script.clone())).outlive_panics());
        let mut trace = Trace::default();
        trace.begin(&sim.recording().events);
        for depth in 0.. {
            let seen = sim.recording().events.len();
            let movers = sim.movers();
            if movers.is_empty() || sim.outcome().is_some() {
                sim.step();
                break;
            }
            if depth == self.path.len() {
                let node = self.arrive(&movers)?;
                self.path.push(node);
            }
            let taken = self.path[depth].taken.clone();
            let made = take_step(&mut sim, &script, &movers, taken.task, &taken.picks);
            self.steps += 1;
            let before = trace.clock_of(taken.task);
            trace.push(taken.task, &sim.recording().events[seen..]);
            let node = &mut self.path[depth];
            (node.taken.picks, node.taken.of) = made.into_iter().unzip();
            let (taken, step) = (node.taken.clone(), &trace.steps[depth]);
            // Once this is explored it sleeps here, and below where nothing depends on it.
            node.sleep.retain(|(t, _)| !t.is(&taken));
            node.sleep.push((taken, step.footprint.clone()));
            if self.reduce {
                self.races(&trace, before);
            }
        }
        let recording = sim.into_recording();
        let picks = self.path.iter().map(|n| n.taken.picks.clone()).collect();
        Some(Execution { recording, steps: trace.steps, picks })
    }

    /// A new node at the end of the path; `None` if all that can happen is asleep.
    fn arrive(&self, movers: &[TaskId]) -> Option<Node> {
        let enabled: BTreeSet<_> = movers.iter().copied().collect();
        let sleep = match self.path.last() {
            Some(parent) if self.reduce => inherited(parent),
            _ => Vec::new(),
        };
        let mut node =
            Node { enabled, backtrack: BTreeSet::new(), taken: Transition::first(TaskId::CLOCK), sleep };
        // Staying on a task gives schedules with few switches.
        let same = self.path.last().map(|n| n.taken.task);
        let order = same.into_iter().chain(node.enabled.iter().copied());
        let taken =
            order.filter(|t| node.enabled.contains(t)).find_map(|t| node.awake(Transition::first(t)))?;
        node.backtrack.insert(taken.task);
        if !self.reduce {
            node.backtrack.clone_from(&node.enabled);
        }
        node.taken = taken;
        Some(node)
    }

    /// For each earlier step that the last one could have come before, sees to it that it does.
    fn races(&mut self, trace: &Trace, mut seen: super::clock::Clock) {
        let Some((last, earlier)) = trace.steps.split_last() else { return };
        if last.barrier {
            return;
        }
        for (i, step) in earlier.iter().enumerate().rev() {
            if step.task == last.task || !step.footprint.depends(&last.footprint) {
                continue;
            }
            if seen.get(step.task) < step.nth {
                self.reverse(i, trace);
            }
            seen.join(&step.clock);
        }
    }

    /// Adds to the node before step `i` a task that leads to the last step coming before it.
    fn reverse(&mut self, i: usize, trace: &Trace) {
        let Some((last, earlier)) = trace.steps.split_last() else { return };
        let first = &earlier[i];
        let mut rest: Vec<&Step> = earlier[i + 1..].iter().filter(|s| !first.before(s)).collect();
        rest.push(last);
        let mut initials = Vec::new();
        for (k, step) in rest.iter().enumerate() {
            let is_first = rest[..k].iter().all(|s| s.task != step.task);
            if is_first && rest[..k].iter().all(|s| !s.before(step)) {
                initials.push(step.task);
            }
        }
        let node = &mut self.path[i];
        if initials.iter().any(|t| node.backtrack.contains(t)) {
            return;
        }
        let preferred = initials.iter().rev().chain(&initials).find(|t| node.enabled.contains(t));
        match preferred {
            Some(task) => {
                node.backtrack.insert(*task);
            }
            None => node.backtrack.extend(node.enabled.iter().copied()),
        }
    }
}

/// What sleeps at the child of a node: what slept there or was explored, and does not depend on the step.
fn inherited(parent: &Node) -> Vec<(Transition, Footprint)> {
    let Some((_, step)) = parent.sleep.iter().find(|(t, _)| t.is(&parent.taken)) else { return Vec::new() };
    let asleep =
        parent.sleep.iter().filter(|(t, footprint)| t.task != parent.taken.task && !footprint.depends(step));
    asleep.cloned().collect()
}

/// Takes a step of the run; gives the choices made within it, and among how many each.
pub(super) fn take_step(
    sim: &mut Sim,
    script: &Mutex<Script>,
    movers: &[TaskId],
    task: TaskId,
    picks: &[u32],
) -> Vec<(u32, u32)> {
    let candidates: Vec<u32> = movers.iter().zip(0..).filter(|(t, _)| **t == task).map(|(_, i)| i).collect();
    let mut picks = VecDeque::from(picks.to_vec());
    let mut made = Vec::new();
    let mut index = candidates[0];
    if candidates.len() > 1 {
        let which = picks.pop_front().unwrap_or(0);
        made.push((which, candidates.len() as u32));
        index = candidates[which as usize];
    }
    *lock(script) = Script { picks, made: Vec::new(), next: index };
    sim.step();
    made.append(&mut lock(script).made);
    made
}
