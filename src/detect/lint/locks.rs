//! Locks that are taken in different orders.

use super::super::{
    Finding, Kind,
    facts::Facts,
    race::{Clock, Order},
    set,
};
use crate::probe::{Event, LockKind, ObjId, Place, TaskId, What};
use std::collections::{BTreeMap, BTreeSet};

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
    if !events.iter().any(|e| matches!(e.what, What::Acquire { .. })) {
        return Vec::new();
    }
    let mut order = Order::without_locks();
    let mut held: BTreeMap<TaskId, Vec<(ObjId, LockKind)>> = BTreeMap::new();
    let mut edges: Vec<Edge> = Vec::new();
    let (mut found, mut known) = (Vec::new(), BTreeSet::new());
    for (number, e) in (1..).zip(events) {
        order.add(number, e);
        match &e.what {
            What::Acquire { lock, kind, holder } => {
                let held = held.entry(*holder).or_default();
                for first in held.clone() {
                    let besides = set(held.iter().map(|h| h.0).filter(|h| *h != first.0));
                    let edge = Edge {
                        first,
                        second: (*lock, *kind),
                        task: *holder,
                        event: number,
                        step: e.step,
                        place: e.place.clone(),
                        seen: order.seen(*holder),
                        besides,
                    };
                    if let Some(circle) = circle(&edges, vec![&edge]) {
                        let locks = set(circle.iter().map(|e| e.first.0));
                        if known.insert(locks) {
                            found.push(finding(facts, &circle));
                        }
                    }
                    // The last of its like meets whatever comes later, if an earlier one does.
                    edges.retain(|e| !e.is_like(&edge));
                    edges.push(edge);
                }
                held.push((*lock, *kind));
            }
            What::Release { lock, kind } => {
                if let Some(held) = held.get_mut(&e.task) {
                    held.retain(|h| *h != (*lock, *kind));
                }
            }
            _ => {}
        }
    }
    found
}

/// Completes a path, in which each holds what the one before wants, to a circle.
fn circle<'a>(edges: &'a [Edge], path: Vec<&'a Edge>) -> Option<Vec<&'a Edge>> {
    let (first, last) = (path.first()?, path.last()?);
    if path.len() > 1 && first.blocks(last) {
        return Some(path);
    }
    let next = edges.iter().filter(|next| next.blocks(last) && path.iter().all(|e| e.meets(next)));
    next.into_iter().find_map(|next| circle(edges, path.iter().copied().chain([next]).collect()))
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
