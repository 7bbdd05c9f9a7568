//! Vector clocks over the events of a run.

use crate::probe::TaskId;

/// Up to which event of each task something has seen, by the event's number; 0 for none.
#[derive(Clone, Debug, Default)]
pub(in crate::detect) struct Clock(Vec<u32>);

impl Clock {
    pub(in crate::detect) fn get(&self, task: TaskId) -> u32 {
        self.0.get(task.0 as usize).copied().unwrap_or(0)
    }

    pub(super) fn set(&mut self, task: TaskId, event: u32) {
        let i = task.0 as usize;
        if self.0.len() <= i {
            self.0.resize(i + 1, 0);
        }
        self.0[i] = event;
    }

    pub(super) fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine = (*mine).max(*theirs);
        }
    }
}
