//! RwLock.

mod acquire;
mod guard;
mod state;

pub use acquire::{Read, ReadRaw, Write, WriteRaw};
pub use guard::{ReadGuard, WriteGuard};

use super::{mutex::Unlocked, step::Step, waiter::Wake};
use crate::{
    lock::{Mutex, lock},
    probe::{self, Deferrable, Fault, LockKind, Obj, ObjId, ObjKind, Op, Site, What},
};
use state::{NotHeld, State};
use std::{fmt, sync::Arc};

/// Lets many tasks read a value, or one write it, as Go's `sync.RWMutex`.
///
/// Clones are handles to the same lock. A writer that waits holds back whoever comes to read after it; the
/// end of its writing lets in all those at once, before any other writer. Hence a task that reads must not
/// read again inside, and must not write. An `RwLock<()>` can also be locked and unlocked in different places.
///
/// ```
/// use fanin::sync::RwLock;
/// fanin::sim::run(async {
///     let config = RwLock::new(1);
///     {
///         let (a, b) = (config.read().await, config.read().await);
///         assert_eq!(*a, *b);
///     }
///     *config.write().await += 1;
///     assert_eq!(*config.read().await, 2);
/// });
/// ```
pub struct RwLock<T> {
    inner: Arc<Inner<T>>,
}

struct Inner<T> {
    obj: Obj,
    state: Mutex<State>,
    /// Not here while a guard writes it.
    value: Mutex<Option<Arc<T>>>,
}

impl<T: Send + Sync + 'static> RwLock<T> {
    /// An unlocked lock.
    ///
    /// ```
    /// use fanin::sync::RwLock;
    /// fanin::sim::run(async { assert_eq!(*RwLock::new(7).read().await, 7) });
    /// ```
    #[track_caller]
    pub fn new(value: T) -> Self {
        let obj = Obj::new(Site::here(), || ObjKind::RwLock);
        let value = Mutex::new(Some(Arc::new(value)));
        Self { inner: Arc::new(Inner { obj, state: Mutex::new(State::new()), value }) }
    }

    /// Waits until nobody writes, or waits to; dropping the guard ends the reading.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, it leaves the queue, and gives back the lock that it had got.
    ///
    /// ```
    /// use fanin::sync::RwLock;
    /// fanin::sim::run(async {
    ///     let price = RwLock::new(7);
    ///     let (one, other) = (price.read().await, price.read().await);
    ///     assert_eq!(*one, *other);
    /// });
    /// ```
    #[track_caller]
    pub fn read(&self) -> Read<T> {
        Read::new(self.inner.clone(), Site::here())
    }

    /// Waits until nobody reads or writes; dropping the guard ends the writing.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, it lets in those whom it held back, or gives back the lock.
    ///
    /// ```
    /// use fanin::sync::RwLock;
    /// fanin::sim::run(async {
    ///     let price = RwLock::new(7);
    ///     *price.write().await += 1;
    ///     assert_eq!(*price.read().await, 8);
    /// });
    /// ```
    #[track_caller]
    pub fn write(&self) -> Write<T> {
        Write::new(self.inner.clone(), Site::here())
    }

    /// Reads if nobody writes, or waits to.
    ///
    /// ```
    /// use fanin::sync::RwLock;
    /// fanin::sim::run(async {
    ///     let lock = RwLock::new(1);
    ///     let _reading = lock.try_read().await.unwrap();
    ///     assert!(lock.try_read().await.is_some());
    ///     assert!(lock.try_write().await.is_none());
    /// });
    /// ```
    #[track_caller]
    pub fn try_read(&self) -> Step<impl FnOnce() -> Result<Option<ReadGuard<T>>, Fault> + use<T>> {
        let (inner, site) = (self.inner.clone(), Site::here());
        Step::new(site, inner.try_op(LockKind::Read), move || {
            let got = inner.attempt(LockKind::Read, State::try_read)?;
            Ok(got.then(|| ReadGuard::new(inner, site)))
        })
    }

    /// Writes if nobody reads or writes.
    ///
    /// ```
    /// use fanin::sync::RwLock;
    /// fanin::sim::run(async {
    ///     let price = RwLock::new(7);
    ///     let reading = price.read().await;
    ///     assert!(price.try_write().await.is_none());
    ///     drop(reading);
    ///     assert!(price.try_write().await.is_some());
    /// });
    /// ```
    #[track_caller]
    pub fn try_write(&self) -> Step<impl FnOnce() -> Result<Option<WriteGuard<T>>, Fault> + use<T>> {
        let (inner, site) = (self.inner.clone(), Site::here());
        Step::new(site, inner.try_op(LockKind::Write), move || {
            let got = inner.attempt(LockKind::Write, State::try_write)?;
            if got { WriteGuard::new(inner, site).map(Some) } else { Ok(None) }
        })
    }
}

