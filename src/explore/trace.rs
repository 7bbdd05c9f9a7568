//! One execution as a partial order: what each step touches, and what had to come before it.
//!
//! The clock of a step joins those of its own task's past and of the earlier steps that it depends on. What
//! its completion adds (the clock of the peer that handed over a value, of the close that was seen ...)
//! belongs to the task's next step: between the attempts themselves there is no order.

use super::{
    clock::Clock,
    footprint::{Access, Footprint},
};
use crate::probe::{Event, Item, ObjId, ObjKind, Op, TaskId, What};
use std::collections::BTreeMap;

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
    /// It only goes on after a wait: whether there was one depends on the schedule, so it does not count.
    pub(super) resumes: bool,
}

impl Step {
    /// True if this step must come before `later`, which does come later.
    pub(super) fn before(&self, later: &Self) -> bool {
        later.clock.get(self.task) >= self.nth
    }
}

#[derive(Default)]
struct Channel {
    cap: u32,
    sends: u32,
    /// Of each receive that took a value, in order.
    receives: Vec<Clock>,
    closed: Option<Clock>,
    waiting_senders: u32,
}

/// What the code after each operation of a task, by their number, was seen to touch in passing.
pub(super) type Passing = BTreeMap<(TaskId, u32), Footprint>;

/// The steps of an execution so far.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) steps: Vec<Step>,
    /// What each task's next step will have seen.
    tasks: BTreeMap<TaskId, Clock>,
    last: BTreeMap<TaskId, Clock>,
    ended: BTreeMap<TaskId, Clock>,
    next: BTreeMap<TaskId, Op>,
    parked: BTreeMap<TaskId, Op>,
    channels: BTreeMap<ObjId, Channel>,
    items: BTreeMap<Item, Clock>,
    /// Of the last unlocking of each mutex.
    unlocked: BTreeMap<ObjId, Clock>,
    /// In this and in earlier executions.
    pub(super) passing: Passing,
    operations: BTreeMap<TaskId, u32>,
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

    /// Adds the next step, of `task`, that led to `events`.
    pub(super) fn push(&mut self, task: TaskId, events: &[Event]) -> &Step {
        let op = self.next.remove(&task);
        let mut footprint = self.footprint(op.as_ref(), events);
        if op.is_some() {
            let number = self.operations.entry(task).or_default();
            *number += 1;
            let passing = self.passing.entry((task, *number)).or_default();
            passing.add(&Footprint::in_passing(events));
            footprint.add(passing);
        }
        let barrier = !self.early_timers && events.iter().any(|e| matches!(e.what, What::Advance { .. }));
        let mut clock = self.tasks.get(&task).cloned().unwrap_or_default();
        for earlier in &self.steps {
            if earlier.footprint.depends(&footprint) {
                clock.join(&earlier.clock);
            }
        }
        // It could not come before, which makes it no race.
        if let Some(Op::Lock { lock, .. }) = &op
            && let Some(unlocked) = self.unlocked.get(lock)
        {
            clock.join(unlocked);
        }
        let nth = self.last.get(&task).map_or(0, |c| c.get(task)) + 1;
        clock.set(task, nth);
        let resumes = op.is_none() && nth > 1 && task != TaskId::CLOCK;
        self.steps.push(Step { task, nth, footprint, clock: clock.clone(), barrier, resumes });
        self.complete(task, op.as_ref(), &clock, events);
        self.last.insert(task, clock);
        for e in events {
            self.note(e);
        }
        &self.steps[self.steps.len() - 1]
    }

    /// The clock that the next step of `task` starts from.
    pub(super) fn clock_of(&self, task: TaskId) -> Clock {
        self.tasks.get(&task).cloned().unwrap_or_default()
    }

    fn footprint(&self, op: Option<&Op>, events: &[Event]) -> Footprint {
        let waits = |ch| self.channels.get(&ch).is_some_and(|c| c.waiting_senders > 0);
        let mut print = Footprint::of(op, events, self.early_timers, waits);
        for e in events {
            if let What::Wake { task } = &e.what
                && let Some(op) = self.parked.get(task)
            {
                print.touch_cases(op, Access::Whole);
            }
        }
        print
    }

    /// What the completed operations add to what the tasks have seen.
    fn complete(&mut self, task: TaskId, op: Option<&Op>, clock: &Clock, events: &[Event]) {
        let mut seen = clock.clone();
        for e in events {
            match &e.what {
                What::Wake { task: woken } => self.tasks.entry(*woken).or_default().join(clock),
                What::Go { child, .. } => {
                    self.tasks.insert(*child, clock.clone());
                }
                What::Send { ch, item, to, .. } => {
                    self.items.insert(*item, clock.clone());
                    let peer = to.and_then(|to| self.last.get(&to).cloned());
                    let channel = self.channels.entry(*ch).or_default();
                    channel.sends += 1;
                    if let Some(peer) = peer {
                        if channel.cap == 0 {
                            seen.join(&peer);
                        }
                        channel.receives.push(peer);
                    } else if let Some(k) = channel.sends.checked_sub(channel.cap + 1)
                        && let Some(receive) = channel.receives.get(k as usize)
                    {
                        seen.join(receive);
                    }
                }
                What::Admit { ch, item, from, .. } => {
                    let sender = self.last.get(from).cloned().unwrap_or_default();
                    self.items.insert(*item, sender);
                    self.channels.entry(*ch).or_default().sends += 1;
                }
                What::Recv { ch, item, from, .. } => {
                    match from {
                        Some(from) => {
                            let sender = self.last.get(from).cloned().unwrap_or_default();
                            seen.join(&sender);
                            self.channels.entry(*ch).or_default().sends += 1;
                        }
                        None => {
                            if let Some(sent) = self.items.get(item) {
                                seen.join(sent);
                            }
                        }
                    }
                    self.channels.entry(*ch).or_default().receives.push(clock.clone());
                }
                What::Drained { ch } => {
                    if let Some(closed) = self.channels.get(ch).and_then(|c| c.closed.as_ref()) {
                        seen.join(closed);
                    }
                }
                What::Close { ch } => {
                    let channel = self.channels.entry(*ch).or_default();
                    channel.closed.get_or_insert_with(|| clock.clone());
                }
                What::Release { lock, .. } => {
                    self.unlocked.insert(*lock, clock.clone());
                }
                What::End { .. } => {
                    self.ended.insert(e.task, clock.clone());
                }
                _ => {}
            }
        }
        if let Some(Op::Join { task: other }) = op
            && let Some(ended) = self.ended.get(other)
        {
            seen.join(ended);
        }
        self.tasks.entry(task).or_default().join(&seen);
    }

    /// What the next steps need to know.
    fn note(&mut self, e: &Event) {
        match &e.what {
            What::Make { obj, kind: ObjKind::Chan { cap }, .. } => {
                self.channels.entry(*obj).or_default().cap = *cap;
            }
            What::Next { op } => {
                self.next.insert(e.task, op.clone());
            }
            What::Park { op } => {
                self.waiting(op, 1);
                self.parked.insert(e.task, op.clone());
            }
            What::Wake { task } => {
                if let Some(op) = self.parked.remove(task) {
                    self.waiting(&op, -1);
                }
            }
            _ => {}
        }
    }

    fn waiting(&mut self, op: &Op, by: i32) {
        if let Op::Send { ch, .. } = op {
            let channel = self.channels.entry(*ch).or_default();
            channel.waiting_senders = channel.waiting_senders.saturating_add_signed(by);
        }
    }
}
