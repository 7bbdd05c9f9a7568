//! Orders the steps of an execution anew: first what a finding needs, with few switches of task.

use super::{
    driver::Driver,
    search::{Execution, Transition},
    trace::Step,
};
use crate::{
    probe::{Event, TaskId, What},
    sim::Recording,
};
use std::collections::{BTreeMap, BTreeSet};

/// The steps that had to happen for these to happen, and these.
pub(super) fn past(steps: &[Step], of: &[usize]) -> BTreeSet<usize> {
    let mut past = BTreeSet::new();
    past.extend(
        (0..steps.len()).filter(|&i| of.iter().any(|&j| i == j || (i < j && steps[i].before(&steps[j])))),
    );
    past
}

/// An order of all steps that respects causes: those of `first` come first, with as few switches of task as
/// there can be; then a task goes on while it can.
pub(super) fn order(steps: &[Step], first: &BTreeSet<usize>) -> Vec<usize> {
    let mut order = fewest_switches(steps, first).unwrap_or_default();
    let mut left: Vec<usize> = (0..steps.len()).filter(|i| !order.contains(i)).collect();
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

/// After so many states the search for the fewest switches is given up.
const MOST_STATES: usize = 1_000;

/// Breadth first over how far each task has come, a switch at a time: a task that is switched to goes on for
/// as long as it can, since that never keeps another one from anything.
fn fewest_switches(steps: &[Step], among: &BTreeSet<usize>) -> Option<Vec<usize>> {
    let mut tasks: BTreeMap<TaskId, Vec<usize>> = BTreeMap::new();
    for &i in among {
        tasks.entry(steps[i].task).or_default().push(i);
    }
    let ids: Vec<TaskId> = tasks.keys().copied().collect();
    let own: Vec<Vec<usize>> = tasks.into_values().collect();
    let free = |done: &[usize], t: usize| {
        let next = *own[t].get(done[t])?;
        let clock = &steps[next].clock;
        let others = ids.iter().enumerate().filter(|(other, _)| *other != t);
        let comes_after_all = others.into_iter().all(|(other, id)| clock.get(*id) as usize <= done[other]);
        comes_after_all.then_some(next)
    };
    let mut states = vec![Reached { done: vec![0; own.len()], from: 0, task: 0 }];
    let mut seen = BTreeSet::new();
    let mut at = 0;
    while at < states.len() && states.len() < MOST_STATES {
        if states[at].done.iter().sum::<usize>() == among.len() {
            return Some(way(&states, at, &own));
        }
        for task in 0..own.len() {
            if free(&states[at].done, task).is_none() {
                continue;
            }
            let mut done = states[at].done.clone();
            while free(&done, task).is_some() {
                done[task] += 1;
            }
            if seen.insert(done.clone()) {
                states.push(Reached { done, from: at, task });
            }
        }
        at += 1;
    }
    None
}

/// How far each task has come, from which state, and by whose steps.
struct Reached {
    done: Vec<usize>,
    from: usize,
    task: usize,
}

/// The steps that lead to a state, the first of the states being the beginning.
fn way(states: &[Reached], mut at: usize, own: &[Vec<usize>]) -> Vec<usize> {
    let mut parts = Vec::new();
    while at > 0 {
        let Reached { done, from, task } = &states[at];
        parts.push(&own[*task][states[*from].done[*task]..done[*task]]);
        at = *from;
    }
    parts.into_iter().rev().flatten().copied().collect()
}

/// Runs the steps of an execution in another order; gives the recording, and what was done in each step.
pub(super) fn rerun(
    mut driver: Driver,
    execution: &Execution,
    order: &[usize],
) -> (Recording, Vec<Transition>) {
    let mut taken = Vec::new();
    let then = births(&execution.recording.events);
    for &i in order {
        // Tasks are numbered as they are born, which may be in another order now.
        let now = births(driver.events());
        let (was, picks) = &execution.taken[i];
        let Some(task) = translate(*was, &then, &now) else { break };
        if !driver.movers().contains(task) {
            break;
        }
        taken.push(Transition::taken(task, driver.take(task, picks)));
    }
    (driver.replay(&[]), taken)
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
