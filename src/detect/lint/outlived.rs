//! Tasks that still had something to say when main had returned.

use super::super::{Finding, Kind, facts::Facts};
use crate::probe::{Event, TaskId, What};

/// The first output of each task after main's return.
pub(super) fn late_outputs(facts: &Facts, events: &[Event]) -> Vec<Finding> {
    let mut returned = None;
    let mut found: Vec<Finding> = Vec::new();
    for e in events {
        match (&e.what, returned) {
            (What::End { .. }, _) if e.task == TaskId::MAIN => returned = Some(e.step),
            (What::Output { value }, Some(end)) if found.iter().all(|f| f.tasks != [e.task]) => {
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
