//! Who touched what before, as far as a later access may conflict with it.

use crate::probe::{Access, ObjId, Place, TaskId};
use std::collections::BTreeMap;

/// A place in memory: an object, and for an array the item.
pub(super) type Location = (ObjId, Option<u32>);

/// How two accesses may conflict. A write is more than a read, and what is plain more than what is atomic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mode {
    pub(super) writes: bool,
    pub(super) atomic: bool,
}

impl Mode {
    pub(super) fn new(access: Access, atomic: bool) -> Self {
        Self { writes: access != Access::Read, atomic }
    }

    fn conflicts(self, other: Self) -> bool {
        (self.writes || other.writes) && !(self.atomic && other.atomic)
    }
}

/// An access.
#[derive(Clone, Debug)]
pub(super) struct Touch {
    pub(super) task: TaskId,
    pub(super) mode: Mode,
    /// The number of its event.
    pub(super) event: u32,
    pub(super) step: u32,
    pub(super) place: Option<Place>,
}

/// The last access of each task to each location, of each mode: if an earlier one is unordered with what
/// comes now, so is the last.
#[derive(Debug, Default)]
pub(super) struct Memory {
    last: BTreeMap<Location, BTreeMap<(TaskId, Mode), Touch>>,
}

impl Memory {
    /// Notes an access, and gives the earlier ones that it conflicts with and that `is_before` does not order.
    pub(super) fn touch(
        &mut self,
        location: Location,
        touch: Touch,
        is_before: impl Fn(&Touch) -> bool,
    ) -> Vec<Touch> {
        let last = self.last.entry(location).or_default();
        let races =
            last.values().filter(|t| t.mode.conflicts(touch.mode) && !is_before(t)).cloned().collect();
        last.insert((touch.task, touch.mode), touch);
        races
    }
}
