//! Vector clocks over the tasks of a run.

use crate::probe::TaskId;

/// How many tasks a clock has room for without a place of its own in memory.
const FEW: usize = 8;

/// How many steps of each task came before, in the order of causes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clock {
    few: [u32; FEW],
    many: Vec<u32>,
}

impl Clock {
    pub(super) fn get(&self, task: TaskId) -> u32 {
        let i = task.0 as usize;
        match self.few.get(i) {
            Some(steps) => *steps,
            None => self.many.get(i - FEW).copied().unwrap_or(0),
        }
    }

    pub(super) fn set(&mut self, task: TaskId, steps: u32) {
        let i = task.0 as usize;
        if i < FEW {
            self.few[i] = steps;
            return;
        }
        if self.many.len() <= i - FEW {
            self.many.resize(i - FEW + 1, 0);
        }
        self.many[i - FEW] = steps;
    }

    /// True if it has at least as many steps of each task.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let mut many = other.many.iter().enumerate();
        self.few.iter().zip(&other.few).all(|(mine, theirs)| mine >= theirs)
            && many.all(|(i, theirs)| self.many.get(i).copied().unwrap_or(0) >= *theirs)
    }

    pub(super) fn join(&mut self, other: &Self) {
        for (mine, theirs) in self.few.iter_mut().zip(&other.few) {
            *mine = (*mine).max(*theirs);
        }
        if self.many.len() < other.many.len() {
            self.many.resize(other.many.len(), 0);
        }
        for (mine, theirs) in self.many.iter_mut().zip(&other.many) {
            *mine = (*mine).max(*theirs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_tasks_or_many() {
        let (mut a, mut b) = (Clock::default(), Clock::default());
        for i in 0..20 {
            a.set(TaskId(i), i);
            b.set(TaskId(i), 10);
        }
        assert!(!a.covers(&b) && !b.covers(&a));
        a.join(&b);
        assert!(a.covers(&b) && !b.covers(&a));
        assert!((0..20).all(|i| a.get(TaskId(i)) == i.max(10)));
        assert_eq!(a.get(TaskId(99)), 0);
    }
}
