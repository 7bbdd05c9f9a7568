//! Vector clocks over the events of a run.

use crate::probe::TaskId;

/// Up to which event of each task something has seen, by the event's number: of those that it has seen anything of, in
/// their order.
#[derive(Clone, Debug, Default)]
pub(in crate::detect) struct Clock(Vec<(TaskId, u32)>);

impl Clock {
    /// 0 for none.
    pub(in crate::detect) fn get(&self, task: TaskId) -> u32 {
        self.find(task).map_or(0, |i| self.0[i].1)
    }

    pub(super) fn set(&mut self, task: TaskId, event: u32) {
        match self.find(task) {
            Ok(i) => self.0[i].1 = event,
            Err(i) => self.0.insert(i, (task, event)),
        }
    }

    fn find(&self, task: TaskId) -> Result<usize, usize> {
        self.0.binary_search_by_key(&task, |seen| seen.0)
    }

    pub(super) fn join(&mut self, other: &Self) {
        let mine;
        let shorter = if self.0.len() < other.0.len() {
            mine = std::mem::replace(self, other.clone());
            &mine
        } else {
            other
        };
        let mut at = 0;
        for &(task, event) in &shorter.0 {
            // Mostly both have seen something of the same tasks.
            if self.0.get(at).is_none_or(|seen| seen.0 != task) {
                match self.0[at..].binary_search_by_key(&task, |seen| seen.0) {
                    Ok(i) => at += i,
                    Err(i) => {
                        at += i;
                        self.0.insert(at, (task, event));
                    }
                }
            }
            self.0[at].1 = self.0[at].1.max(event);
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(seen: &[(u32, u32)]) -> Clock {
        let mut clock = Clock::default();
        for (task, event) in seen {
            clock.set(TaskId(*task), *event);
        }
        clock
    }

    #[test]
    fn a_join_has_seen_what_either_has() {
        let (a, b) = ([(1, 5), (3, 7), (8, 1)], [(0, 2), (1, 9), (3, 6), (4, 4), (9, 3)]);
        let both = [(0, 2), (1, 9), (3, 7), (4, 4), (8, 1), (9, 3)];
        for (one, other) in [(&a[..], &b[..]), (&b[..], &a[..])] {
            let mut joined = clock(one);
            joined.join(&clock(other));
            assert_eq!(
                joined.0,
                both.iter().map(|(task, event)| (TaskId(*task), *event)).collect::<Vec<_>>()
            );
        }
        assert_eq!((clock(&a).get(TaskId(3)), clock(&a).get(TaskId(4))), (7, 0));
    }

    #[test]
    fn a_clock_has_room_for_whom_it_has_seen_alone() {
        assert_eq!(clock(&[(u32::MAX, 1)]).0.len(), 1);
    }
}
