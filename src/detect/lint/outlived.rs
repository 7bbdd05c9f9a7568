//! Tasks that go on when nobody waits for them any more: after main's return, or after their scope.

use super::super::{Finding, Kind, facts::Facts};
use crate::probe::{Event, ObjId, TaskId, What};
use std::collections::{BTreeMap, BTreeSet};

/// The first output of each task after main's return.
pub(super) fn late_outputs(facts: &Facts<'_>, events: &[Event]) -> Vec<Finding> {
    let mut returned = None;
    let (mut found, mut known) = (Vec::new(), BTreeSet::new());
    for e in events {
        match (&e.what, returned) {
            (What::End { .. }, _) if e.task == TaskId::MAIN => returned = Some(e.step),
            (What::Output { value }, Some(end)) if known.insert(e.task) => {
                let who = facts.task(e.task);
                found.push(Finding {
                    kind: Kind::Outlived,
                    tasks: vec![e.task],
                    objects: Vec::new(),
                    places: e.place.clone().into_iter().collect(),
                    step: e.step,
                    message: format!(
                        "{who} puts out {value} in step {}, but main returned in step {end}, \
                         and a Go program ends with it.",
                        e.step
                    ),
                });
            }
            _ => {}
        }
    }
    found
}

/// A scope that was dropped before its tasks had ended.
struct Left<'a> {
    event: &'a Event,
    running: i64,
    /// Who of them ended later, and in which step.
    ended: Vec<(TaskId, u32)>,
}

/// The scopes that were dropped while tasks of theirs ran.
pub(super) fn left_scopes(facts: &Facts<'_>, events: &[Event]) -> Vec<Finding> {
    let mut running: BTreeMap<ObjId, i64> = BTreeMap::new();
    let mut left: BTreeMap<ObjId, Left<'_>> = BTreeMap::new();
    for e in events {
        match &e.what {
            What::Count { wg, delta, count } => {
                running.insert(*wg, *count);
                if let Some(left) = left.get_mut(wg).filter(|_| *delta < 0) {
                    left.ended.push((e.task, e.step));
                }
            }
            What::Leave { tasks } => {
                if let Some(running @ 1..) = running.get(tasks).copied() {
                    left.insert(*tasks, Left { event: e, running, ended: Vec::new() });
                }
            }
            _ => {}
        }
    }
    left.into_iter().map(|(tasks, left)| left.finding(tasks, facts)).collect()
}

impl Left<'_> {
    fn finding(self, scope: ObjId, facts: &Facts<'_>) -> Finding {
        let Self { event, running, ended } = self;
        let who = facts.task(event.task);
        let run = if running == 1 { "runs" } else { "run" };
        let later = ended.iter().map(|(task, step)| format!("; {} ends in step {step}", facts.task(*task)));
        Finding {
            kind: Kind::Outlived,
            tasks: ended.iter().map(|(task, _)| *task).chain([event.task]).collect(),
            objects: vec![scope],
            places: event.place.clone().into_iter().collect(),
            step: event.step,
            message: format!(
                "{who} leaves a scope in step {} while {running} of its tasks still {run}{}.",
                event.step,
                later.collect::<String>()
            ),
        }
    }
}
