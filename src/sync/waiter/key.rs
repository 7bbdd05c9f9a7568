//! Names of entries.

use crate::sync::claim::Claim;
use std::num::NonZeroU32;

/// Names an entry of a [`WaitList`](super::WaitList) to its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(NonZeroU32);

impl Key {
    #[inline]
    pub(super) fn new(index: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(index))
    }

    /// The entry by which a peer has taken a case of a select, once its owner has the queue's lock.
    #[inline]
    pub(crate) fn of(claim: Claim) -> Self {
        Self::new(claim.entry())
    }

    #[inline]
    pub(super) fn index(self) -> u32 {
        self.0.get() - 1
    }
}
