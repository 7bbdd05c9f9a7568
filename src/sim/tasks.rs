//! Sets of tasks.

use crate::probe::TaskId;

/// A set of tasks, in the order of their numbers: a bit a task, those of the first 64 in place.
///
/// Its size and its n-th task are found without a look at each of the others, so that a run with many tasks does
/// not slow down with their number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tasks {
    first: u64,
    more: Vec<u64>,
    count: u32,
}

impl Tasks {
    pub(crate) fn insert(&mut self, task: TaskId) {
        let (word, bit) = place(task);
        let word = match word.checked_sub(1) {
            None => &mut self.first,
            Some(i) => {
                if self.more.len() <= i {
                    self.more.resize(i + 1, 0);
                }
                &mut self.more[i]
            }
        };
        self.count += u32::from(*word & bit == 0);
        *word |= bit;
    }

    pub(crate) fn remove(&mut self, task: TaskId) {
        let (word, bit) = place(task);
        let word = match word.checked_sub(1) {
            None => Some(&mut self.first),
            Some(i) => self.more.get_mut(i),
        };
        if let Some(word) = word {
            self.count -= u32::from(*word & bit != 0);
            *word &= !bit;
        }
    }

    pub(crate) fn contains(&self, task: TaskId) -> bool {
        let (word, bit) = place(task);
        let word = word.checked_sub(1).map_or(Some(&self.first), |i| self.more.get(i));
        word.is_some_and(|word| word & bit != 0)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// How many of the set come before a task.
    pub(crate) fn before(&self, task: TaskId) -> u32 {
        let (last, bit) = place(task);
        let full: u32 = self.words().take(last).map(|(_, word)| word.count_ones()).sum();
        full + self.words().nth(last).map_or(0, |(_, word)| (word & (bit - 1)).count_ones())
    }

    /// The task before which `n` others are in the set.
    pub(crate) fn nth(&self, mut n: u32) -> Option<TaskId> {
        if n >= self.count {
            return None;
        }
        for (base, mut word) in self.words() {
            // The set bits of a word are counted one by one: there are few before the one that is looked for.
            while word != 0 {
                if n == 0 {
                    return Some(TaskId(base + word.trailing_zeros()));
                }
                word &= word - 1;
                n -= 1;
            }
        }
        None
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = TaskId> {
        self.words().flat_map(|(base, word)| {
            let rest = std::iter::successors(Some(word), |rest| Some(rest & rest.wrapping_sub(1)));
            rest.take_while(|rest| *rest != 0).map(move |rest| TaskId(base + rest.trailing_zeros()))
        })
    }

    /// The number of each word's first task, and the word.
    fn words(&self) -> impl Iterator<Item = (u32, u64)> {
        (0..).step_by(64).zip(std::iter::once(&self.first).chain(&self.more).copied())
    }
}

impl Extend<TaskId> for Tasks {
    fn extend<I: IntoIterator<Item = TaskId>>(&mut self, tasks: I) {
        tasks.into_iter().for_each(|task| self.insert(task));
    }
}

impl FromIterator<TaskId> for Tasks {
    fn from_iter<I: IntoIterator<Item = TaskId>>(tasks: I) -> Self {
        let mut set = Self::default();
        set.extend(tasks);
        set
    }
}

/// The word and the bit of a task.
fn place(task: TaskId) -> (usize, u64) {
    (task.0 as usize / 64, 1 << (task.0 % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_set_in_order() {
        let (mut tasks, mut expected) = (Tasks::default(), BTreeSet::new());
        for i in 0..2_000 {
            let task = TaskId(i * i % 331);
            if i % 3 > 0 {
                tasks.insert(task);
                expected.insert(task);
            } else {
                tasks.remove(task);
                expected.remove(&task);
            }
            assert_eq!(tasks.count() as usize, expected.len());
        }
        assert!((0..400).all(|i| tasks.contains(TaskId(i)) == expected.contains(&TaskId(i))));
        assert!(tasks.iter().eq(expected.iter().copied()));
        assert_eq!(tasks.is_empty(), expected.is_empty());
        assert!((0..400).all(|i| tasks.before(TaskId(i)) as usize == expected.range(..TaskId(i)).count()));
        assert!((0..).map_while(|n| tasks.nth(n)).eq(expected));
    }
}
