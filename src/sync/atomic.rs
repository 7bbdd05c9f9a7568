//! Atomic values.

use super::step::Step;
use crate::{
    lock::{Mutex, lock},
    probe::{self, Access, Fault, Obj, ObjKind, Op, Site, What},
};
use std::{
    fmt, mem,
    ops::{BitAnd, BitOr},
    sync::Arc,
};

/// A value with operations that cannot be divided, as those of Go's `sync/atomic`.
///
/// Each operation is a step of its own, and all are in one order: they are sequentially consistent. Clones
/// are handles to the same value. With an `Option` it is Go's `atomic.Value`, empty at first. To clone or to compare
/// the value must not use it by a handle; to drop it may.
///
/// ```
/// use fanin::sync::{Atomic, AtomicI64};
/// fanin::sim::run(async {
///     let n = AtomicI64::new(5);
///     assert_eq!(n.add(2).await, 7);
///     assert!(n.compare_and_swap(7, 1).await);
///     assert_eq!(n.swap(9).await, 1);
///     n.store(3);
///     assert_eq!(n.load().await, 3);
///
///     let config = Atomic::<Option<String>>::default();
///     assert_eq!(config.load().await, None);
/// });
/// ```
///
/// Its type is for good, for every operation:
///
/// ```compile_fail,E0308
/// let n = fanin::sync::AtomicI64::new(5);
/// n.store("five");
/// ```
///
/// ```compile_fail,E0308
/// let n = fanin::sync::AtomicI64::new(5);
/// let old = n.swap("five");
/// ```
pub struct Atomic<T> {
    inner: Arc<Inner<T>>,
}

/// An [`Atomic`] that is a truth value.
pub type AtomicBool = Atomic<bool>;
/// An [`Atomic`] 64-bit integer.
pub type AtomicI64 = Atomic<i64>;
/// An [`Atomic`] 64-bit integer without a sign.
pub type AtomicU64 = Atomic<u64>;

struct Inner<T> {
    obj: Obj,
    value: Mutex<T>,
}

impl<T: Clone + Send + 'static> Inner<T> {
    fn op(&self, access: Access) -> Op {
        Op::Access { obj: self.obj.id(), access }
    }

    /// Does what `f` says, and tells how it touched the value. What `f` replaces it gives, to be dropped without the
    /// lock: the drop may use the value.
    fn touch<R>(&self, f: impl FnOnce(&mut T) -> (Access, R)) -> Result<R, Fault> {
        self.obj.check("use of an atomic value")?;
        let mut value = lock(&self.value);
        let (access, result) = f(&mut value);
        let shown = probe::value(&*value);
        drop(value);
        probe::emit(|| What::Access { obj: self.obj.id(), access, value: shown });
        Ok(result)
    }
}

