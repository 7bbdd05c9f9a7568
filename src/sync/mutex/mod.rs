//! Mutex.

mod guard;
mod lock;
mod raw;

pub use guard::MutexGuard;
pub use lock::{Lock, LockRaw};
pub(in crate::sync) use raw::{Locking, NotHeld, Raw, Unlocked, Waited};

use super::step::Step;
use crate::{
    lock::lock,
    probe::{self, Fault, LockKind, Obj, ObjId, ObjKind, Op, Site, What, Who},
};
use std::{fmt, sync::Arc};

/// Lets one task at a time at a value, as Go's `sync.Mutex`.
///
/// Clones are handles to the same mutex. A `Mutex<()>` guards nothing of its own and is what Go's mutex is:
/// it can also be [locked](Self::lock_raw) and [unlocked](Self::unlock) in different places.
///
/// It is not poisoned by a panic, it is not re-entrant, and it is fair in Go's way: an unlock frees the
/// mutex and wakes the longest waiting task, which then competes with any that comes. One that has waited
/// for more than a millisecond and loses again makes the mutex be handed from task to task in the order
/// of their coming, until none waits or one has waited for less.
///
/// ```
/// use fanin::{WaitGroup, sync::Mutex};
/// fanin::sim::run(async {
///     let (count, wg) = (Mutex::new(0), WaitGroup::new());
///     for _ in 0..10 {
///         let count = count.clone();
///         wg.go(async move { *count.lock().await += 1 });
///     }
///     wg.wait().await;
///     assert_eq!(*count.lock().await, 10);
/// });
/// ```
pub struct Mutex<T> {
    inner: Arc<Inner<T>>,
}

pub(in crate::sync) struct Inner<T> {
    obj: Obj,
    state: crate::lock::Mutex<State<T>>,
}

struct State<T> {
    raw: Raw,
    /// Not here while a guard has it.
    value: Option<T>,
}

impl<T: Send + 'static> Mutex<T> {
    /// An unlocked mutex.
    ///
    /// ```
    /// use fanin::sync::Mutex;
    /// fanin::sim::run(async { assert_eq!(*Mutex::new(7).lock().await, 7) });
    /// ```
    #[track_caller]
    pub fn new(value: T) -> Self {
        let obj = Obj::new(Site::here(), || ObjKind::Mutex);
        let state = State { raw: Raw::new(), value: Some(value) };
        Self { inner: Arc::new(Inner { obj, state: crate::lock::Mutex::new(state) }) }
    }

    /// Waits until the mutex is free and locks it; dropping the guard unlocks it.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, it leaves the queue, and passes on a wake or the lock that it had got.
    ///
    /// ```
    /// use fanin::sync::Mutex;
    /// fanin::sim::run(async {
    ///     let names = Mutex::new(vec!["a"]);
    ///     names.lock().await.push("b");
    ///     assert_eq!(*names.lock().await, ["a", "b"]);
    /// });
    /// ```
    #[track_caller]
    pub fn lock(&self) -> Lock<T> {
        Lock::new(self.inner.clone(), Site::here())
    }

    /// Locks the mutex if it is free, and is not being handed on.
    ///
    /// ```
    /// use fanin::sync::Mutex;
    /// fanin::sim::run(async {
    ///     let mutex = Mutex::new(1);
    ///     let guard = mutex.try_lock().await.unwrap();
    ///     assert!(mutex.try_lock().await.is_none());
    ///     drop(guard);
    ///     assert!(mutex.try_lock().await.is_some());
    /// });
    /// ```
    #[track_caller]
    pub fn try_lock(&self) -> Step<impl FnOnce() -> Result<Option<MutexGuard<T>>, Fault> + use<T>> {
        let (inner, site) = (self.inner.clone(), Site::here());
        Step::new(site, Op::TryLock { lock: inner.obj.id(), kind: LockKind::Mutex }, move || {
            inner.check()?;
            let value = inner.try_lock();
            Ok(value.map(|value| MutexGuard::new(value, inner, site)))
        })
    }
}

