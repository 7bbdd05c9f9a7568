//! One execution as a partial order: what each step touches, and what had to come before it.
//!
//! The clock of a step joins those of its own task's past and of the earlier steps that it depends on. What
//! its completion adds (the clock of the peer that handed over a value, of the close that was seen ...)
//! belongs to the task's next step: between the attempts themselves there is no order.

use super::{clock::Clock, footprint::Footprint, table::Table};
use crate::probe::{Event, LockKind, ObjKind, Op, TaskId, What};
use std::vec::IntoIter;

/// One step of an execution.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) task: TaskId,
    /// Which step of its task this is, from 1.
    pub(super) nth: u32,
    pub(super) footprint: Footprint,
    pub(super) clock: Clock,
    /// The clock moved before it: it can come no earlier.
    pub(super) barrier: bool,
    /// Of the mutex that it locks, the last: it could not come between its ends.
    pub(super) section: Option<Section>,
    /// It only goes on after a wait: whether there was one depends on the schedule, so it does not count.
    pub(super) resumes: bool,
}

impl Step {
    /// True if this step must come before `later`, which does come later.
    pub(super) fn before(&self, later: &Self) -> bool {
        later.clock.get(self.task) >= self.nth
    }
}

/// What a task did while it held a mutex.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// The step that locked.
    locked: (TaskId, u32),
    /// The clock of the one that unlocked.
    unlocked: Clock,
}

impl Section {
    /// True if a step came after the locking, and had to come before the end.
    pub(super) fn encloses(&self, step: &Step) -> bool {
        let (holder, locked) = self.locked;
        self.unlocked.get(step.task) >= step.nth
            && step.clock.get(holder) >= locked
            && (step.task, step.nth) != self.locked
    }
}

#[derive(Default)]
struct Channel {
    cap: u32,
    sends: u32,
    /// Of each receive that took a value, in order.
    receives: Vec<Clock>,
    closed: Option<Clock>,
}

#[derive(Default)]
struct Task {
    /// What its next step will have seen.
    seen: Clock,
    /// Of its last step.
    last: Clock,
    /// Since that. It goes on by the first wake; others may come too late.
    woken: bool,
    ended: Option<Clock>,
}

/// The steps of an execution that are not known to come before something, the last first.
///
/// What is known grows as they are looked at, and once it is all that is left there are no more: where tasks wait for each
/// other again and again, only the last few steps are looked at.
pub(super) struct Unordered<'a> {
    left: &'a [Step],
    /// How many of them each task has.
    counts: Clock,
}

impl<'a> Unordered<'a> {
    /// The next one that `known` does not tell of, and its index.
    pub(super) fn next(&mut self, known: &Clock) -> Option<(usize, &'a Step)> {
        while let Some((last, left)) = self.left.split_last() {
            let is_known = known.get(last.task) >= last.nth;
            if is_known && known.covers(&self.counts) {
                return None;
            }
            self.left = left;
            self.counts.set(last.task, last.nth - 1);
            if !is_known {
                return Some((left.len(), last));
            }
        }
        None
    }
}

/// The steps of an execution so far.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) steps: Vec<Step>,
    /// How many of them each task has.
    counts: Clock,
    /// What is known to come next.
    expected: IntoIter<Step>,
    tasks: Table<Task>,
    channels: Table<Channel>,
    items: Table<Clock>,
    /// Of each mutex.
    sections: Table<Option<Section>>,
    early_timers: bool,
}

impl Trace {
    pub(super) fn new(early_timers: bool) -> Self {
        Self { early_timers, ..Self::default() }
    }

    /// Takes in what was there before the first step.
    pub(super) fn begin(&mut self, events: &[Event]) {
        for e in events {
            self.note(e);
        }
    }

    /// These steps come next, as in an execution before.
    pub(super) fn expect(&mut self, steps: Vec<Step>) {
        self.steps.reserve(steps.len());
        self.expected = steps.into_iter();
    }

    /// Adds the next step: `task` did `op`, if it had come to one, and it led to `events`.
    pub(super) fn push(
        &mut self,
        task: TaskId,
        op: Option<&Op>,
        events: &[Event],
        footprint: impl FnOnce() -> Footprint,
    ) {
        let known = self.expected.next();
        let step = known.unwrap_or_else(|| self.step(task, op, events, footprint()));
        self.tasks.at(task.0).woken = false;
        self.complete(task, op, &step.clock, events);
        self.tasks.at(task.0).last.clone_from(&step.clock);
        self.counts.set(task, step.nth);
        self.steps.push(step);
        for e in events {
            self.note(e);
        }
    }

