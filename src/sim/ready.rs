//! The tasks that can move, kept as they change.

use crate::probe::TaskId;

/// A set of tasks, in the order of their numbers.
///
/// A step changes a few of them, and asks how many there are and for the n-th: neither looks at the others one by
/// one, so that a run with many tasks does not slow down with their number.
#[derive(Default)]
pub(super) struct Ready {
    /// A bit a task.
    words: Vec<u64>,
    count: u32,
}

impl Ready {
    pub(super) fn set(&mut self, task: TaskId, ready: bool) {
        let (word, bit) = (task.0 as usize / 64, 1 << (task.0 % 64));
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if (self.words[word] & bit != 0) != ready {
            self.words[word] ^= bit;
            self.count = if ready { self.count + 1 } else { self.count - 1 };
        }
    }

    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// The task before which `n` others are ready.
    pub(super) fn nth(&self, mut n: u32) -> Option<TaskId> {
        for (base, word) in (0..).step_by(64).zip(&self.words) {
            if n < word.count_ones() {
                let mut rest = *word;
                for _ in 0..n {
                    rest &= rest - 1;
                }
                return Some(TaskId(base + rest.trailing_zeros()));
            }
            n -= word.count_ones();
        }
        None
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = TaskId> {
        let words = (0..).step_by(64).zip(&self.words);
        words.flat_map(|(base, word)| {
            let bits = std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)));
            bits.take_while(|rest| *rest != 0).map(move |rest| TaskId(base + rest.trailing_zeros()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_set_in_order() {
        let (mut ready, mut expected) = (Ready::default(), BTreeSet::new());
        for i in 0..2_000 {
            let (task, now) = (TaskId(i * i % 331), i % 3 > 0);
            ready.set(task, now);
            if now {
                expected.insert(task)
            } else {
                expected.remove(&task)
            };
            assert_eq!(ready.count() as usize, expected.len());
        }
        assert!(ready.iter().eq(expected.iter().copied()));
        assert!((0..).map_while(|n| ready.nth(n)).eq(expected));
    }
}
