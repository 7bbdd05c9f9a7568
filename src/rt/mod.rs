//! The seam between the primitives and what runs them.
//!
//! A [`Runtime`] starts tasks, tells the time, keeps timers and makes choices. The primitives find the
//! current one through a thread-local: every poll and every drop of a task happens with its runtime entered.

mod alarms;
mod bell;
#[cfg(all(feature = "browser", target_arch = "wasm32"))]
pub mod browser;
mod chance;
mod clock;
mod fault;
pub mod local;
mod task;
#[cfg(all(feature = "threads", not(target_arch = "wasm32")))]
pub mod threads;
pub(crate) mod time;

#[cfg(feature = "sim")]
pub(crate) use alarms::Alarms;
pub(crate) use bell::{Bell, SharedBell};
#[cfg(feature = "sim")]
pub(crate) use fault::text_of;
pub use fault::{Raise, Recover, goexit, panic, recover};
pub(crate) use task::go_at;
pub use task::{JoinError, JoinHandle, YieldNow, go, yield_now};

use crate::probe;
use futures::future::BoxFuture;
use std::{cell::RefCell, fmt, marker::PhantomData, panic::Location, sync::Arc, task::Waker};
use time::Instant;

/// What runs tasks.
///
/// Implemented by the simulator (`sim`), by [`local`] and `threads`, and by the browser's event loop; anything
/// else that can do this much can run the library.
///
/// The library calls [`now`](Self::now), [`set_timer`](Self::set_timer), [`cancel_timer`](Self::cancel_timer) and
/// [`choose`](Self::choose) also while it holds its own locks: within them nothing is woken or polled, and no runtime
/// entered.
pub trait Runtime: Send + Sync {
    /// Starts a task, for the `go` at the line `at`. It first runs after this returns; it is polled, and dropped,
    /// with this runtime [entered](Handle::enter).
    fn spawn(&self, task: BoxFuture<'static, ()>, at: &'static Location<'static>) -> probe::TaskId;

    /// The time since some fixed moment before the run.
    fn now(&self) -> Instant;

    /// Wakes `waker` at the instant `at`, or soon if that has passed, but only after this has returned, and with this
    /// runtime [entered](Handle::enter).
    fn set_timer(&self, at: Instant, waker: Waker) -> TimerId;

    /// Forgets a timer; for one that has fired or was cancelled this does nothing.
    fn cancel_timer(&self, timer: TimerId);

    /// A number below `n`, which is at least 1: uniform, or what an exploration wants to see.
    fn choose(&self, n: u32) -> u32;

    /// True if [`choose`](Self::choose) is uniform and nobody asks what was chosen: then it need not be called.
    #[doc(hidden)]
    fn leaves_to_chance(&self) -> bool {
        false
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
    ///
    /// ```
    /// use fanin::{probe::TaskId, rt::{Handle, Runtime, TimerId, choose}, time::Instant};
    /// use futures::future::BoxFuture;
    /// use std::{panic::Location, sync::Arc, task::Waker};
    ///
    /// /// Has a die, and neither tasks nor time.
    /// struct Die;
    ///
    /// impl Runtime for Die {
    ///     fn spawn(&self, _: BoxFuture<'static, ()>, _: &'static Location<'static>) -> TaskId {
    ///         TaskId::MAIN
    ///     }
    ///     fn now(&self) -> Instant {
    ///         Instant::ZERO
    ///     }
    ///     fn set_timer(&self, _: Instant, _: Waker) -> TimerId {
    ///         TimerId(0)
    ///     }
    ///     fn cancel_timer(&self, _: TimerId) {}
    ///     fn choose(&self, n: u32) -> u32 {
    ///         n - 1
    ///     }
    /// }
    ///
    /// let _entered = Handle::new(Arc::new(Die)).enter();
    /// assert_eq!(choose(6), 5);
    /// ```
    pub fn new(runtime: Arc<dyn Runtime>) -> Self {
        Self(runtime)
    }

    /// The runtime that is current on this thread.
    ///
    /// # Panics
    ///
    /// If there is none: the caller runs neither in a task nor inside [`enter`](Handle::enter).
    ///
    /// ```
    /// use fanin::rt::{Handle, choose};
    /// let handle = fanin::rt::local::run(async { Handle::current() });
    /// let _entered = handle.enter();
    /// assert!(choose(6) < 6);
    /// ```
    #[track_caller]
    pub fn current() -> Self {
        Self::try_current().unwrap_or_else(|| nowhere())
    }

    /// The runtime that is current on this thread, if there is one.
    ///
    /// ```
    /// use fanin::rt::Handle;
    /// assert!(Handle::try_current().is_none());
    /// assert!(fanin::rt::local::run(async { Handle::try_current().is_some() }));
    /// ```
    pub fn try_current() -> Option<Self> {
        CURRENT.with_borrow(Clone::clone)
    }

    /// Makes this runtime the current one on this thread until the guard is dropped.
    ///
    /// ```
    /// use fanin::rt::Handle;
    /// let handle = fanin::rt::local::run(async { Handle::current() });
    /// let entered = handle.enter();
    /// assert!(Handle::try_current().is_some());
    /// drop(entered);
    /// assert!(Handle::try_current().is_none());
    /// ```
    pub fn enter(&self) -> Entered {
        if CURRENT
            .with_borrow(|current| current.as_ref().is_some_and(|current| Arc::ptr_eq(&current.0, &self.0)))
        {
            return Entered { outer: None, stays: PhantomData };
        }
        // What another runtime's task does is not this one's.
        let probe = probe::enter(None);
        let chance = chance::leave(self.0.leaves_to_chance());
        let outer = Outer { runtime: CURRENT.replace(Some(self.clone())), chance, _probe: probe };
        Entered { outer: Some(outer), stays: PhantomData }
    }

    pub(crate) fn runtime(&self) -> &dyn Runtime {
        &*self.0
    }
}

/// Asks the current runtime something that does not start or wake a task.
#[track_caller]
fn ask<R>(question: impl FnOnce(&dyn Runtime) -> R) -> R {
    CURRENT.with_borrow(|current| match current {
        Some(handle) => question(handle.runtime()),
        None => nowhere(),
    })
}

#[track_caller]
fn nowhere() -> ! {
    panic!(
        "no fanin runtime here: call this from a task, or run it with fanin::rt::local::run or fanin::sim::run"
    )
}

/// Restores, when dropped, the runtime that was current before, on the thread that it stays on.
#[must_use = "the runtime is current only while the guard lives"]
pub struct Entered {
    outer: Option<Outer>,
    stays: PhantomData<*const ()>,
}

/// What an entered runtime hides.
struct Outer {
    runtime: Option<Handle>,
    /// Whether it leaves its choices to chance.
    chance: bool,
    _probe: probe::Entered,
}

impl Drop for Entered {
    fn drop(&mut self) {
        if let Some(outer) = &mut self.outer {
            CURRENT.set(outer.runtime.take());
            chance::leave(outer.chance);
        }
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
#[inline]
#[track_caller]
pub fn choose(n: u32) -> u32 {
    assert!(n > 0, "choose among nothing");
    if n == 1 { 0 } else { chance::choose(n).unwrap_or_else(|| decide(n)) }
}

/// The runtime's own choice.
#[inline(never)]
#[track_caller]
fn decide(n: u32) -> u32 {
    ask(|rt| rt.choose(n))
}
