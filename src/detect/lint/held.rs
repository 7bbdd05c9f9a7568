//! Locks that are held during a wait for something else.

use super::super::{Finding, Kind, facts::Facts};
use crate::probe::{Event, LockKind, ObjId, Op, Place, TaskId, What};
use std::collections::{BTreeMap, BTreeSet};

/// A wait.
struct Wait<'a> {
    op: &'a Op,
    step: u32,
    place: Option<&'a Place>,
}

/// The locks that a task held while it waited, and another one for the lock; each lock once. A wait for a
/// second lock is nothing special, since what matters there is the order; and a sleep stands for work.
pub(super) fn held_while_waiting(facts: &Facts<'_>, events: &[Event]) -> Vec<Finding> {
    let mut holders: BTreeMap<ObjId, Vec<(TaskId, LockKind)>> = BTreeMap::new();
    let mut waits: BTreeMap<TaskId, Wait<'_>> = BTreeMap::new();
    let (mut found, mut known) = (Vec::new(), BTreeSet::new());
    for e in events {
        match &e.what {
            What::Acquire { lock, kind, holder } if *kind != LockKind::Once => {
                holders.entry(*lock).or_default().push((*holder, *kind));
            }
            What::Release { lock, kind } => {
                let holders = holders.entry(*lock).or_default();
                let own = holders.iter().position(|h| *h == (e.task, *kind));
                if let Some(i) = own.or_else(|| holders.iter().position(|h| h.1 == *kind)) {
                    holders.remove(i);
                }
            }
            What::Park { op } => {
                waits.insert(e.task, Wait { op, step: e.step, place: e.place.as_ref() });
                let new = pairs(&holders, &waits).into_iter().find(|(lock, ..)| !known.contains(lock));
                if let Some((lock, holder, waiter)) = new {
                    known.insert(lock);
                    found.push(finding(facts, lock, (holder, &waits[&holder]), (waiter, &waits[&waiter])));
                }
            }
            What::Wake { task } => {
                waits.remove(task);
            }
            _ => {}
        }
    }
    found
}

/// Each lock with a holder that waits, and a task that waits for the lock.
fn pairs(
    holders: &BTreeMap<ObjId, Vec<(TaskId, LockKind)>>,
    waits: &BTreeMap<TaskId, Wait<'_>>,
) -> Vec<(ObjId, TaskId, TaskId)> {
    let mut pairs = Vec::new();
    for (waiter, wait) in waits {
        let Op::Lock { lock, kind } = wait.op else { continue };
        for (holder, held) in holders.get(lock).into_iter().flatten() {
            let conflict = kind.is_exclusive() || held.is_exclusive();
            let elsewhere =
                waits.get(holder).is_some_and(|w| !matches!(w.op, Op::Lock { .. } | Op::Sleep { .. }));
            if conflict && elsewhere {
                pairs.push((*lock, *holder, *waiter));
            }
        }
    }
    pairs
}

fn finding(
    facts: &Facts<'_>,
    lock: ObjId,
    (holder, waits): (TaskId, &Wait<'_>),
    (waiter, wants): (TaskId, &Wait<'_>),
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
