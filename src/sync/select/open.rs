//! Which cases of a select may be ready.

use crate::rt;

/// A set of cases: a bit for each.
#[derive(Clone, Copy, Debug)]
pub struct Open(u64);

impl Open {
    pub(super) const NONE: Self = Self(0);

    /// How many cases there can be.
    pub(super) const MOST: u32 = u64::BITS;

    /// These, with another case before the first.
    #[inline]
    pub(super) fn after(self, first: bool) -> Self {
        Self(self.0 << 1 | u64::from(first))
    }

    /// One of them, each with the same chance; `None` if there are none. There are so many cases in all.
    #[inline]
    pub(super) fn choose(self, cases: u32) -> Option<u32> {
        let Self(bits) = self;
        if bits == 0 {
            return None;
        }
        if bits == u64::MAX >> (Self::MOST - cases) {
            // The draw needs not wait for the looks.
            return Some(rt::choose(cases));
        }
        if bits & (bits - 1) == 0 {
            return Some(bits.trailing_zeros());
        }
        let mut rest = bits;
        for _ in 0..rt::choose(bits.count_ones()) {
            rest &= rest - 1;
        }
        Some(rest.trailing_zeros())
    }

    #[inline]
    pub(super) fn remove(&mut self, case: u32) {
        self.0 &= !(1 << case);
    }
}
