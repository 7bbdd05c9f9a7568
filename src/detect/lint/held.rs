//! Locks that are held during a wait for something else.

use super::super::{
    Finding, Holders, Kind,
    facts::{Facts, Wait},
};
use crate::probe::{Event, LockKind, ObjId, Op, TaskId, What};
use std::collections::{BTreeMap, BTreeSet};

/// The locks that a task held while it waited, and another one for the lock; each lock once. A wait for a
/// second lock is nothing special, since what matters there is the order; and a sleep stands for work.
pub(super) fn held_while_waiting(facts: &Facts<'_>, events: &[Event]) -> Vec<Finding> {
    let (mut holders, mut waits) = (Holders::default(), Waits::default());
    let (mut found, mut known) = (Vec::new(), BTreeSet::new());
    for e in events {
        match &e.what {
            What::Park { op } => {
                waits.begin(e.task, Wait { op, step: e.step, place: e.place.as_ref() });
                for (lock, holder, waiter) in waits.pairs(&holders, e.task) {
                    if known.insert(lock) {
                        let (waits, wants) = (waits.of[&holder], waits.of[&waiter]);
                        found.push(finding(facts, lock, (holder, waits), (waiter, wants)));
                    }
                }
            }
            What::Wake { task } => waits.end(*task),
            _ => holders.add(e),
        }
    }
    found
}

/// The tasks that wait.
#[derive(Default)]
struct Waits<'a> {
    of: BTreeMap<TaskId, Wait<'a>>,
    for_locks: BTreeSet<(ObjId, TaskId)>,
}

impl<'a> Waits<'a> {
    fn begin(&mut self, task: TaskId, wait: Wait<'a>) {
        self.end(task);
        if let Op::Lock { lock, .. } = wait.op {
            self.for_locks.insert((*lock, task));
        }
        self.of.insert(task, wait);
    }

    fn end(&mut self, task: TaskId) {
        if let Some(Wait { op: Op::Lock { lock, .. }, .. }) = self.of.remove(&task) {
            self.for_locks.remove(&(*lock, task));
        }
    }

    /// What the wait of `task` completes: each lock with a holder that waits for something else, and a task that
    /// waits for the lock.
    fn pairs(&self, holders: &Holders, task: TaskId) -> Vec<(ObjId, TaskId, TaskId)> {
        let mut pairs = Vec::new();
        if let Some(Op::Lock { lock, .. }) = self.op(task) {
            pairs.extend(holders.of(*lock).iter().map(|holder| (*lock, holder.task, task)));
        } else {
            for (lock, _) in holders.by(task) {
                let waiters = self.for_locks.range((*lock, TaskId(0))..=(*lock, TaskId(u32::MAX)));
                pairs.extend(waiters.map(|(lock, waiter)| (*lock, task, *waiter)));
            }
        }
        pairs.retain(|(lock, holder, waiter)| {
            let is_in_the_way = |held: LockKind| {
                matches!(self.op(*waiter), Some(Op::Lock { kind, .. }) if kind.is_exclusive() || held.is_exclusive())
            };
            let mut held = holders.of(*lock).iter().filter(|h| h.task == *holder && h.kind != LockKind::Once);
            self.is_elsewhere(*holder) && held.any(|h| is_in_the_way(h.kind))
        });
        pairs
    }

    fn op(&self, task: TaskId) -> Option<&'a Op> {
        self.of.get(&task).map(|wait| wait.op)
    }

    /// True if a task waits for something else than a lock, or the end of its work.
    fn is_elsewhere(&self, task: TaskId) -> bool {
        self.op(task).is_some_and(|op| !matches!(op, Op::Lock { .. } | Op::Sleep { .. }))
    }
}

fn finding(
    facts: &Facts<'_>,
    lock: ObjId,
    (holder, waits): (TaskId, Wait<'_>),
    (waiter, wants): (TaskId, Wait<'_>),
) -> Finding {
    let message = format!(
        "{} has been blocked in {} since step {} while it holds {}, for which {} has waited since step {}.",
        facts.task(holder),
        waits.op.wait_reason(),
        waits.step,
        facts.object(lock),
        facts.task(waiter),
        wants.step,
    );
    Finding {
        kind: Kind::LockHeld,
        tasks: vec![holder, waiter],
        objects: vec![lock],
        places: [waits.place, wants.place].into_iter().flatten().cloned().collect(),
        step: waits.step.max(wants.step),
        message,
    }
}
