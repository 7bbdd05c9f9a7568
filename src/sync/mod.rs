//! Channels, select and the sync toolbox.

mod atomic;
mod case;
pub(crate) mod chan;
mod cond;
mod mutex;
mod once;
mod rwlock;
pub mod select;
mod step;
pub(crate) mod timer;
mod wait_group;
mod waiter;

pub use atomic::{Atomic, AtomicBool, AtomicI64, AtomicU64};
pub use case::Case;
pub use chan::{CloseError, CloseOnDrop, Closed, Receiver, Recv, Send, SendChecked, Sender, chan};
pub use cond::{Cond, CondWait};
pub use mutex::{Lock, LockRaw, Mutex, MutexGuard};
pub use once::{Once, OnceFunc, OnceValue};
pub use rwlock::{Read, ReadGuard, ReadRaw, RwLock, Write, WriteGuard, WriteRaw};
pub use select::Selector;
pub use step::Step;
pub use wait_group::{DoneOnDrop, WaitGroup, WaitGroupWait};
