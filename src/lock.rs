//! How every lock of this crate is taken.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, also after a panic: no critical section of this crate leaves its state half changed.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
