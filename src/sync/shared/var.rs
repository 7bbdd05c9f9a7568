//! A variable.

use super::memory::Memory;
use crate::{
    lock::{Mutex, lock},
    probe::{self, Access, Fault, ObjKind, Op, Site, What},
    sync::step::Step,
};
use std::{fmt, mem, sync::Arc};

/// A variable that several tasks use, as a Go variable that closures capture, or a field of a shared struct.
///
/// Clones are handles to the same variable. The name is that of [`named`](crate::named). The operations of
/// `sync/atomic` on the same variable are steps, as those of [`Atomic`](crate::sync::Atomic); to mix them with
/// plain accesses is a data race as well.
///
/// ```
/// use fanin::{WaitGroup, named, sync::shared::Var};
/// let count = fanin::sim::run(async {
///     let count = named("count", || Var::new(0));
///     let wg = WaitGroup::new();
///     for _ in 0..2 {
///         let count = count.clone();
///         wg.go(async move { count.update(|n| *n += 1) }); // a data race
///     }
///     wg.wait().await;
///     count.get()
/// });
/// assert_eq!(count, 2); // this time
/// ```
pub struct Var<T> {
    inner: Arc<Inner<T>>,
}

struct Inner<T> {
    memory: Memory,
    value: Mutex<T>,
}

impl<T: Clone + Send + 'static> Var<T> {
    /// A variable with this value.
    ///
    /// ```
    /// use fanin::sync::shared::Var;
    /// fanin::sim::run(async {
    ///     assert_eq!(Var::new(7).get(), 7);
    /// });
    /// ```
    #[track_caller]
    pub fn new(value: T) -> Self {
        let memory = Memory::new(Site::here(), || ObjKind::Var);
        Self { inner: Arc::new(Inner { memory, value: Mutex::new(value) }) }
    }

    /// Reads the variable.
    ///
    /// ```
    /// use fanin::sync::shared::Var;
    /// fanin::sim::run(async {
    ///     let n = Var::new(7);
    ///     assert_eq!(n.get(), 7);
    /// });
    /// ```
    #[track_caller]
    pub fn get(&self) -> T {
        self.touch(Access::Read, |value| value.clone())
    }

    /// Writes the variable.
    ///
    /// ```
    /// use fanin::sync::shared::Var;
    /// fanin::sim::run(async {
    ///     let (n, same) = { let n = Var::new(7); (n.clone(), n) };
    ///     n.set(8);
    ///     assert_eq!(same.get(), 8);
    /// });
    /// ```
    #[track_caller]
    pub fn set(&self, new: T) {
        // The old value is dropped without the lock: its drop may use the variable.
        let _old = self.touch(Access::Write, |value| mem::replace(value, new));
    }

    /// Reads the variable and writes it, as Go's `x++` and `x = append(x, y)` do.
    ///
    /// Nothing comes in between here, so that no update is lost; that would take two calls with an operation
    /// in between. It is a data race all the same. `f` must not use the variable but by what it is given: it would wait
    /// for itself.
    ///
    /// ```
    /// use fanin::sync::shared::Var;
    /// fanin::sim::run(async {
    ///     let words = Var::new(vec!["a"]);
    ///     words.update(|words| words.push("b"));
    ///     assert_eq!(words.get(), ["a", "b"]);
    /// });
    /// ```
    #[track_caller]
    pub fn update<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        self.touch(Access::Update, f)
    }

    #[track_caller]
    fn touch<R>(&self, access: Access, f: impl FnOnce(&mut T) -> R) -> R {
        let mut value = lock(&self.inner.value);
        let result = f(&mut value);
        let shown = probe::value(&*value);
        drop(value);
        self.inner.memory.touch(Site::here(), None, access, || shown);
        result
    }

    /// Reads the variable by an atomic operation, as Go's `atomic.LoadInt64(&x)`.
    ///
    /// ```
    /// use fanin::sync::shared::Var;
    /// fanin::sim::run(async {
    ///     assert_eq!(Var::new(7).atomic_load().await, 7);
    /// });
    /// ```
    #[track_caller]
    pub fn atomic_load(&self) -> Step<impl FnOnce() -> Result<T, Fault> + use<T>> {
        self.atomic(Access::Read, |value| value.clone())
    }

    /// Writes the variable by an atomic operation, as Go's `atomic.StoreInt64(&x, new)`.
    ///
    /// ```
    /// use fanin::sync::shared::Var;
    /// fanin::sim::run(async {
    ///     let n = Var::new(7);
    ///     n.atomic_store(8).await;
    ///     assert_eq!(n.atomic_load().await, 8);
    /// });
    /// ```
    #[track_caller]
    pub fn atomic_store(&self, new: T) -> Step<impl FnOnce() -> Result<(), Fault> + use<T>> {
        let inner = self.inner.clone();
        Step::new(Site::here(), inner.op(Access::Write), move || {
            inner.atomic(Access::Write, |value| mem::replace(value, new)).map(drop)
        })
    }

    /// Changes the variable by an atomic operation, as Go's `atomic.AddInt64(&x, delta)`, and gives what `f` does.
    ///
    /// ```
    /// use fanin::sync::shared::Var;
    /// fanin::sim::run(async {
    ///     let n = Var::new(1);
    ///     let new = n.atomic_update(|n| { *n += 2; *n }).await;
    ///     assert_eq!((new, n.get()), (3, 3));
    /// });
    /// ```
    #[track_caller]
    pub fn atomic_update<R, F>(&self, f: F) -> Step<impl FnOnce() -> Result<R, Fault> + use<T, R, F>>
    where
        F: FnOnce(&mut T) -> R,
    {
        self.atomic(Access::Update, f)
    }

    #[track_caller]
    fn atomic<R, F>(&self, access: Access, f: F) -> Step<impl FnOnce() -> Result<R, Fault> + use<T, R, F>>
    where
        F: FnOnce(&mut T) -> R,
    {
        let inner = self.inner.clone();
        Step::new(Site::here(), inner.op(access), move || inner.atomic(access, f))
    }
}

impl<T: Clone + Send + 'static> Inner<T> {
    fn op(&self, access: Access) -> Op {
        Op::Access { obj: self.memory.obj().id(), access }
    }

    /// Does what `f` says, and tells of it.
    fn atomic<R>(&self, access: Access, f: impl FnOnce(&mut T) -> R) -> Result<R, Fault> {
        let obj = self.memory.obj();
        obj.check("use of an atomic value")?;
        let mut value = lock(&self.value);
        let result = f(&mut value);
        let shown = probe::value(&*value);
        drop(value);
        probe::emit(|| What::Access { obj: obj.id(), access, value: shown });
        Ok(result)
    }
}

impl<T> Clone for Var<T> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<T: Clone + Send + Default + 'static> Default for Var<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}

/// Without an access: to look for oneself is not to read.
impl<T: fmt::Debug> fmt::Debug for Var<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Var").field(&*lock(&self.inner.value)).finish()
    }
}
