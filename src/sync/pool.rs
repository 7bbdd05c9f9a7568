//! Pool.

use super::step::Step;
use crate::{
    lock::{Mutex, lock},
    probe::{self, Access, Fault, Obj, ObjKind, Op, Site, Tag, Value, What},
    rt,
};
use std::{fmt, sync::Arc};

/// Keeps things for later use, as Go's `sync.Pool`.
///
/// It promises nothing about which thing is given out, and it may make a new one although it has others: a
/// program must not rest on it, and the runtime's choice shows if one does. Clones are handles to the same
/// pool.
///
/// ```
/// use fanin::sync::Pool;
/// fanin::sim::run(async {
///     let buffers = Pool::new(|| Vec::<u8>::with_capacity(1024));
///     let mut buffer = buffers.get().await;
///     buffer.push(1);
///     buffer.clear();
///     buffers.put(buffer);
/// });
/// ```
pub struct Pool<T> {
    inner: Arc<Inner<T>>,
}

struct Inner<T> {
    obj: Obj,
    new: Box<dyn Fn() -> T + Send + Sync>,
    items: Mutex<Vec<(Tag, T)>>,
}

impl<T: Send + 'static> Pool<T> {
    /// An empty pool; `new` makes what it has not.
    ///
    /// ```
    /// use fanin::sync::Pool;
    /// fanin::sim::run(async { assert_eq!(Pool::new(|| vec![0_u8; 4]).get().await.len(), 4) });
    /// ```
    #[track_caller]
    pub fn new(new: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let obj = Obj::new(Site::here(), || ObjKind::Pool);
        Self { inner: Arc::new(Inner { obj, new: Box::new(new), items: Mutex::default() }) }
    }

    /// Takes any of the things, or makes a new one.
    ///
    /// ```
    /// use fanin::sync::Pool;
    /// fanin::sim::run(async {
    ///     let buffers = Pool::new(String::new);
    ///     assert_eq!(buffers.get().await, "");
    /// });
    /// ```
    #[track_caller]
    pub fn get(&self) -> Step<impl FnOnce() -> Result<T, Fault> + use<T>> {
        let inner = self.inner.clone();
        Step::new(Site::here(), inner.op(), move || {
            inner.check()?;
            let mut items = lock(&inner.items);
            let kept = u32::try_from(items.len()).expect("fewer than 2^32 things");
            let pick = rt::choose(kept + 1);
            let item = (pick < kept).then(|| items.swap_remove(pick as usize));
            drop(items);
            match &item {
                Some((tag, _)) => inner.tell(Access::Update, Value::Int(tag.item().0.into())),
                None => inner.tell(Access::Read, Value::Unit),
            }
            Ok(item.map_or_else(|| (inner.new)(), |(_, item)| item))
        })
    }

    /// Gives a thing to the pool.
    ///
    /// ```
    /// use fanin::sync::Pool;
    /// fanin::sim::run(async {
    ///     let buffers = Pool::new(|| "new");
    ///     buffers.put("used");
    ///     assert!(["new", "used"].contains(&buffers.get().await));
    /// });
    /// ```
    #[track_caller]
    pub fn put(&self, item: T) {
        let inner = self.inner.clone();
        probe::act(
            Site::here(),
            || self.inner.op(),
            move || {
                inner.check()?;
                let tag = Tag::new();
                lock(&inner.items).push((tag, item));
                inner.tell(Access::Write, Value::Int(tag.item().0.into()));
                Ok(())
            },
        );
    }
}

impl<T> Inner<T> {
    fn op(&self) -> Op {
        Op::Access { obj: self.obj.id(), access: Access::Update }
    }

    fn check(&self) -> Result<(), Fault> {
        self.obj.check("use of a pool")
    }

    /// Tells of the thing with this number.
    fn tell(&self, access: Access, value: Value) {
        probe::emit(|| What::Access { obj: self.obj.id(), access, value });
    }
}

impl<T> Clone for Pool<T> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<T> fmt::Debug for Pool<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("items", &lock(&self.inner.items).len()).finish_non_exhaustive()
    }
}
