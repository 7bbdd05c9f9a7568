//! Which steps of an execution make up a finding: with all that had to come before them they are its schedule.

use super::search::Execution;
use crate::{
    detect::{Finding, Kind},
    probe::{TaskId, What},
    sim::Recording,
};
use std::collections::BTreeSet;

/// The steps that make up a finding: the fault, or the last step of each task that waits.
pub(super) fn decisive(execution: &Execution, finding: &Finding) -> Vec<usize> {
    let steps = &execution.steps;
    match finding.kind {
        Kind::Fault => fault_step(&execution.recording, finding).into_iter().collect(),
        // Nobody can move only after all have.
        Kind::Deadlock => (0..steps.len()).collect(),
        Kind::Leak | Kind::Divergence => {
            let last = |task: &TaskId| steps.iter().rposition(|s| s.task == *task);
            entangled(execution, finding).iter().filter_map(last).collect()
        }
        // Of two that race the later: it depends on the earlier.
        _ => (finding.step as usize).checked_sub(1).into_iter().collect(),
    }
}

/// The tasks of a finding, and those that wait as well and had touched what these wait for: why they never come
/// is a part of it.
fn entangled(execution: &Execution, finding: &Finding) -> BTreeSet<TaskId> {
    let steps = &execution.steps;
    let unfinished = execution.recording.unfinished();
    let mut tasks = BTreeSet::new();
    tasks.extend(finding.tasks.iter().copied());
    loop {
        let waits: Vec<_> = tasks.iter().filter_map(|t| steps.iter().rfind(|s| s.task == *t)).collect();
        let meets = |other: &TaskId| {
            let mut own = steps.iter().filter(|s| s.task == *other);
            own.any(|s| waits.iter().any(|wait| wait.footprint.meets(&s.footprint)))
        };
        let more = unfinished.keys().filter(|other| !tasks.contains(other) && meets(other));
        let more: Vec<_> = more.copied().collect();
        if more.is_empty() {
            return tasks;
        }
        tasks.extend(more);
    }
}

fn fault_step(recording: &Recording, finding: &Finding) -> Option<usize> {
    let fault = recording.events.iter().find(|e| {
        matches!(e.what, What::Fault { .. }) && e.step == finding.step && finding.tasks.contains(&e.task)
    })?;
    (fault.step as usize).checked_sub(1)
}
