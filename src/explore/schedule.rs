//! Orders the steps of an execution anew: first what a finding needs, with few switches of task.

use super::{
    search::{Execution, Script, Scripted, take_step},
    trace::Step,
};
use crate::{
    lock::lock,
    probe::{Event, TaskId, What},
    sim::{Config, Recording, Sim},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

/// The steps that had to happen for these to happen, and these.
pub(super) fn past(steps: &[Step], of: &[usize]) -> BTreeSet<usize> {
    (0..steps.len())
        .filter(|&i| of.iter().any(|&j| i == j || (i < j && steps[i].before(&steps[j]))))
        .collect()
}

/// An order of all steps that respects causes: those of `first` come first, and a task goes on while it can.
pub(super) fn order(steps: &[Step], first: &BTreeSet<usize>) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(steps.len());
    let mut left: Vec<usize> = (0..steps.len()).collect();
    while !left.is_empty() {
        let urgent = left.iter().any(|i| first.contains(i));
        let free = |i: &usize| {
            (!urgent || first.contains(i))
                && left.iter().take_while(|j| *j < i).all(|&j| !steps[j].before(&steps[*i]))
        };
        let last = order.last().map(|&i| steps[i].task);
        let same = left.iter().copied().find(|i| Some(steps[*i].task) == last && free(i));
        let Some(next) = same.or_else(|| left.iter().copied().find(free)) else { break };
        order.push(next);
        left.retain(|&i| i != next);
    }
    order
}

/// Runs the steps of an execution in another order; gives the recording and its choices.
pub(super) fn rerun(
    program: &impl Fn(Config) -> Sim,
    config: Config,
    execution: &Execution,
    order: &[usize],
) -> (Recording, Vec<u32>) {
    let script = Arc::new(Mutex::new(Script::default()));
    let mut sim = program(config.strategy(Scripted(script.clone())).outlive_panics());
    let mut schedule = Vec::new();
    for &i in order {
        // Tasks are numbered as they are born, which may be in another order now.
        let now = births(&sim.recording().events);
        let then = births(&execution.recording.events);
        let was = execution.steps[i].task;
        let Some(task) = translate(was, &then, &now) else { break };
        let movers = sim.movers();
        if !movers.contains(&task) {
            break;
        }
        take_step(&mut sim, &script, &movers, task, &execution.picks[i], &mut schedule);
    }
    *lock(&script) = Script::default();
    while sim.step() {}
    (sim.into_recording(), schedule)
}

/// Each task's parent, and which of its children it is.
fn births(events: &[Event]) -> BTreeMap<TaskId, (TaskId, usize)> {
    let mut children: BTreeMap<TaskId, usize> = BTreeMap::new();
    let mut births = BTreeMap::new();
    for e in events {
        if let What::Go { child, .. } = &e.what {
            let count = children.entry(e.task).or_default();
            births.insert(*child, (e.task, *count));
            *count += 1;
        }
    }
    births
}

fn translate(
    task: TaskId,
    then: &BTreeMap<TaskId, (TaskId, usize)>,
    now: &BTreeMap<TaskId, (TaskId, usize)>,
) -> Option<TaskId> {
    let Some((parent, nth)) = then.get(&task) else { return Some(task) };
    let parent = translate(*parent, then, now)?;
    now.iter().find(|(_, birth)| **birth == (parent, *nth)).map(|(task, _)| *task)
}
