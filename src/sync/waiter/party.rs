//! Who waits, and how it is reached.

use crate::{probe::Who, rt::Bell, sync::claim::Claim};
use std::task::Waker;

/// Who is about to wait.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Party<'a> {
    /// A task in a single operation.
    Task(&'a Waker),
    /// A select, by this case of it.
    Select(Claim, u32),
}

/// How a waiter is reached.
#[derive(Debug)]
pub(super) enum Notify {
    Task(Bell),
    Select(Claim, u32),
}

impl From<Party<'_>> for Notify {
    #[inline]
    fn from(party: Party<'_>) -> Self {
        match party {
            Party::Task(waker) => Self::Task(Bell::of(waker)),
            Party::Select(claim, case) => Self::Select(claim, case),
        }
    }
}

impl Notify {
    /// True if the operation may be completed by the caller; this is its entry.
    pub(super) fn claim(&self, entry: u32) -> bool {
        match self {
            Self::Task(_) => true,
            Self::Select(claim, case) => claim.take_at(entry, *case),
        }
    }

    /// What wakes the waiter that was claimed.
    #[inline]
    pub(super) fn bell(self) -> Option<Bell> {
        match self {
            Self::Task(bell) => Some(bell),
            Self::Select(claim, _) => claim.bell(),
        }
    }

    /// Its own bell.
    pub(super) fn own_bell(self) -> OldBell {
        match self {
            Self::Task(bell) => Some(bell),
            Self::Select(..) => None,
        }
    }

    pub(super) fn is_open(&self, except: Option<Claim>) -> bool {
        match self {
            Self::Select(claim, _) => Some(*claim) != except && claim.is_open(),
            Self::Task(_) => true,
        }
    }
}

/// A bell that is rung no more.
///
/// It is dropped after the lock is released, so a variable for it comes before the lock's guard: the last waker of a task may
/// own that task, and with it what waits in the same queue.
pub(crate) type OldBell = Option<Bell>;

/// A completed waiter that has to be told, after the lock is released.
#[derive(Debug)]
#[must_use = "a waiter that is not told sleeps for ever"]
pub(crate) struct Wake {
    pub(super) bell: Option<Bell>,
    pub(super) who: Who,
}

impl Wake {
    pub(crate) fn who(&self) -> Who {
        self.who
    }

    #[inline]
    pub(crate) fn fire(self) {
        if let Some(bell) = self.bell {
            bell.ring();
        }
    }
}
