//! Channels, select, and what Go's packages `sync` and `sync/atomic` have.

mod atomic;
pub(crate) mod case;
pub(crate) mod chan;
pub(crate) mod claim;
mod cond;
pub(crate) mod func_timer;
mod map;
mod mutex;
mod once;
mod pool;
mod rwlock;
pub mod select;
pub mod shared;
pub(crate) mod step;
pub(crate) mod timer;
mod wait_group;
pub(crate) mod waiter;

pub use atomic::{Atomic, AtomicBool, AtomicI64, AtomicU64};
pub use case::Case;
pub use chan::{
    CloseError, CloseOnDrop, Closed, Receiver, Recv, RecvStream, Send, SendChecked, SendSink, Sender, chan,
};
pub use cond::{Cond, CondWait};
pub use map::{Map, Range};
pub use mutex::{Lock, LockRaw, Mutex, MutexGuard};
pub use once::{Once, OnceFunc, OnceValue};
pub use pool::Pool;
pub use rwlock::{Read, ReadGuard, ReadRaw, RwLock, Write, WriteGuard, WriteRaw};
pub use select::Selector;
pub use step::Step;
pub use wait_group::{DoneOnDrop, WaitGroup, WaitGroupWait};
