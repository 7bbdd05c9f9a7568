//! The search: depth first over the tree of choices, one execution per class of equivalent ones.
//!
//! Source sets and sleep sets as in Abdulla, Aronsson, Jonsson, Sagonas, "Optimal dynamic partial order
//! reduction" (POPL 2014), algorithm 1. A future cannot be copied, so each execution starts anew and
//! replays the choices that lead to the node at which it differs from the one before.

use super::{
    clock::Clock,
    driver::Driver,
    explorer::{Explorer, Method},
    footprint::Footprint,
    prints::Passing,
    rounds::Loops,
    trace::{Step, Trace},
};
use crate::{
    probe::TaskId,
    sim::{Movers, Recording, Tasks},
};

/// What is done at a node: a task's next step, and the choices within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Transition {
    pub(super) task: TaskId,
    /// For the clock, first which of the timers that are due.
    pub(super) picks: Vec<u32>,
    /// Among how many each pick was.
    of: Vec<u32>,
}

impl Transition {
    fn first(task: TaskId) -> Self {
        Self { task, picks: Vec::new(), of: Vec::new() }
    }

    /// One that was taken with these choices, among how many each.
    pub(super) fn taken(task: TaskId, made: Vec<(u32, u32)>) -> Self {
        let (picks, of) = made.into_iter().unzip();
        Self { task, picks, of }
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
    enabled: Tasks,
    /// The tasks whose steps are, were or will be explored from here.
    backtrack: Tasks,
    taken: Transition,
    /// What need not be explored from here: it leads to what is explored elsewhere.
    sleep: Vec<(Transition, Footprint)>,
    /// Who goes on from the step before, unless it is pre-empted here.
    current: Option<TaskId>,
    /// How many pre-emptions may still happen.
    preemptions: u32,
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
    fn advance(&self) -> Option<Transition> {
        if let Some(next) = self.taken.next().and_then(|t| self.awake(t)) {
            return Some(next);
        }
        let mut tasks = self.backtrack.iter().filter(|task| self.allows(*task));
        tasks.find_map(|task| self.awake(Transition::first(task)))
    }

    /// True if this task may move without one pre-emption too many.
    fn allows(&self, task: TaskId) -> bool {
        self.preemptions > 0 || self.current.is_none_or(|current| current == task)
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
    /// Who took each step, and the choices within it.
    pub(super) taken: Vec<(TaskId, Vec<u32>)>,
    /// Their order of causes; empty if it was not traced.
    pub(super) steps: Vec<Step>,
}

/// What the search gives when it is asked for one more execution.
pub(super) enum Next {
    Ran(Execution),
    /// It was given up: all that was left of it had been seen.
    Blocked,
    /// More is known of what the steps touch: the search begins anew.
    Anew,
    /// There is none left; `cut` if some were not taken because of the bound on pre-emptions.
    Done {
        cut: bool,
    },
    /// It went another way in this step than the time before.
    Astray(u32),
}

/// How an execution came to its end.
enum Ended {
    Whole,
    /// All that could come next is asleep.
    Asleep,
    Astray(u32),
}

/// A depth-first search that can be taken one execution at a time.
pub(super) struct Search {
    path: Vec<Node>,
    /// How every execution begins.
    fixed: Vec<Transition>,
    reduce: bool,
    /// The bound on pre-emptions.
    bound: Option<u32>,
    cut: bool,
    passing: Passing,
    pub(super) loops: Loops,
    /// Of the last execution.
    steps: Vec<Step>,
    started: bool,
}

impl Search {
    /// A search with at most `bound` pre-emptions. Of equivalent schedules one may be within a bound and the
    /// other not, so that under one it takes every schedule (Coons, Musuvathi, McKinley, "Bounded partial-order
    /// reduction", OOPSLA 2013, tells what a reduction would have to add).
    pub(super) fn new(settings: &Explorer, bound: Option<u32>) -> Self {
        let reduce = settings.method == Method::Reduced && bound.is_none();
        Self {
            path: Vec::new(),
            fixed: Vec::new(),
            reduce,
            bound,
            cut: false,
            passing: Passing::default(),
            loops: Loops::default(),
            steps: Vec::new(),
            started: false,
        }
    }

    /// A search of all executions that begin so.
    pub(super) fn below(settings: &Explorer, fixed: &[Transition]) -> Self {
        Self { fixed: fixed.to_vec(), ..Self::new(settings, None) }
    }

    /// How many alternatives on the current path are known and not yet explored.
    pub(super) fn frontier(&self) -> u64 {
        let open = self.path.iter().map(|n| {
            let done: Tasks = n.sleep.iter().map(|(t, _)| t.task).chain([n.taken.task]).collect();
            n.backtrack.iter().filter(|task| !done.contains(*task)).count() as u64
        });
        open.sum()
    }

    /// True if there may be one more execution.
    pub(super) fn goes_on(&self) -> bool {
        let open = self.path.iter().skip(self.fixed.len()).any(|n| n.advance().is_some());
        !self.started || open || (self.reduce && self.passing.grew)
    }

    /// True if of equivalent schedules it takes one: it has to know the order of causes.
    pub(super) fn reduces(&self) -> bool {
        self.reduce
    }

    /// What the executions so far were seen to touch in passing.
    pub(super) fn passing(&self) -> &Passing {
        &self.passing
    }

    /// Takes the steps of the last execution back: the next one begins alike.
    pub(super) fn keep(&mut self, steps: Vec<Step>) {
        self.steps = steps;
    }

    /// The next execution.
    pub(super) fn next(&mut self, start: impl FnOnce() -> Driver) -> Next {
        if self.reduce && std::mem::take(&mut self.passing.grew) {
            // What is known to touch more than was thought may have been taken for independent anywhere.
            self.path.clear();
            self.steps.clear();
            self.started = false;
            return Next::Anew;
        }
        if self.started && !self.turn() {
            return Next::Done { cut: self.cut };
        }
        self.started = true;
        let mut driver = start();
        let _entered = driver.enter();
        // What was found of the steps before the turn still holds.
        let turned = self.path.len().saturating_sub(1);
        driver.prints.passing = std::mem::take(&mut self.passing);
        self.steps.truncate(turned);
        driver.expect(std::mem::take(&mut self.steps));
        let ended = self.execute(&mut driver, turned);
        self.passing = std::mem::take(&mut driver.prints.passing);
        match ended {
            Ended::Whole => {}
            Ended::Asleep => {
                self.keep(driver.into_steps());
                return Next::Blocked;
            }
            Ended::Astray(step) => return Next::Astray(step),
        }
        let (recording, steps) = driver.into_parts();
        let taken = self.path.iter().map(|n| (n.taken.task, n.taken.picks.clone())).collect();
        Next::Ran(Execution { recording, taken, steps })
    }

    /// Goes back to the last node with something left to explore.
    fn turn(&mut self) -> bool {
        while self.path.len() > self.fixed.len() {
            let Some(node) = self.path.last_mut() else { return false };
            if let Some(next) = node.advance() {
                node.taken = next;
                return true;
            }
            self.cut |= node.backtrack.iter().any(|task| !node.allows(task));
            self.path.pop();
        }
        false
    }

    /// Takes the steps of the path, which are known before `turned`, and new ones to the end.
    fn execute(&mut self, driver: &mut Driver, turned: usize) -> Ended {
        for depth in 0.. {
            let enabled = enabled(driver.movers());
            if let Some(node) = self.path.get(depth)
                && !node.enabled.iter().eq(enabled.iter())
            {
                return Ended::Astray(number(depth));
            }
            if enabled.is_empty() {
                break;
            }
            if depth == self.path.len() {
                self.loops.note(driver, self.path.iter().map(|n| &n.taken));
                let Some(node) = self.arrive(enabled, driver) else { return Ended::Asleep };
                self.path.push(node);
            }
            let taken = &self.path[depth].taken;
            if depth < turned {
                let made = driver.take(taken.task, &taken.picks);
                if !made.into_iter().eq(taken.picks.iter().copied().zip(taken.of.iter().copied())) {
                    return Ended::Astray(number(depth));
                }
                continue;
            }
            let before = driver.clock_of(taken.task);
            let missed = driver.missed();
            let made = driver.take(taken.task, &taken.picks);
            let node = &mut self.path[depth];
            (node.taken.picks, node.taken.of) = made.into_iter().unzip();
            let taken = node.taken.clone();
            let last = driver.trace().and_then(|trace| trace.steps.last());
            let footprint = last.map(|step| step.footprint.clone()).unwrap_or_default();
            // Once this is explored it sleeps here, and below where nothing depends on it.
            node.sleep.retain(|(t, _)| !t.is(&taken));
            node.sleep.push((taken, footprint));
            if self.reduce
                && let Some(trace) = driver.trace()
            {
                self.races(trace, before);
                // A timer that will not fire leaves no step that could be seen to race with this one.
                let node = &mut self.path[depth];
                if driver.missed() > missed && node.enabled.contains(TaskId::CLOCK) {
                    node.backtrack.insert(TaskId::CLOCK);
                }
                // Nor do those that the end of the run came before, also of those who stayed away from a mutex: it is
                // never free for them.
                if driver.cut_short() {
                    node.backtrack.extend(node.enabled.iter().chain(driver.held_back().iter()));
                }
            }
        }
        Ended::Whole
    }

    /// A new node at the end of the path; `None` if all that can happen is asleep.
    fn arrive(&self, enabled: Tasks, driver: &Driver) -> Option<Node> {
        let sleep = match self.path.last() {
            Some(parent) if self.reduce => inherited(parent),
            _ => Vec::new(),
        };
        let parent = self.path.last();
        let same = parent.map(|n| n.taken.task).filter(|task| enabled.contains(*task));
        let mut node = Node {
            backtrack: Tasks::default(),
            taken: Transition::first(TaskId::CLOCK),
            sleep,
            current: same.filter(|task| *task != TaskId::CLOCK && !driver.yields(*task)),
            preemptions: match (parent, self.bound) {
                (Some(p), Some(_)) => p.preemptions - u32::from(p.current.is_some_and(|t| t != p.taken.task)),
                (None, Some(bound)) => bound,
                (_, None) => u32::MAX,
            },
            enabled,
        };
        if let Some(fixed) = self.fixed.get(self.path.len()) {
            node.backtrack.insert(fixed.task);
            node.taken = fixed.clone();
            return Some(node);
        }
        // Staying on a task gives schedules with few switches.
        let order = same.into_iter().chain(node.enabled.iter());
        let taken = order.filter(|t| node.allows(*t)).find_map(|t| node.awake(Transition::first(t)))?;
        node.backtrack.insert(taken.task);
        if !self.reduce {
            node.backtrack.clone_from(&node.enabled);
        }
        node.taken = taken;
        Some(node)
    }

    /// For each earlier step that the last one could have come before, sees to it that it does; `seen` is what came before
    /// the last one in any case.
    fn races(&mut self, trace: &Trace, mut seen: Clock) {
        let mut unordered = trace.unordered();
        let Some((_, last)) = unordered.next(&seen) else { return };
        if last.barrier {
            return;
        }
        while let Some((i, step)) = unordered.next(&seen) {
            // Only the whole section can come after it, which is a matter of the step that locked.
            let enclosed = last.section.as_ref().is_some_and(|section| section.encloses(step));
            if enclosed || !step.footprint.depends(&last.footprint) {
                continue;
            }
            self.reverse(i, &trace.steps);
            seen.join(&step.clock);
        }
    }

    /// Adds to the node before step `i` a task that leads to the last step coming before it.
    fn reverse(&mut self, i: usize, steps: &[Step]) {
        if i < self.fixed.len() {
            return;
        }
        let Some((last, earlier)) = steps.split_last() else { return };
        let first = &earlier[i];
        let mut rest: Vec<&Step> = earlier[i + 1..].iter().filter(|s| !first.before(s)).collect();
        rest.push(last);
        // Before the first step the last one may find free what it queues for, and go on at once.
        let at_once = last.footprint.as_if_free();
        let could_come_first = |k: usize, step: &Step| {
            let goes_on_at_once = k + 1 == rest.len();
            rest[..k].iter().all(|s| {
                s.task != step.task && !s.before(step) && !(goes_on_at_once && s.footprint.depends(&at_once))
            })
        };
        let initials: Vec<_> =
            rest.iter().enumerate().filter(|(k, s)| could_come_first(*k, s)).map(|(_, s)| s.task).collect();
        let node = &mut self.path[i];
        if initials.iter().any(|t| node.backtrack.contains(*t)) {
            return;
        }
        let preferred = initials.iter().rev().chain(&initials).find(|t| node.enabled.contains(**t));
        match preferred {
            Some(task) => {
                node.backtrack.insert(*task);
            }
            None => node.backtrack.extend(node.enabled.iter()),
        }
    }
}

/// The tasks that may move, and the clock.
fn enabled(movers: &Movers) -> Tasks {
    let mut enabled = movers.tasks.clone();
    if movers.timers > 0 {
        enabled.insert(TaskId::CLOCK);
    }
    enabled
}

/// The number of the step that is taken after so many.
fn number(depth: usize) -> u32 {
    u32::try_from(depth + 1).unwrap_or(u32::MAX)
}

/// What sleeps at the child of a node: what slept there or was explored, and does not depend on the step.
fn inherited(parent: &Node) -> Vec<(Transition, Footprint)> {
    let Some((_, step)) = parent.sleep.iter().find(|(t, _)| t.is(&parent.taken)) else { return Vec::new() };
    let asleep =
        parent.sleep.iter().filter(|(t, footprint)| t.task != parent.taken.task && !footprint.depends(step));
    asleep.cloned().collect()
}
