//! Locks that are taken in different orders.

use super::super::{
    Finding, Holders, Kind,
    facts::Facts,
    race::{Clock, Order},
    set,
};
use crate::probe::{Event, LockKind, ObjId, Op, Place, TaskId, What};
use std::collections::{BTreeMap, BTreeSet};

/// After so many looks at what may come next in a circle, all told, the search is given up.
const MOST_LOOKS: u32 = 1_000_000;

/// What the tasks hold, and which locks they try to take.
#[derive(Default)]
struct Held {
    holders: Holders,
    tries: BTreeSet<(TaskId, ObjId)>,
}

/// A task takes a lock, for which it would wait, while it holds others.
struct Taking {
    task: TaskId,
    lock: (ObjId, LockKind),
    held: Vec<(ObjId, LockKind)>,
}

impl Held {
    /// Takes in an event.
    fn add(&mut self, e: &Event) -> Option<Taking> {
        let mut taking = None;
        match &e.what {
            What::Next { op: Op::TryLock { lock, .. } } => {
                self.tries.insert((e.task, *lock));
            }
            What::Next { op: Op::Lock { lock, .. } } => {
                self.tries.remove(&(e.task, *lock));
            }
            What::Acquire { lock, kind, holder } => {
                // A try waits for nobody; what it got others wait for.
                let tried = self.tries.remove(&(*holder, *lock));
                let held = self.holders.by(*holder);
                if !tried && !held.is_empty() {
                    taking = Some(Taking { task: *holder, lock: (*lock, *kind), held: held.to_vec() });
                }
            }
            _ => {}
        }
        self.holders.add(e);
        taking
    }
}

/// A task took `second` while it held `first`.
struct Edge {
    first: (ObjId, LockKind),
    second: (ObjId, LockKind),
    task: TaskId,
    event: u32,
    step: u32,
    place: Option<Place>,
    /// What the task had seen then, other than by locks.
    seen: Clock,
    /// What it held besides.
    besides: BTreeSet<ObjId>,
}

impl Edge {
    /// True if the two could be in the way of each other: none has to come after the other, as it has in one task,
    /// and no lock keeps them apart.
    fn meets(&self, other: &Self) -> bool {
        self.seen.get(other.task) < other.event
            && other.seen.get(self.task) < self.event
            && self.besides.is_disjoint(&other.besides)
    }

    fn is_like(&self, other: &Self) -> bool {
        (self.task, self.first, self.second, &self.besides)
            == (other.task, other.first, other.second, &other.besides)
    }

    /// True if this one holds what the other one wants.
    fn blocks(&self, other: &Self) -> bool {
        let ((held, how), (wanted, wants)) = (self.first, other.second);
        held == wanted && (how.is_exclusive() || wants.is_exclusive())
    }
}

/// The circles of locks that tasks have taken one after the other: each set of locks once.
pub(super) fn inversions(facts: &Facts<'_>, events: &[Event]) -> Vec<Finding> {
    let circular = circular(events);
    if circular.is_empty() {
        return Vec::new();
    }
    let (mut order, mut held, mut looks) = (Order::without_locks(events), Held::default(), MOST_LOOKS);
    let mut edges: Vec<Edge> = Vec::new();
    let (mut found, mut known) = (Vec::new(), BTreeSet::new());
    for (number, e) in (1..).zip(events) {
        order.add(number, e);
        let Some(Taking { task, lock, held }) = held.add(e).filter(|t| circular.contains(&t.lock.0)) else {
            continue;
        };
        for first in held.iter().filter(|h| circular.contains(&h.0)) {
            let edge = Edge {
                first: *first,
                second: lock,
                task,
                event: number,
                step: e.step,
                place: e.place.clone(),
                seen: order.seen(task),
                besides: set(held.iter().map(|h| h.0).filter(|h| *h != first.0)),
            };
            let mut circle = vec![&edge];
            if closes(&mut circle, &edges, &mut looks) {
                let locks = set(circle.iter().map(|e| e.first.0));
                if known.insert(locks) {
                    found.push(finding(facts, &circle));
                }
            }
            // The last of its like meets whatever comes later, if an earlier one does.
            edges.retain(|e| !e.is_like(&edge));
            edges.push(edge);
        }
    }
    found
}

/// The locks that can be part of a circle: none where all are taken in one order.
fn circular(events: &[Event]) -> BTreeSet<ObjId> {
    let (mut held, mut pairs, mut reversed) = (Held::default(), BTreeSet::new(), BTreeSet::new());
    for Taking { lock, held, .. } in events.iter().filter_map(|e| held.add(e)) {
        for first in held {
            pairs.insert((first.0, lock.0));
            reversed.insert((lock.0, first.0));
        }
    }
    let mut locks = beyond(&pairs);
    let before = beyond(&reversed);
    locks.retain(|lock| before.contains(lock));
    locks
}

/// The locks of circles, and those that are taken while these are held: what is left when again and again those are
/// taken away that come after no other.
fn beyond(pairs: &BTreeSet<(ObjId, ObjId)>) -> BTreeSet<ObjId> {
    let mut left: BTreeMap<ObjId, u32> = BTreeMap::new();
    for (first, second) in pairs {
        left.entry(*first).or_default();
        *left.entry(*second).or_default() += 1;
    }
    let mut free: Vec<_> = left.iter().filter(|(_, before)| **before == 0).map(|(lock, _)| *lock).collect();
    while let Some(lock) = free.pop() {
        left.remove(&lock);
        for (_, second) in pairs.range((lock, ObjId(0))..=(lock, ObjId(u32::MAX))) {
            if let Some(before) = left.get_mut(second) {
                *before -= 1;
                if *before == 0 {
                    free.push(*second);
                }
            }
        }
    }
    set(left.into_keys())
}

/// Completes a path, in which each holds what the one before wants, to a circle; false if none is found.
fn closes<'a>(path: &mut Vec<&'a Edge>, edges: &'a [Edge], looks: &mut u32) -> bool {
    let (Some(first), Some(last)) = (path.first().copied(), path.last().copied()) else { return false };
    if path.len() > 1 && first.blocks(last) {
        return true;
    }
    for next in edges {
        let Some(left) = looks.checked_sub(1) else { return false };
        *looks = left;
        if next.blocks(last) && path.iter().all(|e| e.meets(next)) {
            path.push(next);
            if closes(path, edges, looks) {
                return true;
            }
            path.pop();
        }
    }
    false
}

fn finding(facts: &Facts<'_>, circle: &[&Edge]) -> Finding {
    let each = circle.iter().map(|e| {
        let at = e.place.as_ref().map(|p| format!(" at {p}")).unwrap_or_default();
        let (task, first, second) = (facts.task(e.task), facts.object(e.first.0), facts.object(e.second.0));
        format!("{task} takes {second} while it holds {first} (step {}{at})", e.step)
    });
    let message = format!(
        "Locks are taken in different orders: {}. At the same time, each would wait for the next for ever.",
        each.collect::<Vec<_>>().join(", ")
    );
    Finding {
        kind: Kind::LockOrder,
        tasks: circle.iter().map(|e| e.task).collect(),
        objects: circle.iter().map(|e| e.first.0).collect(),
        places: circle.iter().filter_map(|e| e.place.clone()).collect(),
        step: circle.iter().map(|e| e.step).max().unwrap_or(0),
        message,
    }
}