impl RwLock<()> {
    /// Waits to read, for whoever calls [`read_unlock`](Self::read_unlock), as Go's `RLock`.
    ///
    /// # Cancel safety
    ///
    /// As [`read`](Self::read).
    ///
    /// ```
    /// use fanin::sync::RwLock;
    /// fanin::sim::run(async {
    ///     let lock = RwLock::new(());
    ///     lock.read_raw().await;
    ///     assert!(lock.try_read().await.is_some());
    ///     lock.read_unlock();
    /// });
    /// ```
    #[track_caller]
    pub fn read_raw(&self) -> ReadRaw {
        ReadRaw::new(self.inner.clone(), Site::here())
    }

    /// Waits to write, for whoever calls [`write_unlock`](Self::write_unlock), as Go's `Lock`.
    ///
    /// # Cancel safety
    ///
    /// As [`write`](Self::write).
    ///
    /// ```
    /// use fanin::{go, sync::RwLock};
    /// fanin::sim::run(async {
    ///     let lock = RwLock::new(());
    ///     lock.write_raw().await;
    ///     let other = lock.clone();
    ///     go(async move { other.write_unlock() });
    ///     lock.read_raw().await;
    ///     lock.read_unlock();
    /// });
    /// ```
    #[track_caller]
    pub fn write_raw(&self) -> WriteRaw {
        WriteRaw::new(self.inner.clone(), Site::here())
    }

    /// Ends one reading, whoever began it, as Go's `RUnlock`.
    ///
    /// # Panics
    ///
    /// With `sync: RUnlock of unlocked RWMutex`; under a simulator that is a fatal error.
    ///
    /// ```
    /// use fanin::sync::RwLock;
    /// fanin::sim::run(async {
    ///     let lock = RwLock::new(());
    ///     lock.read_raw().await;
    ///     lock.read_unlock();
    ///     assert!(lock.try_write().await.is_some());
    /// });
    /// ```
    #[track_caller]
    pub fn read_unlock(&self) {
        self.inner.unlock_at(Site::here(), LockKind::Read);
    }

    /// Ends the writing, whoever began it, as Go's `Unlock`.
    ///
    /// # Panics
    ///
    /// With `sync: Unlock of unlocked RWMutex`; under a simulator that is a fatal error.
    ///
    /// ```
    /// use fanin::sync::RwLock;
    /// fanin::sim::run(async {
    ///     let lock = RwLock::new(());
    ///     lock.write_raw().await;
    ///     lock.write_unlock();
    ///     assert!(lock.try_write().await.is_some());
    /// });
    /// ```
    #[track_caller]
    pub fn write_unlock(&self) {
        lock(&self.inner.value).get_or_insert_default();
        self.inner.unlock_at(Site::here(), LockKind::Write);
    }
}

impl<T> Inner<T> {
    fn id(&self) -> ObjId {
        self.obj.id()
    }

    fn check(&self) -> Result<(), Fault> {
        self.obj.check("use of a read-write lock")
    }

    fn try_op(&self, kind: LockKind) -> Op {
        Op::TryLock { lock: self.id(), kind }
    }

    fn attempt(&self, kind: LockKind, attempt: impl FnOnce(&mut State) -> bool) -> Result<bool, Fault> {
        self.check()?;
        let got = attempt(&mut lock(&self.state));
        super::mutex::tell_try(self.obj, kind, got);
        Ok(got)
    }

    fn unlock(&self, kind: LockKind) -> Result<(), Fault> {
        self.check()?;
        let release = || probe::emit(|| What::Release { lock: self.id(), kind });
        if kind == LockKind::Read {
            let ended = lock(&self.state).end_read();
            let writer = ended.map_err(|NotHeld| Fault::fatal("sync: RUnlock of unlocked RWMutex"))?;
            release();
            self.let_in(writer, LockKind::Write);
        } else {
            let ended = lock(&self.state).end_write();
            let ended = ended.map_err(|NotHeld| Fault::fatal("sync: Unlock of unlocked RWMutex"))?;
            release();
            self.withdrawn(ended);
        }
        Ok(())
    }

    /// Wakes those who have the lock now.
    fn let_in(&self, wakes: impl IntoIterator<Item = Wake>, kind: LockKind) {
        for wake in wakes {
            let holder = wake.who();
            probe::emit(|| What::Acquire { lock: self.id(), kind, holder: holder.id() });
            wake.fire();
        }
    }

    /// A writer has left: the readers it held back have the lock, and another writer its turn.
    fn withdrawn(&self, (readers, turn): (Vec<Wake>, Unlocked)) {
        self.let_in(readers, LockKind::Read);
        match turn {
            Unlocked::Free(None) => {}
            Unlocked::Free(Some(wake)) | Unlocked::Handed(wake) => wake.fire(),
        }
    }
}

impl<T: Send + Sync + 'static> Inner<T> {
    #[track_caller]
    fn unlock_at(self: &Arc<Self>, site: impl Into<Deferrable>, kind: LockKind) {
        let inner = self.clone();
        probe::act(site, || Op::Unlock { lock: self.id(), kind }, move || inner.unlock(kind));
    }
}

impl<T> Clone for RwLock<T> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<T: Send + Sync + Default + 'static> Default for RwLock<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RwLock").finish_non_exhaustive()
    }
}
