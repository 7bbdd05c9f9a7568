//! How every lock of this crate is taken.
//!
//! There are two kinds. [`Brief`] guards what is mostly changed in a few nanoseconds and is met by several threads at a
//! time: a channel's state. It spins, and gives way to other threads when that takes long; in return its release is a plain
//! store, where that of the standard library's lock is an atomic operation as costly as taking it. That one guards
//! everything else.
//!
//! Of a user's code only this is called under a lock: what clones, compares or shows a value that is kept there or a waker,
//! and a closure whose method says so. Nothing of a user's is dropped there, no waker either: a drop may come back to the lock.

use std::sync::{Arc, Mutex as StdMutex, MutexGuard, PoisonError};

/// The checks in `tests/loom.rs` see each step of the locks and of the atomics.
#[cfg(loom)]
pub(crate) use loom::sync::{Mutex, Mutex as Brief, atomic};
#[cfg(not(loom))]
pub(crate) use std::sync::{Mutex, atomic};
/// A lock that is held for a few nanoseconds, but where a buffer or a queue has to grow.
#[cfg(not(loom))]
pub(crate) type Brief<T> = spin::mutex::SpinMutex<T, GiveWay>;

/// Takes a lock, also after a panic in it: whatever can panic there does so before anything is changed.
#[inline]
pub(crate) fn lock<L: Lock>(lock: &L) -> L::Guard<'_> {
    lock.acquire()
}

pub(crate) trait Lock {
    type Guard<'a>
    where
        Self: 'a;
    fn acquire(&self) -> Self::Guard<'_>;
}

impl<T> Lock for StdMutex<T> {
    type Guard<'a>
        = MutexGuard<'a, T>
    where
        T: 'a;
    #[inline]
    fn acquire(&self) -> Self::Guard<'_> {
        self.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<L: Lock> Lock for Arc<L> {
    type Guard<'a>
        = L::Guard<'a>
    where
        L: 'a;
    #[inline]
    fn acquire(&self) -> L::Guard<'_> {
        (**self).acquire()
    }
}

#[cfg(not(loom))]
impl<T> Lock for Brief<T> {
    type Guard<'a>
        = spin::mutex::SpinMutexGuard<'a, T>
    where
        T: 'a;
    #[inline]
    fn acquire(&self) -> Self::Guard<'_> {
        self.lock()
    }
}

#[cfg(loom)]
impl<T> Lock for Brief<T> {
    type Guard<'a>
        = loom::sync::MutexGuard<'a, T>
    where
        T: 'a;
    fn acquire(&self) -> Self::Guard<'_> {
        self.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is done while a [`Brief`] lock is taken: mostly nothing, and now and then way is given to the thread that may
/// have been stopped while it held the lock.
#[cfg(not(loom))]
#[derive(Debug)]
pub(crate) struct GiveWay;

#[cfg(not(loom))]
impl spin::RelaxStrategy for GiveWay {
    /// Apart, so that whoever finds the lock free carries little code for waiting.
    #[cold]
    #[inline(never)]
    fn relax() {
        use std::cell::Cell;
        /// How many turns there are between two times that way is given. Few: whoever holds the lock is then either
        /// done at once or stopped. (4 senders and 4 receivers on 2 threads took 25 ns a message with 4, 61 with 64.)
        const PATIENCE: u32 = 4;
        thread_local!(static TURNS: Cell<u32> = const { Cell::new(0) });
        let turns = TURNS.get().wrapping_add(1);
        TURNS.set(turns);
        if turns.is_multiple_of(PATIENCE) {
            std::thread::yield_now();
        } else {
            std::hint::spin_loop();
        }
    }
}
