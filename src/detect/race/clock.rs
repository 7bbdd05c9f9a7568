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
        let mut theirs = other.0.as_slice();
        if theirs.is_empty() {
            return;
        }
        let mut both = Vec::with_capacity(self.0.len().max(theirs.len()));
        for &(task, event) in &self.0 {
            let before = theirs.iter().take_while(|seen| seen.0 < task).count();
            both.extend_from_slice(&theirs[..before]);
            theirs = &theirs[before..];
            let also = theirs.first().filter(|seen| seen.0 == task);
            both.push((task, also.map_or(event, |seen| event.max(seen.1))));
            theirs = &theirs[usize::from(also.is_some())..];
        }
        both.extend_from_slice(theirs);
        self.0 = both;
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
