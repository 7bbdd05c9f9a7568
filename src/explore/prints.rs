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
    parked: Option<Op>,
    operations: u32,
}

impl Task {
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
        state.operations += u32::from(op.is_some());
        self.passing.note(task, state.step(op), Footprint::in_passing(op, events));
    }

    /// What a step touches: `task` did `op`, if it had come to one, and it led to `events`.
    pub(super) fn of(&self, task: TaskId, op: Option<&Op>, events: &[Event]) -> Footprint {
        let mut print = Footprint::of(op, events, self.early_timers);
        for e in events {
            match &e.what {
                What::Wake { task } => {
                    let Some(op) = self.tasks.get(task.0).and_then(|t| t.parked.as_ref()) else { continue };
                    print.touch_cases(op, Access::Whole);
                    // A timer gives its value in a step of the clock.
                    if let (TaskId::CLOCK, Op::Recv { ch }) = (e.task, op) {
                        print.touch(*ch, Access::Whole);
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
        let step = self.tasks.get(task.0).map_or(0, |t| t.step(op));
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
            What::Park { op } => {
                self.tasks.at(e.task.0).parked = Some(op.clone());
            }
            What::Acquire { lock, kind: LockKind::Mutex, holder } => {
                *self.lockers.at(lock.0) = Some(*holder);
            }
            What::Wake { task } => {
                self.tasks.at(task.0).parked = None;
            }
            _ => {}
        }
    }
}
