//! Which case of a parked select is taken: the first to ask decides.

use crate::{
    lock::atomic::{AtomicU32, AtomicU64, Ordering},
    rt::{Bell, SharedBell},
};
use std::task::Waker;

/// The claim of one select that waits. Its copies are in the queues that the select waits in.
///
/// What it refers to lives for ever, and is used again. Each use is a turn of its own: a copy that stays behind in a queue
/// is of an earlier turn, and takes nothing. So there is nothing to count and nothing to allocate, and there are no more of
/// them than selects have ever waited at once.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    shared: &'static Shared,
    turn: u64,
}

#[derive(Debug)]
struct Shared {
    /// The turn, and in its low bits the case that was taken, or [`OPEN`].
    state: AtomicU64,
    bell: SharedBell,
    /// The entry that the peer has completed who took a case.
    entry: AtomicU32,
}

/// No case. What is left for the turns are 47 bits: with a select each 10 ns they come round in two weeks.
const OPEN: u64 = (1 << 17) - 1;

impl PartialEq for Claim {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.shared, other.shared) && self.turn == other.turn
    }
}

impl Eq for Claim {}

impl Claim {
    /// How many cases a select can have: as many as Go's `reflect.Select`.
    pub(super) const MOST_CASES: usize = 1 << 16;

    /// A claim for the task that this wakes.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn new(waker: &Waker) -> Self {
        let claim = spare::get().unwrap_or_else(Self::another);
        claim.shared.bell.set(waker);
        claim
    }

    #[cold]
    fn another() -> Self {
        let shared =
            Shared { state: AtomicU64::new(OPEN), bell: SharedBell::new(), entry: AtomicU32::new(0) };
        Self { shared: Box::leak(Box::new(shared)), turn: 0 }
    }

    /// The state while no case is taken.
    #[inline]
    fn open(self) -> u64 {
        self.turn | OPEN
    }

    #[inline]
    fn next(self) -> Self {
        Self { turn: self.turn.wrapping_add(OPEN + 1), ..self }
    }

    /// Becomes this claim, if it is of an earlier turn: then nobody can take it any more.
    #[inline]
    pub(super) fn renew(&mut self, claim: Self) -> bool {
        let earlier = std::ptr::eq(self.shared, claim.shared) && self.turn != claim.turn;
        if earlier {
            self.turn = claim.turn;
        }
        earlier
    }

    /// True if no case is taken, and the turn has not ended.
    #[inline]
    pub(super) fn is_open(self) -> bool {
        self.shared.state.load(Ordering::Acquire) == self.open()
    }

    /// Takes a case; false if one is taken, or the turn has ended.
    #[inline]
    pub(crate) fn take(self, case: u32) -> bool {
        self.is_open() && self.exchange(self.turn | u64::from(case)).is_ok()
    }

    /// As [`take`](Self::take), by a peer who completes this entry of a queue, and has its lock.
    #[inline]
    pub(super) fn take_at(self, entry: u32, case: u32) -> bool {
        let taken = self.take(case);
        if taken {
            self.shared.entry.store(entry, Ordering::Relaxed);
        }
        taken
    }

    /// The entry by which a case was taken, for the owner, once it has had the queue's lock since.
    #[inline]
    pub(super) fn entry(self) -> u32 {
        self.shared.entry.load(Ordering::Relaxed)
    }

    /// Changes the state from open; fails with that which it has.
    #[inline]
    fn exchange(self, state: u64) -> Result<u64, u64> {
        self.shared.state.compare_exchange(self.open(), state, Ordering::AcqRel, Ordering::Acquire)
    }

    /// The case that was taken, for the owner.
    #[inline]
    pub(crate) fn taken(self) -> Option<u32> {
        Self::case(self.shared.state.load(Ordering::Acquire))
    }

    #[inline]
    fn case(state: u64) -> Option<u32> {
        Some((state & OPEN) as u32).filter(|&case| u64::from(case) != OPEN)
    }

    /// What wakes the task, for whoever took a case.
    #[inline]
    pub(super) fn bell(self) -> Option<Bell> {
        self.shared.bell.take()
    }

    /// Waits on with this waker; gives the case if one is taken, which may have woken the old one.
    pub(crate) fn wait_on(self, waker: &Waker) -> Option<u32> {
        self.shared.bell.set(waker);
        // Not a look: what is exchanged here lets whoever takes a case later see the bell.
        self.exchange(self.open()).err().and_then(Self::case)
    }

    /// From now on no case can be taken; gives the one that is. The peer that took it may still be about to ring.
    pub(crate) fn close(self) -> Option<u32> {
        self.exchange(self.next().open()).err().and_then(Self::case)
    }

    /// Ends the turn, once the peer that took a case has let go of its queue.
    #[inline]
    pub(crate) fn release(self) {
        self.shared.bell.clear();
        let next = self.next();
        self.shared.state.store(next.open(), Ordering::Release);
        spare::put(next);
    }
}

