//! How every lock of this crate is taken.

#[cfg(not(loom))]
pub(crate) use std::sync::{Mutex, atomic};

/// Where threads meet, the checks in `tests/loom.rs` see each step of the lock and of the atomics.
#[cfg(loom)]
pub(crate) use loom::sync::{Mutex, atomic};

/// Locks, also after a panic: no critical section of this crate leaves its state half changed.
#[cfg(not(loom))]
#[inline]
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Locks a mutex, whether it is checked or not.
#[cfg(loom)]
pub(crate) fn lock<M: Lock>(mutex: &M) -> M::Guard<'_> {
    mutex.acquire()
}

#[cfg(loom)]
pub(crate) trait Lock {
    type Guard<'a>
    where
        Self: 'a;
    fn acquire(&self) -> Self::Guard<'_>;
}

#[cfg(loom)]
impl<T> Lock for std::sync::Mutex<T> {
    type Guard<'a>
        = std::sync::MutexGuard<'a, T>
    where
        T: 'a;
    fn acquire(&self) -> Self::Guard<'_> {
        self.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(loom)]
impl<T> Lock for Mutex<T> {
    type Guard<'a>
        = loom::sync::MutexGuard<'a, T>
    where
        T: 'a;
    fn acquire(&self) -> Self::Guard<'_> {
        self.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
