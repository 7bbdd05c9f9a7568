//! Channels, select and the sync toolbox.

mod case;
pub(crate) mod chan;
pub mod select;
pub(crate) mod timer;
mod wait_group;
mod waiter;

pub use case::Case;
pub use chan::{CloseError, CloseOnDrop, Closed, Receiver, Recv, Send, SendChecked, Sender, chan};
pub use select::Selector;
pub use wait_group::{DoneOnDrop, WaitGroup, WaitGroupWait};

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, also after a panic: no critical section of this crate leaves its state half changed.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
