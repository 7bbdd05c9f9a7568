//! Which case of a parked select is taken: the first to ask decides.

use crate::{
    lock::atomic::{AtomicU32, Ordering},
    rt::{Bell, SharedBell},
};
use std::task::Waker;

/// The claim of one select that waits. Its copies are in the queues that the select waits in.
///
/// It lives for ever, but is used again: whoever made it gives it back once it is in no queue any more. So there is
/// nothing to count and nothing to allocate, and there are no more of them than selects have ever waited at once.
#[derive(Clone, Copy, Debug)]
pub struct Claim(&'static Shared);

#[derive(Debug)]
struct Shared {
    /// The case that was taken, or [`OPEN`].
    state: AtomicU32,
    bell: SharedBell,
}

const OPEN: u32 = u32::MAX;

impl PartialEq for Claim {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Claim {}

impl Claim {
    /// A claim for the task that this wakes.
    #[inline]
    pub(crate) fn new(waker: &Waker) -> Self {
        let claim = spare::get().unwrap_or_else(Self::another);
        claim.0.bell.set(waker);
        claim
    }

    #[cold]
    fn another() -> Self {
        Self(Box::leak(Box::new(Shared { state: AtomicU32::new(OPEN), bell: SharedBell::new() })))
    }

    /// Gives it back: it is in no queue any more.
    #[inline]
    pub(crate) fn release(self) {
        self.0.bell.clear();
        self.0.state.store(OPEN, Ordering::Relaxed);
        spare::put(self);
    }

    /// Takes a case; false if one is taken.
    #[inline]
    pub(super) fn take(self, case: u32) -> bool {
        self.0.state.compare_exchange(OPEN, case, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    /// The case that was taken.
    #[inline]
    pub(crate) fn taken(self) -> Option<u32> {
        Some(self.0.state.load(Ordering::Acquire)).filter(|&state| state != OPEN)
    }

    /// What wakes the task, for whoever took a case.
    #[inline]
    pub(super) fn bell(self) -> Option<Bell> {
        self.0.bell.take()
    }

    /// Waits on with this waker; gives the case if one is taken, which may have woken the old one.
    pub(crate) fn wait_on(self, waker: &Waker) -> Option<u32> {
        self.0.bell.set(waker);
        // Not a look: what is exchanged here lets whoever takes a case later see the bell.
        self.0.state.compare_exchange(OPEN, OPEN, Ordering::AcqRel, Ordering::Acquire).err()
    }
}

/// The claims that nobody uses: a few for each thread, and the rest for all.
#[cfg(not(loom))]
mod spare {
    use super::Claim;
    use crate::lock::lock;
    use std::{cell::RefCell, sync::Mutex};

    /// How many a thread keeps. Tasks move between threads, so that some only take and others only give.
    const KEPT: usize = 64;

    static SHARED: Mutex<Vec<Claim>> = Mutex::new(Vec::new());

    thread_local! {
        static OWN: RefCell<Own> = const { RefCell::new(Own(Vec::new())) };
    }

    struct Own(Vec<Claim>);

    impl Drop for Own {
        fn drop(&mut self) {
            lock(&SHARED).append(&mut self.0);
        }
    }

    #[inline]
    pub(super) fn get() -> Option<Claim> {
        let own = OWN.try_with(|own| own.borrow_mut().0.pop()).ok().flatten();
        own.or_else(refill)
    }

    /// One of those for all, and some more for the next times.
    #[cold]
    #[inline(never)]
    fn refill() -> Option<Claim> {
        let mut shared = lock(&SHARED);
        let left = shared.len().saturating_sub(KEPT / 2);
        let mut some = shared.split_off(left);
        drop(shared);
        let one = some.pop();
        // A thread that ends keeps none.
        let _kept = OWN.try_with(|own| own.borrow_mut().0.append(&mut some));
        lock(&SHARED).append(&mut some);
        one
    }

    #[inline]
    pub(super) fn put(claim: Claim) {
        let kept = OWN.try_with(|own| {
            let own = &mut own.borrow_mut().0;
            let room = own.len() < KEPT;
            if room {
                own.push(claim);
            }
            room
        });
        if kept != Ok(true) {
            share(claim);
        }
    }

    #[cold]
    #[inline(never)]
    fn share(claim: Claim) {
        lock(&SHARED).push(claim);
    }
}

/// Loom's objects live as long as one of its executions.
#[cfg(loom)]
mod spare {
    pub(super) fn get() -> Option<super::Claim> {
        None
    }
    pub(super) fn put(_: super::Claim) {}
}
