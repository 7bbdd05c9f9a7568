//! Which cases of a select may be ready.

use crate::rt;

/// A set of cases.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    /// A bit for each case.
    bits: u64,
    /// How many there are: counted as they come, because processors without an instruction for it count slowly.
    count: u32,
}

impl Open {
    pub(super) const NONE: Self = Self { bits: 0, count: 0 };

    /// How many cases there can be.
    pub(super) const MOST: u32 = u64::BITS;

    /// These, with another case before the first.
    #[inline]
    pub(super) fn after(self, first: bool) -> Self {
        Self { bits: self.bits << 1 | u64::from(first), count: self.count + u32::from(first) }
    }

    /// One of them, each with the same chance; `None` if there are none.
    #[inline]
    pub(super) fn choose(self) -> Option<u32> {
        if self.count == 0 {
            return None;
        }
        let nth = rt::choose(self.count);
        if self.bits & self.bits.wrapping_add(1) == 0 {
            // All cases up to the last one that may be ready.
            return Some(nth);
        }
        let mut rest = self.bits;
        for _ in 0..nth {
            rest &= rest - 1;
        }
        Some(rest.trailing_zeros())
    }

    #[inline]
    pub(super) fn remove(&mut self, case: u32) {
        self.bits &= !(1 << case);
        self.count -= 1;
    }
}
