//! How accesses to plain memory are told.

use crate::probe::{self, Access, Fault, Obj, ObjKind, Op, Site, Value, What};

/// Where plain memory is: a variable, the array behind slices, the data behind map headers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Memory(Obj);

impl Memory {
    pub(super) fn new(site: Site, kind: impl FnOnce() -> ObjKind) -> Self {
        Self(Obj::new(site, kind))
    }

    pub(super) fn obj(self) -> Obj {
        self.0
    }

    /// Tells of an access in passing; `value` is what is there now, or for a map the key.
    #[track_caller]
    pub(super) fn touch(
        self,
        site: Site,
        index: Option<usize>,
        access: Access,
        value: impl FnOnce() -> Value,
    ) {
        if let Err(fault) = self.0.check("use of plain memory") {
            return panic_at(site, fault);
        }
        probe::note(site, || {
            let index = index.map(|i| u32::try_from(i).expect("no array is longer"));
            What::Memory { obj: self.0.id(), index, access, value: value() }
        });
    }
}

/// Go's panic in a call that cannot wait: a step of its own.
#[track_caller]
pub(super) fn panic_at(site: Site, fault: Fault) {
    probe::act(site, || Op::Panic, move || Err(fault));
}
