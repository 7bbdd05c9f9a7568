//! What the steps of an execution touch: it depends on who waits for what, and on what was seen in executions before.

use super::{
    footprint::{Access, Footprint},
    table::Table,
};
use crate::probe::{Event, LockKind, Op, TaskId, What};

/// What each step of a task was seen to touch in passing, in this and in earlier executions. Its code may look first and go
/// another way then, so that this may be more than it touches now.
#[derive(Clone, Default)]
pub(super) struct Passing {
    touched: Table<Table<Option<Footprint>>>,
    /// True if a step touched more than was known of it.
    pub(super) grew: bool,
}

impl Passing {
    fn note(&mut self, task: TaskId, step: u32, passing: Footprint) {
        match self.touched.at(task.0).at(step) {
            Some(known) => self.grew |= known.add(&passing),
            unknown => *unknown = Some(passing),
        }
    }

    fn of(&self, task: TaskId, step: u32) -> Option<&Footprint> {
        self.touched.get(task.0)?.get(step)?.as_ref().filter(|known| !known.is_empty())
    }
}

#[derive(Default)]
struct Task {
    /// What it waits in: more than one where it polls several futures.
    parked: Vec<Op>,
    /// How often it was woken since then.
    wakes: u32,
    /// It was the clock that did so.
    by_clock: bool,
    /// What it may still wait in, though it goes on.
    may_wait: Footprint,
    operations: u32,
}

impl Task {
    /// It goes on, with `op` if it had come to one, and that led to `events`.
    fn go_on(&mut self, op: Option<&Op>, events: &[Event]) {
        let is_completion =
            |e: &Event| matches!(e.what, What::Chosen { .. } | What::Drained { .. } | What::Tick { .. });
        let timed_out = self.by_clock && !events.iter().any(is_completion);
        if timed_out || self.wakes > 1 || self.parked.len() > 1 || op.is_some() {
            for op in &self.parked {
                self.may_wait.touch_awaited(op, Access::Look);
            }
        }
        self.parked.clear();
        self.wakes = 0;
        self.by_clock = false;
    }

    /// A number for its last step: of its start, its first operation, what came after a wait, its second operation ...
    fn step(&self, op: Option<&Op>) -> u32 {
        2 * self.operations - u32::from(op.is_some())
    }
}

/// Makes the footprints of an execution's steps, one after the other.
#[derive(Default)]
pub(super) struct Prints {
    tasks: Table<Task>,
    /// Who locked each mutex.
    lockers: Table<Option<TaskId>>,
    /// In this and in earlier executions.
    pub(super) passing: Passing,
    /// How many tasks have begun and not ended.
    living: u32,
    early_timers: bool,
}

impl Prints {
    pub(super) fn new(early_timers: bool) -> Self {
        Self { early_timers, ..Self::default() }
    }

    /// Takes note of what a step did in passing.
    pub(super) fn pass(&mut self, task: TaskId, op: Option<&Op>, events: &[Event]) {
        if task == TaskId::CLOCK {
            return;
        }
        let state = self.tasks.at(task.0);
        state.go_on(op, events);
        state.operations += u32::from(op.is_some());
        self.passing.note(task, state.step(op), Footprint::in_passing(op, events));
    }

    /// What a step touches: `task` did `op`, if it had come to one, and it led to `events`.
    pub(super) fn of(&self, task: TaskId, op: Option<&Op>, events: &[Event]) -> Footprint {
        let mut print = Footprint::of(op, events, self.early_timers);
        if self.early_timers && events.iter().any(|e| matches!(e.what, What::End { .. })) {
            print.end(self.living == 1);
        }
        for e in events {
            match &e.what {
                What::Wake { task } => {
                    for op in self.tasks.get(task.0).into_iter().flat_map(|t| &t.parked) {
                        print.touch_cases(op, Access::Whole);
                        // It gives a timer's value, or lets the task give up.
                        if e.task == TaskId::CLOCK {
                            print.touch_awaited(op, Access::Whole);
                        }
                    }
                }
                // Before the locking it would have been a fault.
                What::Release { lock, kind: LockKind::Mutex }
                    if self.lockers.get(lock.0) != Some(&Some(e.task)) =>
                {
                    print.touch(*lock, Access::Whole);
                }
                _ => {}
            }
        }
        let own = self.tasks.get(task.0);
        if let Some(own) = own {
            print.add(&own.may_wait);
        }
        let step = own.map_or(0, |t| t.step(op));
        if let Some(known) = self.passing.of(task, step) {
            print.may(known);
            print.goes_on = matches!(op, Some(Op::Send { .. } | Op::Recv { .. }));
        }
        let queues = |e: &Event| matches!(&e.what, What::Park { op: Op::Lock { kind: LockKind::Mutex, .. } });
        print.queues = events.iter().any(queues);
        print
    }

    /// Takes note of who waits now.
    pub(super) fn note(&mut self, e: &Event) {
        match &e.what {
            What::Park { op } => self.tasks.at(e.task.0).parked.push(op.clone()),
            What::Acquire { lock, kind: LockKind::Mutex, holder } => {
                *self.lockers.at(lock.0) = Some(*holder);
            }
            What::Go { .. } => self.living += 1,
            What::End { .. } => self.living -= 1,
            What::Wake { task } => {
                let woken = self.tasks.at(task.0);
                woken.wakes += 1;
                woken.by_clock |= e.task == TaskId::CLOCK;
            }
            _ => {}
        }
    }
}
