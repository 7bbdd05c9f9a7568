//! Cond.

use super::{
    mutex::{Inner as MutexInner, Lock, MutexGuard},
    waiter::{Key, Party, WaitList, Wake},
};
use crate::{
    lock::{Mutex, lock},
    probe::{self, Obj, ObjId, ObjKind, Op, Point, Site, What},
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

/// Lets tasks wait until another says that something has changed, as Go's `sync.Cond`.
///
/// Clones are handles to the same condition. What is waited for is guarded by a
/// [`Mutex`](super::Mutex): a wait takes its guard, and gives one back.
///
/// ```
/// use fanin::{go, sync::{Cond, Mutex}};
/// fanin::sim::run(async {
///     let (ready, changed) = (Mutex::new(false), Cond::new());
///     go({
///         let (ready, changed) = (ready.clone(), changed.clone());
///         async move {
///             *ready.lock().await = true;
///             changed.signal();
///         }
///     });
///     let mut guard = ready.lock().await;
///     while !*guard {
///         guard = changed.wait(guard).await;
///     }
/// });
/// ```
///
/// Without a guard there is no wait:
///
/// ```compile_fail,E0061
/// let waiting = fanin::sync::Cond::new().wait();
/// ```
#[derive(Clone)]
pub struct Cond {
    inner: Arc<Inner>,
}

struct Inner {
    obj: Obj,
    waiters: Mutex<WaitList<()>>,
}

impl Cond {
    /// A condition that nobody waits for.
    ///
    /// ```
    /// let changed = fanin::sync::Cond::new();
    /// changed.signal(); // nobody waits, and nothing is remembered
    /// ```
    #[track_caller]
    pub fn new() -> Self {
        let obj = Obj::new(Site::here(), || ObjKind::Cond);
        Self { inner: Arc::new(Inner { obj, waiters: Mutex::new(WaitList::new()) }) }
    }

    /// Unlocks the mutex and waits for a signal, in one step; then locks the mutex again.
    ///
    /// It never ends without a signal, but what is waited for can have changed again meanwhile.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, it leaves the mutex unlocked; a signal that it had got goes to the next.
    ///
    /// ```
    /// use fanin::{go, sync::{Cond, Mutex}};
    /// let seen = fanin::sim::run(async {
    ///     let (count, changed) = (Mutex::new(0), Cond::new());
    ///     let mut guard = count.lock().await;
    ///     let (other, signal) = (count.clone(), changed.clone());
    ///     go(async move {
    ///         *other.lock().await = 7;
    ///         signal.signal();
    ///     });
    ///     while *guard == 0 {
    ///         guard = changed.wait(guard).await;
    ///     }
    ///     *guard
    /// });
    /// assert_eq!(seen, 7);
    /// ```
    #[track_caller]
    pub fn wait<T: Send + 'static>(&self, guard: MutexGuard<T>) -> CondWait<T> {
        let stage = Stage::Holding(guard);
        CondWait { cond: self.inner.clone(), stage, key: None, point: Point::default(), site: Site::here() }
    }

    /// Wakes the task that has waited longest, if there is one.
    ///
    /// ```
    /// use fanin::{WaitGroup, sync::{Cond, Mutex}, time::sleep};
    /// fanin::sim::run(async {
    ///     let (lock, turn, wg) = (Mutex::new(()), Cond::new(), WaitGroup::new());
    ///     let (waiting, its) = (lock.clone(), turn.clone());
    ///     wg.go(async move { drop(its.wait(waiting.lock().await).await) });
    ///     sleep(std::time::Duration::from_secs(1)).await;
    ///     turn.signal();
    ///     wg.wait().await;
    /// });
    /// ```
    #[track_caller]
    pub fn signal(&self) {
        self.signal_at(Site::here(), false);
    }

    /// Wakes all tasks that wait now.
    ///
    /// ```
    /// use fanin::{WaitGroup, sync::{Cond, Mutex}, time::sleep};
    /// fanin::sim::run(async {
    ///     let (lock, start, wg) = (Mutex::new(()), Cond::new(), WaitGroup::new());
    ///     for _ in 0..3 {
    ///         let (lock, start) = (lock.clone(), start.clone());
    ///         wg.go(async move { drop(start.wait(lock.lock().await).await) });
    ///     }
    ///     sleep(std::time::Duration::from_secs(1)).await;
    ///     start.broadcast();
    ///     wg.wait().await;
    /// });
    /// ```
    #[track_caller]
    pub fn broadcast(&self) {
        self.signal_at(Site::here(), true);
    }

    #[track_caller]
    fn signal_at(&self, site: Site, all: bool) {
        let inner = self.inner.clone();
        let op = || Op::Signal { cond: self.inner.obj.id(), all };
        probe::act(site, op, move || {
            inner.obj.check("signal of a condition variable")?;
            inner.signal(all);
            Ok(())
        });
    }
}