    /// The next step, after those that it depends on.
    fn step(&mut self, task: TaskId, op: Option<&Op>, events: &[Event], footprint: Footprint) -> Step {
        let barrier = !self.early_timers && events.iter().any(|e| matches!(e.what, What::Advance { .. }));
        let (mut clock, nth) = {
            let task_state = self.tasks.at(task.0);
            (task_state.seen.clone(), task_state.last.get(task) + 1)
        };
        let mut unordered = self.unordered();
        while let Some((_, earlier)) = unordered.next(&clock) {
            if earlier.footprint.depends(&footprint) {
                clock.join(&earlier.clock);
            }
        }
        let section = match op {
            Some(Op::Lock { lock, kind: LockKind::Mutex }) => self.sections.get(lock.0).cloned().flatten(),
            _ => None,
        };
        // It could not come before, which makes it no race.
        if let Some(section) = &section {
            clock.join(&section.unlocked);
        }
        clock.set(task, nth);
        let resumes = op.is_none() && nth > 1 && task != TaskId::CLOCK;
        Step { task, nth, footprint, clock, barrier, section, resumes }
    }

    /// The steps, to be looked at backwards.
    pub(super) fn unordered(&self) -> Unordered<'_> {
        Unordered { left: &self.steps, counts: self.counts.clone() }
    }

    /// The clock that the next step of `task` starts from.
    pub(super) fn clock_of(&self, task: TaskId) -> Clock {
        self.tasks.get(task.0).map(|t| t.seen.clone()).unwrap_or_default()
    }

    fn last(&self, task: TaskId) -> Clock {
        self.tasks.get(task.0).map(|t| t.last.clone()).unwrap_or_default()
    }

    /// What the completed operations add to what the tasks have seen; what the code after them does, it does with that.
    fn complete(&mut self, task: TaskId, op: Option<&Op>, clock: &Clock, events: &[Event]) {
        let mut seen = clock.clone();
        if let Some(Op::Join { task: other }) = op
            && let Some(ended) = self.tasks.get(other.0).and_then(|t| t.ended.as_ref())
        {
            seen.join(ended);
        }
        for e in events {
            match &e.what {
                What::Wake { task: woken } => {
                    let woken = self.tasks.at(woken.0);
                    if !std::mem::replace(&mut woken.woken, true) {
                        woken.seen.join(clock);
                    }
                }
                What::Go { child, .. } => self.tasks.at(child.0).seen.clone_from(&seen),
                What::Send { ch, item, to, .. } => {
                    *self.items.at(item.0) = clock.clone();
                    let peer = to.map(|to| self.last(to));
                    let channel = self.channels.at(ch.0);
                    channel.sends += 1;
                    if channel.cap == 0
                        && let Some(peer) = &peer
                    {
                        seen.join(peer);
                    }
                    if let Some(k) = channel.sends.checked_sub(channel.cap + 1)
                        && let Some(receive) = channel.receives.get(k as usize)
                    {
                        seen.join(receive);
                    }
                    channel.receives.extend(peer);
                }
                What::Admit { ch, item, from, .. } => {
                    *self.items.at(item.0) = self.last(*from);
                    self.channels.at(ch.0).sends += 1;
                }
                What::Recv { ch, item, from, .. } => {
                    match from {
                        Some(from) => {
                            seen.join(&self.last(*from));
                            self.channels.at(ch.0).sends += 1;
                        }
                        None => {
                            if let Some(sent) = self.items.get(item.0) {
                                seen.join(sent);
                            }
                        }
                    }
                    self.channels.at(ch.0).receives.push(clock.clone());
                }
                What::Drained { ch } => {
                    if let Some(closed) = self.channels.get(ch.0).and_then(|c| c.closed.as_ref()) {
                        seen.join(closed);
                    }
                }
                What::Close { ch } => {
                    self.channels.at(ch.0).closed.get_or_insert_with(|| seen.clone());
                }
                What::Acquire { lock, kind: LockKind::Mutex, .. } => {
                    let locked = (task, clock.get(task));
                    *self.sections.at(lock.0) = Some(Section { locked, unlocked: Clock::default() });
                }
                What::Release { lock, kind: LockKind::Mutex } => {
                    if let Some(section) = self.sections.at(lock.0) {
                        section.unlocked.clone_from(&seen);
                    }
                }
                What::End { .. } => self.tasks.at(e.task.0).ended = Some(seen.clone()),
                _ => {}
            }
        }
        self.tasks.at(task.0).seen.join(&seen);
    }

    /// What the next steps need to know.
    fn note(&mut self, e: &Event) {
        if let What::Make { obj, kind: ObjKind::Chan { cap }, .. } = &e.what {
            self.channels.at(obj.0).cap = *cap;
        }
    }
}
