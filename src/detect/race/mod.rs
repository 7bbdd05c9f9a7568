//! Data races: two accesses to the same plain memory, one of them a write, that nothing orders.
//!
//! Vector clocks over the events tell what happens before what; the order in which things happened to come does
//! not count, so that a race is found in a lucky run as well. Two atomic accesses do not race, an atomic and a
//! plain one do. In the same way the first add to a wait group must not be unordered with a wait.

mod channel;
mod clock;
mod memory;
mod order;

use super::{Finding, Kind, facts::Facts, set};
use crate::probe::{Event, ObjId, ObjKind, Op, Place, TaskId, What};
pub(super) use clock::Clock;
pub(super) use order::Order;

use memory::{Location, Memory, Mode, Touch};
use std::collections::BTreeSet;

/// The data races of a run, and adds to wait groups that race with a wait; each pair of lines once.
pub(super) fn races(facts: &Facts<'_>, events: &[Event]) -> Vec<Finding> {
    if !is_concerned(events) {
        return Vec::new();
    }
    let (mut order, mut memory, mut groups) = (Order::of(events), Memory::default(), Memory::default());
    let (mut found, mut known) = (Vec::new(), BTreeSet::new());
    for (number, e) in (1..).zip(events) {
        let touch = |mode| Touch { task: e.task, mode, event: number, step: e.step, place: e.place.clone() };
        // A wait comes before the dones that it sees at its end.
        if let Some((group, adds)) = counted(e, &order) {
            // Adds conflict with waits, and not with each other.
            let touch = touch(Mode { writes: adds, atomic: adds });
            for earlier in groups.touch((group, None), touch.clone(), |t| order.is_before(t, e.task)) {
                if known.insert((group, places(&earlier, &touch))) {
                    found.push(misuse(facts, group, &earlier, &touch));
                }
            }
        }
        order.add(number, e);
        if let Some((location, mode)) = accessed(e, &order) {
            let touch = touch(mode);
            for earlier in memory.touch(location, touch.clone(), |t| order.is_before(t, e.task)) {
                if known.insert((location.0, places(&earlier, &touch))) {
                    found.push(race(facts, location, &earlier, &touch));
                }
            }
        }
    }
    found
}

/// Whether there can be a race at all: plain memory, or a wait group of one task that another one waits for.
fn is_concerned(events: &[Event]) -> bool {
    let firsts = events.iter().filter_map(|e| match e.what {
        What::Count { wg, delta: delta @ 1.., count } if delta == count => Some((wg, e.task)),
        _ => None,
    });
    let firsts = set(firsts);
    events.iter().any(|e| match &e.what {
        What::Memory { .. } => true,
        What::Next { op: Op::Wait { wg } } => {
            let mut adders = firsts.range((*wg, TaskId(0))..=(*wg, TaskId(u32::MAX)));
            adders.any(|(_, by)| *by != e.task)
        }
        _ => false,
    })
}

/// The memory that an event is an access to.
fn accessed(e: &Event, order: &Order) -> Option<(Location, Mode)> {
    match &e.what {
        What::Memory { obj, index, access, .. } => Some(((*obj, *index), Mode::new(*access, false))),
        What::Access { obj, access, .. } if order.kind(*obj) == Some(ObjKind::Var) => {
            Some(((*obj, None), Mode::new(*access, true)))
        }
        _ => None,
    }
}

/// The wait group that an event adds the first to, or waits for: as it begins to, and at its end.
fn counted(e: &Event, order: &Order) -> Option<(ObjId, bool)> {
    match &e.what {
        What::Count { wg, delta: delta @ 1.., count } if delta == count => Some((*wg, true)),
        What::Park { op: Op::Wait { wg } } => Some((*wg, false)),
        What::Look { obj } if order.kind(*obj) == Some(ObjKind::WaitGroup) => Some((*obj, false)),
        _ => None,
    }
}

fn race(facts: &Facts<'_>, (obj, index): Location, earlier: &Touch, later: &Touch) -> Finding {
    let item = index.map(|i| format!("item {i} of ")).unwrap_or_default();
    let does = |t: &Touch| {
        let how = if t.mode.atomic { "atomically " } else { "" };
        let verb = if t.mode.writes { "writes" } else { "reads" };
        told(facts, t, &format!("{how}{verb} it"))
    };
    let (earlier_does, later_does) = (does(earlier), does(later));
    let message = format!(
        "Data race on {item}{}: {earlier_does}, {later_does}, and nothing orders the two.",
        facts.object(obj)
    );
    finding(Kind::DataRace, obj, earlier, later, message)
}

fn misuse(facts: &Facts<'_>, group: ObjId, earlier: &Touch, later: &Touch) -> Finding {
    let does =
        |t: &Touch| told(facts, t, if t.mode.writes { "adds the first to it" } else { "waits for it" });
    let (earlier_does, later_does) = (does(earlier), does(later));
    let message = format!(
        "Misuse of wait group {}: {earlier_does}, {later_does}, and nothing orders the two: the wait can miss the add.",
        facts.object(group)
    );
    finding(Kind::Misuse, group, earlier, later, message)
}

/// "g2 (worker) writes it in step 7 at src/main.rs:12".
fn told(facts: &Facts<'_>, t: &Touch, does: &str) -> String {
    let at = t.place.as_ref().map(|p| format!(" at {p}")).unwrap_or_default();
    format!("{} {does} in step {}{at}", facts.task(t.task), t.step)
}

fn finding(kind: Kind, obj: ObjId, earlier: &Touch, later: &Touch, message: String) -> Finding {
    let places = [earlier, later].into_iter().filter_map(|t| t.place.clone()).collect();
    let (tasks, objects) = (vec![earlier.task, later.task], vec![obj]);
    Finding { kind, tasks, objects, places, step: later.step, message }
}

/// The lines of two accesses, whichever came first.
fn places(a: &Touch, b: &Touch) -> BTreeSet<Option<Place>> {
    set([a.place.clone(), b.place.clone()])
}
