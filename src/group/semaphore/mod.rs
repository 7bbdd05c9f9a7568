//! Weighted semaphore.

mod acquire;
mod state;

pub use acquire::Acquire;

use crate::{
    context::Context,
    lock::{Mutex, lock},
    probe::{self, Deferrable, Fault, Obj, ObjKind, Op, Site, TaskId, What, Who},
    sync::{step::Step, waiter::Wake},
};
use state::{NotHeld, State};
use std::{fmt, sync::Arc};

/// Gives out a number of units, to each as many as it asks for, as Go's `semaphore.Weighted`.
///
/// Clones are handles to the same semaphore. Who asks is served in the order of asking: a small request
/// waits behind a large one, although it would fit.
///
/// ```
/// use fanin::{Context, group::Semaphore};
/// fanin::sim::run(async {
///     let ctx = Context::background();
///     let tickets = Semaphore::new(3);
///     tickets.acquire(&ctx, 2).await?;
///     assert!(!tickets.try_acquire(2).await);
///     tickets.release(2);
///     tickets.acquire(&ctx, 3).await
/// }).unwrap();
/// ```
#[derive(Clone)]
pub struct Semaphore {
    inner: Arc<Inner>,
}

struct Inner {
    obj: Obj,
    state: Mutex<State>,
}

impl Semaphore {
    /// A semaphore with `size` units, all free.
    ///
    /// ```
    /// use fanin::group::Semaphore;
    /// fanin::sim::run(async {
    ///     let units = Semaphore::new(3);
    ///     assert!(!units.try_acquire(4).await && units.try_acquire(3).await);
    /// });
    /// ```
    #[track_caller]
    pub fn new(size: u32) -> Self {
        let obj = Obj::new(Site::here(), || ObjKind::Semaphore { size: size.into() });
        Self { inner: Arc::new(Inner { obj, state: Mutex::new(State::new(size)) }) }
    }

    /// Waits until `n` units are free, and takes them.
    ///
    /// More units than there are hold up nobody else: such a request waits for the end of its context.
    ///
    /// # Errors
    ///
    /// The reason of the context's end, if it ends before; nothing is taken then.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, it leaves the queue, and gives back what it had got.
    ///
    /// ```
    /// use fanin::{Context, ContextError, group::Semaphore};
    /// use std::time::Duration;
    /// fanin::sim::run(async {
    ///     let units = Semaphore::new(1);
    ///     let (ctx, _cancel) = Context::background().with_timeout(Duration::from_secs(1));
    ///     assert_eq!(units.acquire(&ctx, 1).await, Ok(()));
    ///     assert_eq!(units.acquire(&ctx, 1).await, Err(ContextError::DeadlineExceeded));
    /// });
    /// ```
    #[track_caller]
    pub fn acquire<'a>(&self, ctx: &'a Context, n: u32) -> Acquire<'a> {
        self.acquire_at(Site::here(), ctx, n)
    }

    pub(super) fn acquire_at<'a>(&self, site: Site, ctx: &'a Context, n: u32) -> Acquire<'a> {
        Acquire::new(self.inner.clone(), ctx, n, site)
    }

    /// Takes `n` units if they are free and nobody waits.
    ///
    /// ```
    /// use fanin::group::Semaphore;
    /// fanin::sim::run(async {
    ///     let units = Semaphore::new(2);
    ///     assert!(units.try_acquire(2).await);
    ///     assert!(!units.try_acquire(1).await);
    /// });
    /// ```
    #[track_caller]
    pub fn try_acquire(&self, n: u32) -> Step<impl FnOnce() -> Result<bool, Fault> + use<>> {
        self.try_acquire_at(Site::here(), n)
    }

    pub(super) fn try_acquire_at(
        &self,
        site: Site,
        n: u32,
    ) -> Step<impl FnOnce() -> Result<bool, Fault> + use<>> {
        let inner = self.inner.clone();
        let op = Op::TryAcquire { sema: inner.obj.id(), units: n.into() };
        Step::new(site, op, move || {
            inner.check()?;
            let held = lock(&inner.state).take(n);
            match held {
                Some(held) => inner.tell(n.into(), held, Who::current().id()),
                None => probe::emit(|| What::Look { obj: inner.obj.id() }),
            }
            Ok(held.is_some())
        })
    }

    /// Gives `n` units back, whoever took them.
    ///
    /// # Panics
    ///
    /// With `semaphore: released more than held`.
    ///
    /// ```
    /// use fanin::group::Semaphore;
    /// fanin::sim::run(async {
    ///     let units = Semaphore::new(1);
    ///     assert!(units.try_acquire(1).await);
    ///     units.release(1);
    ///     assert!(units.try_acquire(1).await);
    /// });
    /// ```
    #[track_caller]
    pub fn release(&self, n: u32) {
        self.release_at(Site::here(), n);
    }

    /// Gives `n` units back when the guard is dropped, as Go's `defer sem.Release(n)`.
    ///
    /// ```
    /// use fanin::group::Semaphore;
    /// fanin::sim::run(async {
    ///     let units = Semaphore::new(1);
    ///     assert!(units.try_acquire(1).await);
    ///     drop(units.release_on_drop(1));
    ///     assert!(units.try_acquire(1).await);
    /// });
    /// ```
    #[must_use = "released when the guard is dropped"]
    #[track_caller]
    pub fn release_on_drop(&self, n: u32) -> ReleaseOnDrop {
        self.release_on_drop_at(Site::here(), n)
    }

    pub(super) fn release_on_drop_at(&self, site: Site, n: u32) -> ReleaseOnDrop {
        ReleaseOnDrop { semaphore: self.clone(), n, site: site.deferred() }
    }

    #[track_caller]
    fn release_at(&self, site: impl Into<Deferrable>, n: u32) {
        let inner = self.inner.clone();
        let op = || Op::Release { sema: self.inner.obj.id(), units: n.into() };
        probe::act(site, op, move || inner.release(n));
    }

    /// How many units are held.
    pub(super) fn held(&self) -> u32 {
        lock(&self.inner.state).held()
    }
}

impl Inner {
    fn check(&self) -> Result<(), Fault> {
        self.obj.check("use of a semaphore")
    }

    fn release(&self, n: u32) -> Result<(), Fault> {
        self.check()?;
        let mut state = lock(&self.state);
        let released = state.give_back(n);
        let held = released.map_err(|NotHeld| Fault::panic("semaphore: released more than held"))?;
        let granted = state.grant();
        drop(state);
        self.tell(-i64::from(n), held, Who::current().id());
        self.granted(granted);
        Ok(())
    }

    /// Tells those who have their units now.
    fn granted(&self, granted: Vec<(u32, u32, Wake)>) {
        for (n, held, wake) in granted {
            self.tell(n.into(), held, wake.who().id());
            wake.fire();
        }
    }

    fn tell(&self, taken: i64, held: u32, by: TaskId) {
        probe::emit(|| What::Units { sema: self.obj.id(), taken, held: held.into(), by });
    }
}

impl fmt::Debug for Semaphore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Semaphore").field("held", &self.held()).finish_non_exhaustive()
    }
}

/// Gives units back when dropped; made by [`Semaphore::release_on_drop`].
#[derive(Debug)]
pub struct ReleaseOnDrop {
    semaphore: Semaphore,
    n: u32,
    site: Deferrable,
}

impl Drop for ReleaseOnDrop {
    fn drop(&mut self) {
        self.semaphore.release_at(self.site, self.n);
    }
}