impl Mutex<()> {
    /// Waits until the mutex is free and locks it, for whoever calls [`unlock`](Self::unlock).
    ///
    /// # Cancel safety
    ///
    /// As [`lock`](Self::lock).
    ///
    /// ```
    /// use fanin::{go, sync::Mutex};
    /// fanin::sim::run(async {
    ///     let mutex = Mutex::new(());
    ///     mutex.lock_raw().await;
    ///     let other = mutex.clone();
    ///     go(async move { other.unlock() });
    ///     mutex.lock_raw().await;
    /// });
    /// ```
    #[track_caller]
    pub fn lock_raw(&self) -> LockRaw {
        LockRaw::new(self.inner.clone(), Site::here())
    }

    /// Unlocks the mutex, whoever locked it, as Go's `mu.Unlock()`.
    ///
    /// # Panics
    ///
    /// With `sync: unlock of unlocked mutex`; under a simulator that is a fatal error.
    ///
    /// ```
    /// use fanin::{go, sync::Mutex};
    /// fanin::sim::run(async {
    ///     let lock = Mutex::new(());
    ///     lock.lock_raw().await;
    ///     let other = lock.clone();
    ///     go(async move { other.unlock() });
    ///     lock.lock_raw().await;
    /// });
    /// ```
    #[track_caller]
    pub fn unlock(&self) {
        let inner = self.inner.clone();
        probe::act(Site::here(), || inner.unlock_op(), {
            let inner = inner.clone();
            move || {
                lock(&inner.state).value = Some(());
                inner.unlock()
            }
        });
    }
}

impl<T> Inner<T> {
    pub(in crate::sync) fn id(&self) -> ObjId {
        self.obj.id()
    }

    fn check(&self) -> Result<(), Fault> {
        self.obj.check("use of a mutex")
    }

    fn unlock_op(&self) -> Op {
        Op::Unlock { lock: self.obj.id(), kind: LockKind::Mutex }
    }

    fn try_lock(&self) -> Option<T> {
        let got = lock(&self.state).raw.try_lock();
        tell_try(self.obj, LockKind::Mutex, got);
        got.then(|| self.take())
    }

    /// The value, for the one that holds the lock.
    fn take(&self) -> T {
        lock(&self.state).value.take().expect("a mutex has its value until a guard takes it")
    }

    fn unlock(&self) -> Result<(), Fault> {
        self.check()?;
        let unlocked = lock(&self.state).raw.unlock();
        let unlocked = unlocked.map_err(|NotHeld| Fault::fatal("sync: unlock of unlocked mutex"))?;
        self.tell_release();
        unlocked.tell(self.obj, LockKind::Mutex);
        Ok(())
    }

    fn tell_release(&self) {
        probe::emit(|| What::Release { lock: self.obj.id(), kind: LockKind::Mutex });
    }
}

/// Records whether a try got the lock.
pub(in crate::sync) fn tell_try(obj: Obj, kind: LockKind, got: bool) {
    let holder = Who::current().id();
    probe::emit(|| match got {
        true => What::Acquire { lock: obj.id(), kind, holder },
        false => What::Look { obj: obj.id() },
    });
}

impl Unlocked {
    /// Records who holds the lock now, and wakes who waited.
    pub(in crate::sync) fn tell(self, obj: Obj, kind: LockKind) {
        match self {
            Self::Free(wake) => wake.into_iter().for_each(super::waiter::Wake::fire),
            Self::Handed(wake) => {
                probe::emit(|| What::Acquire { lock: obj.id(), kind, holder: wake.who().id() });
                wake.fire();
            }
        }
    }
}

impl<T> Clone for Mutex<T> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<T: Send + Default + 'static> Default for Mutex<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mutex").finish_non_exhaustive()
    }
}
