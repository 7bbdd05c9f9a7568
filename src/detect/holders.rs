//! Who holds which lock.

use crate::probe::{Event, LockKind, ObjId, TaskId, What};
use std::collections::BTreeMap;

/// Who holds each lock, and what each task holds, both in the order of taking.
#[derive(Default)]
pub(crate) struct Holders {
    of: BTreeMap<ObjId, Vec<Holder>>,
    by: BTreeMap<TaskId, Vec<(ObjId, LockKind)>>,
}

#[derive(Clone, Copy)]
pub(crate) struct Holder {
    pub(crate) task: TaskId,
    pub(crate) kind: LockKind,
    /// Since which step.
    pub(crate) since: u32,
}

impl Holders {
    /// Takes in an event.
    pub(crate) fn add(&mut self, e: &Event) {
        match &e.what {
            What::Acquire { lock, kind, holder } => {
                self.of.entry(*lock).or_default().push(Holder { task: *holder, kind: *kind, since: e.step });
                self.by.entry(*holder).or_default().push((*lock, *kind));
            }
            What::Release { lock, kind } => self.release(*lock, *kind, e.task),
            _ => {}
        }
    }

    /// The one who gives a lock back need not be the one who took it.
    fn release(&mut self, lock: ObjId, kind: LockKind, by: TaskId) {
        let Some(holders) = self.of.get_mut(&lock) else { return };
        let own = holders.iter().position(|h| (h.task, h.kind) == (by, kind));
        let Some(i) = own.or_else(|| holders.iter().position(|h| h.kind == kind)) else { return };
        let held = self.by.entry(holders.remove(i).task).or_default();
        if let Some(i) = held.iter().position(|h| *h == (lock, kind)) {
            held.remove(i);
        }
    }

    /// Who holds a lock.
    pub(crate) fn of(&self, lock: ObjId) -> &[Holder] {
        self.of.get(&lock).map_or(&[], Vec::as_slice)
    }

    /// What a task holds.
    pub(super) fn by(&self, task: TaskId) -> &[(ObjId, LockKind)] {
        self.by.get(&task).map_or(&[], Vec::as_slice)
    }
}
