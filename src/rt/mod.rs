//! The seam between the primitives and what runs them.
//!
//! A [`Runtime`] starts tasks, tells the time, keeps timers and makes choices. The primitives find the
//! current one through a thread-local; every poll and every drop of a task happens inside its runtime.

#[cfg(all(feature = "browser", target_arch = "wasm32"))]
pub mod browser;
mod fault;
mod task;
pub(crate) mod time;

#[cfg(feature = "sim")]
pub(crate) use fault::text_of;
pub use fault::{Raise, Recover, goexit, panic, recover};
pub(crate) use task::go_at;
pub use task::{JoinError, JoinHandle, YieldNow, go, yield_now};

use crate::probe;
use futures::future::BoxFuture;
use std::{cell::RefCell, fmt, sync::Arc, task::Waker};
use time::Instant;

/// What runs tasks.
///
/// Implemented by the simulator ([`crate::sim`]) and by the browser's event loop; anything else that
/// can do this much can run the library.
pub trait Runtime: Send + Sync {
    /// Starts a task. It first runs after this returns.
    fn spawn(&self, task: BoxFuture<'static, ()>) -> probe::TaskId;

    /// The time since some fixed moment before the run.
    fn now(&self) -> Instant;

    /// Wakes `waker` at the instant `at`, or soon if that has passed, with this runtime [entered](Handle::enter).
    fn set_timer(&self, at: Instant, waker: Waker) -> TimerId;

    /// Forgets a timer; for one that has fired or was cancelled this does nothing.
    fn cancel_timer(&self, timer: TimerId);

    /// A number below `n`, which is at least 1: uniform, or what an exploration wants to see.
    fn choose(&self, n: u32) -> u32;

    /// The probe that watches the runs of this runtime.
    #[doc(hidden)]
    fn probe(&self) -> probe::Installed {
        probe::Installed::default()
    }
}

/// A timer of a [`Runtime`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimerId(pub u64);

/// A shared reference to a runtime.
#[derive(Clone)]
pub struct Handle(Arc<dyn Runtime>);

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handle(..)")
    }
}

thread_local! {
    static CURRENT: RefCell<Option<Handle>> = const { RefCell::new(None) };
}

impl Handle {
    /// A handle to `runtime`.
    pub fn new(runtime: Arc<dyn Runtime>) -> Self {
        Self(runtime)
    }

    /// The runtime that is current on this thread.
    ///
    /// # Panics
    ///
    /// If there is none: the caller runs neither in a task nor inside [`enter`](Handle::enter).
    #[track_caller]
    pub fn current() -> Self {
        match Self::try_current() {
            Some(handle) => handle,
            None => panic!("no fanin runtime here: call this from a task, or run it with fanin::sim::run"),
        }
    }

    /// The runtime that is current on this thread, if there is one.
    pub fn try_current() -> Option<Self> {
        CURRENT.with_borrow(Clone::clone)
    }

    /// Makes this runtime the current one on this thread until the guard is dropped.
    pub fn enter(&self) -> Entered {
        let probe = probe::enter(self.0.probe());
        Entered { before: CURRENT.replace(Some(self.clone())), _probe: probe }
    }

    pub(crate) fn runtime(&self) -> &dyn Runtime {
        &*self.0
    }
}

/// Restores, when dropped, the runtime that was current before.
#[must_use = "the runtime is current only while the guard lives"]
pub struct Entered {
    before: Option<Handle>,
    _probe: probe::Entered,
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.before.take());
    }
}

impl fmt::Debug for Entered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entered(..)")
    }
}

/// A number below `n` chosen by the runtime: seeded and recorded under the simulator.
///
/// # Panics
///
/// If `n` is 0, or outside a runtime.
///
/// ```
/// let die = fanin::sim::run(async { fanin::rt::choose(6) + 1 });
/// assert!((1..=6).contains(&die));
/// ```
#[track_caller]
pub fn choose(n: u32) -> u32 {
    assert!(n > 0, "choose among nothing");
    if n == 1 { 0 } else { Handle::current().runtime().choose(n) }
}