/// The claims that nobody uses: a few for each thread, and the rest for all.
#[cfg(not(loom))]
mod spare {
    use super::Claim;
    use crate::lock::lock;
    use std::{
        cell::{Cell, RefCell},
        sync::Mutex,
    };

    /// How many a thread keeps. Tasks move between threads, so that some only take and others only give.
    const KEPT: usize = 64;

    static SHARED: Mutex<Vec<Claim>> = Mutex::new(Vec::new());

    thread_local! {
        static OWN: Own = const { Own { last: Cell::new(None), others: RefCell::new(Vec::new()) } };
    }

    struct Own {
        /// The one that was given back last: a task in a loop takes it again.
        last: Cell<Option<Claim>>,
        others: RefCell<Vec<Claim>>,
    }

    impl Drop for Own {
        fn drop(&mut self) {
            let mut shared = lock(&SHARED);
            shared.append(self.others.get_mut());
            shared.extend(self.last.take());
        }
    }

    #[inline]
    pub(super) fn get() -> Option<Claim> {
        OWN.try_with(|own| own.last.take()).ok().flatten().or_else(other)
    }

    #[inline(never)]
    fn other() -> Option<Claim> {
        OWN.try_with(|own| own.others.borrow_mut().pop()).ok().flatten().or_else(refill)
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
        let _kept = OWN.try_with(|own| own.others.borrow_mut().append(&mut some));
        lock(&SHARED).append(&mut some);
        one
    }

    #[inline]
    pub(super) fn put(claim: Claim) {
        match OWN.try_with(|own| own.last.replace(Some(claim))) {
            Ok(None) => {}
            Ok(Some(before)) => keep(before),
            Err(_) => share(claim),
        }
    }

    #[inline(never)]
    fn keep(claim: Claim) {
        let kept = OWN.try_with(|own| {
            let mut others = own.others.borrow_mut();
            let room = others.len() < KEPT;
            if room {
                others.push(claim);
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

#[cfg(all(test, not(loom)))]
mod tests {
    use super::Claim;
    use std::task::Waker;

    #[test]
    fn the_first_to_ask_decides() {
        let claim = Claim::new(Waker::noop());
        assert!(claim.take(7) && !claim.take(8));
        assert_eq!((claim.taken(), claim.close()), (Some(7), Some(7)));
        claim.release();
    }

    #[test]
    fn a_copy_of_an_earlier_turn_takes_nothing() {
        let before = Claim::new(Waker::noop());
        before.release();
        let after = Claim::new(Waker::noop());
        assert!(std::ptr::eq(before.shared, after.shared), "it is used again");
        assert!(!before.take(0) && !before.is_open());
        assert_eq!(after.taken(), None);
        assert_eq!(after.close(), None);
        assert!(!after.take(0));
        after.release();
    }
}