impl Inner {
    fn signal(&self, all: bool) {
        let mut waiters = lock(&self.waiters);
        let mut wakes = Vec::new();
        while let Some((_, wake)) = waiters.pop() {
            wakes.push(wake);
            if !all {
                break;
            }
        }
        drop(waiters);
        let woken = u32::try_from(wakes.len()).expect("fewer than 2^32 tasks");
        probe::emit(|| What::Signal { cond: self.obj.id(), woken });
        wakes.into_iter().for_each(Wake::fire);
    }
}

impl Default for Cond {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Cond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cond").finish_non_exhaustive()
    }
}

/// How far a wait has come.
enum Stage<T: Send + 'static> {
    Holding(MutexGuard<T>),
    Waiting(Arc<MutexInner<T>>),
    Locking(Lock<T>),
    Between,
}

/// Returned by [`Cond::wait`].
#[must_use = "futures do nothing unless awaited"]
pub struct CondWait<T: Send + 'static> {
    cond: Arc<Inner>,
    stage: Stage<T>,
    key: Option<Key>,
    point: Point,
    site: Site,
}

impl<T: Send + 'static> CondWait<T> {
    fn op(&self, mutex: ObjId) -> Op {
        Op::CondWait { cond: self.cond.obj.id(), lock: mutex }
    }
}

// The guard is moved, never pinned.
impl<T: Send + 'static> Unpin for CondWait<T> {}

impl<T: Send + 'static> Future for CondWait<T> {
    type Output = MutexGuard<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<MutexGuard<T>> {
        let this = &mut *self;
        loop {
            match std::mem::replace(&mut this.stage, Stage::Between) {
                Stage::Holding(guard) => {
                    let op = this.op(guard.obj().id());
                    if this.point.pass(cx, this.site, || op.clone()).is_pending() {
                        this.stage = Stage::Holding(guard);
                        return Poll::Pending;
                    }
                    if let Err(fault) = this.cond.obj.check("wait for a condition") {
                        return probe::raise(fault);
                    }
                    // It waits before the mutex is free: who locks that next finds it.
                    this.key = Some(lock(&this.cond.waiters).push(Party::Task(cx.waker()), ()));
                    let mutex = match guard.unlock_now() {
                        Ok(mutex) => mutex,
                        Err(fault) => return probe::raise(fault),
                    };
                    this.stage = Stage::Waiting(mutex);
                    probe::park(this.site, false, || op);
                    return Poll::Pending;
                }
                Stage::Waiting(mutex) => {
                    if let Some(key) = this.key {
                        let mut old = None;
                        let finished = lock(&this.cond.waiters).finish(key, cx.waker(), &mut old);
                        if finished.is_none() {
                            let op = this.op(mutex.id());
                            this.stage = Stage::Waiting(mutex);
                            probe::park(this.site, true, || op);
                            return Poll::Pending;
                        }
                        this.key = None;
                    }
                    this.stage = Stage::Locking(Lock::new(mutex, this.site));
                }
                Stage::Locking(mut locking) => {
                    let polled = Pin::new(&mut locking).poll(cx);
                    this.stage = Stage::Locking(locking);
                    return Poll::Ready(ready!(polled));
                }
                Stage::Between => unreachable!("not polled after a fault"),
            }
        }
    }
}

impl<T: Send + 'static> Drop for CondWait<T> {
    fn drop(&mut self) {
        let Some(key) = self.key else { return };
        let mut old = None;
        let (_, signalled) = lock(&self.cond.waiters).remove(key, &mut old);
        if signalled {
            self.cond.signal(false);
        }
    }
}

impl<T: Send + 'static> fmt::Debug for CondWait<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CondWait").finish_non_exhaustive()
    }
}