impl<T: Clone + Send + 'static> Atomic<T> {
    /// An atomic value.
    ///
    /// ```
    /// use fanin::sync::Atomic;
    /// fanin::sim::run(async { assert_eq!(Atomic::new("first").load().await, "first") });
    /// ```
    #[track_caller]
    pub fn new(value: T) -> Self {
        let obj = Obj::new(Site::here(), || ObjKind::Atomic);
        Self { inner: Arc::new(Inner { obj, value: Mutex::new(value) }) }
    }

    #[track_caller]
    fn step<R, F>(&self, access: Access, f: F) -> Step<impl FnOnce() -> Result<R, Fault> + use<T, R, F>>
    where
        F: FnOnce(&mut T) -> R,
    {
        let inner = self.inner.clone();
        Step::new(Site::here(), inner.op(access), move || inner.touch(|value| (access, f(value))))
    }

    /// The value.
    ///
    /// ```
    /// use fanin::sync::AtomicU64;
    /// fanin::sim::run(async { assert_eq!(AtomicU64::new(7).load().await, 7) });
    /// ```
    #[track_caller]
    pub fn load(&self) -> Step<impl FnOnce() -> Result<T, Fault> + use<T>> {
        self.step(Access::Read, |value| value.clone())
    }

    /// Replaces the value.
    ///
    /// ```
    /// use fanin::sync::AtomicBool;
    /// fanin::sim::run(async {
    ///     let ready = AtomicBool::default();
    ///     ready.store(true);
    ///     assert!(ready.load().await);
    /// });
    /// ```
    #[track_caller]
    pub fn store(&self, new: T) {
        let inner = self.inner.clone();
        probe::act(
            Site::here(),
            || self.inner.op(Access::Write),
            move || inner.touch(|value| (Access::Write, mem::replace(value, new))).map(drop),
        );
    }

    /// Replaces the value, and gives the old one.
    ///
    /// ```
    /// use fanin::sync::AtomicBool;
    /// fanin::sim::run(async {
    ///     let started = AtomicBool::new(false);
    ///     assert!(!started.swap(true).await);
    ///     assert!(started.swap(true).await);
    /// });
    /// ```
    #[track_caller]
    pub fn swap(&self, new: T) -> Step<impl FnOnce() -> Result<T, Fault> + use<T>> {
        self.step(Access::Update, |value| mem::replace(value, new))
    }

    /// Replaces the value if it equals `old`; tells whether it did.
    ///
    /// ```
    /// use fanin::sync::AtomicI64;
    /// fanin::sim::run(async {
    ///     let n = AtomicI64::new(1);
    ///     assert!(n.compare_and_swap(1, 2).await);
    ///     assert!(!n.compare_and_swap(1, 3).await);
    ///     assert_eq!(n.load().await, 2);
    /// });
    /// ```
    #[track_caller]
    pub fn compare_and_swap(&self, old: T, new: T) -> Step<impl FnOnce() -> Result<bool, Fault> + use<T>>
    where
        T: PartialEq,
    {
        let inner = self.inner.clone();
        Step::new(Site::here(), inner.op(Access::Update), move || {
            let swap = |value: &mut T| match *value == old {
                true => (Access::Update, (true, mem::replace(value, new))),
                false => (Access::Read, (false, new)),
            };
            inner.touch(swap).map(|(equal, _unused)| equal)
        })
    }

    /// Keeps the bits that are also in `mask`, and gives the old value, as Go's `And`.
    ///
    /// ```
    /// use fanin::sync::AtomicU64;
    /// fanin::sim::run(async {
    ///     let flags = AtomicU64::new(0b110);
    ///     assert_eq!(flags.and(0b011).await, 0b110);
    ///     assert_eq!(flags.load().await, 0b010);
    /// });
    /// ```
    #[track_caller]
    pub fn and(&self, mask: T) -> Step<impl FnOnce() -> Result<T, Fault> + use<T>>
    where
        T: BitAnd<Output = T>,
    {
        self.step(Access::Update, move |value| {
            let new = value.clone() & mask;
            mem::replace(value, new)
        })
    }

    /// Adds the bits of `mask`, and gives the old value, as Go's `Or`.
    ///
    /// ```
    /// use fanin::sync::AtomicU64;
    /// fanin::sim::run(async {
    ///     let flags = AtomicU64::new(0b100);
    ///     assert_eq!(flags.or(0b001).await, 0b100);
    ///     assert_eq!(flags.load().await, 0b101);
    /// });
    /// ```
    #[track_caller]
    pub fn or(&self, mask: T) -> Step<impl FnOnce() -> Result<T, Fault> + use<T>>
    where
        T: BitOr<Output = T>,
    {
        self.step(Access::Update, move |value| {
            let new = value.clone() | mask;
            mem::replace(value, new)
        })
    }
}

impl AtomicI64 {
    /// Adds, wrapping around, and gives the new value, as Go's `Add`.
    ///
    /// ```
    /// use fanin::sync::AtomicI64;
    /// fanin::sim::run(async { assert_eq!(AtomicI64::new(i64::MAX).add(1).await, i64::MIN) });
    /// ```
    #[track_caller]
    pub fn add(&self, delta: i64) -> Step<impl FnOnce() -> Result<i64, Fault> + use<>> {
        self.step(Access::Update, move |value| {
            *value = value.wrapping_add(delta);
            *value
        })
    }
}

impl AtomicU64 {
    /// Adds, wrapping around, and gives the new value, as Go's `Add`.
    ///
    /// ```
    /// use fanin::sync::AtomicU64;
    /// fanin::sim::run(async { assert_eq!(AtomicU64::new(5).add(2).await, 7) });
    /// ```
    #[track_caller]
    pub fn add(&self, delta: u64) -> Step<impl FnOnce() -> Result<u64, Fault> + use<>> {
        self.step(Access::Update, move |value| {
            *value = value.wrapping_add(delta);
            *value
        })
    }
}

impl<T> Clone for Atomic<T> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<T: Clone + Send + Default + 'static> Default for Atomic<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: fmt::Debug> fmt::Debug for Atomic<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Atomic").field(&*lock(&self.inner.value)).finish()
    }
}
