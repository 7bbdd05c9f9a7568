//! Waiting for a mutex.

use super::{Inner, Locking, MutexGuard, Waited};
use crate::{
    lock::lock,
    probe::{self, LockKind, Op, Point, Site, What, Who},
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

/// A task's way to a mutex and its value.
struct Acquire<T> {
    mutex: Arc<Inner<T>>,
    locking: Locking,
    point: Point,
    site: Site,
}

impl<T> Acquire<T> {
    fn poll(&mut self, cx: &Context<'_>) -> Poll<T> {
        let (lock_id, kind) = (self.mutex.obj.id(), LockKind::Mutex);
        let mut old = None;
        let waited = self.locking.wait(&mut lock(&self.mutex.state).raw, cx.waker(), &mut old);
        match waited {
            Waited::Still => {
                probe::park(self.site, true, || Op::Lock { lock: lock_id, kind });
                return Poll::Pending;
            }
            Waited::Handed => return Poll::Ready(self.mutex.take()),
            Waited::Over => {}
        }
        ready!(self.point.pass(cx, self.site, || Op::Lock { lock: lock_id, kind }));
        if let Err(fault) = self.mutex.check() {
            return probe::raise(fault);
        }
        if self.locking.attempt(&mut lock(&self.mutex.state).raw, cx.waker()) {
            let holder = Who::current();
            probe::emit(|| What::Acquire { lock: lock_id, kind, holder: holder.id() });
            return Poll::Ready(self.mutex.take());
        }
        // Woken to try again, it announces the new try.
        self.point = Point::default();
        probe::park(self.site, false, || Op::Lock { lock: lock_id, kind });
        Poll::Pending
    }
}

impl<T> Drop for Acquire<T> {
    fn drop(&mut self) {
        let mut old = None;
        let (held, given) = self.locking.give_up(&mut lock(&self.mutex.state).raw, &mut old);
        if held {
            self.mutex.tell_release();
        }
        if let Some(unlocked) = given {
            unlocked.tell(self.mutex.obj, LockKind::Mutex);
        }
    }
}

/// Returned by [`Mutex::lock`](super::Mutex::lock).
#[must_use = "futures do nothing unless awaited"]
pub struct Lock<T: Send + 'static>(Acquire<T>);

impl<T: Send + 'static> Lock<T> {
    pub(in crate::sync) fn new(mutex: Arc<Inner<T>>, site: Site) -> Self {
        Self(Acquire { mutex, locking: Locking::default(), point: Point::default(), site })
    }
}

impl<T: Send + 'static> Future for Lock<T> {
    type Output = MutexGuard<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<MutexGuard<T>> {
        let value = ready!(self.0.poll(cx));
        Poll::Ready(MutexGuard::new(value, self.0.mutex.clone(), self.0.site))
    }
}

impl<T: Send + 'static> fmt::Debug for Lock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lock").finish_non_exhaustive()
    }
}

/// Returned by [`Mutex::lock_raw`](super::Mutex::lock_raw).
#[must_use = "futures do nothing unless awaited"]
pub struct LockRaw(Acquire<()>);

impl LockRaw {
    pub(super) fn new(mutex: Arc<Inner<()>>, site: Site) -> Self {
        Self(Acquire { mutex, locking: Locking::default(), point: Point::default(), site })
    }
}

impl Future for LockRaw {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.poll(cx)
    }
}

impl fmt::Debug for LockRaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LockRaw").finish_non_exhaustive()
    }
}
