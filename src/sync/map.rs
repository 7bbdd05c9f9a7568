//! Map.

use super::step::Step;
use crate::{
    lock::{Mutex, lock},
    probe::{self, Access, Fault, Obj, ObjKind, Op, Site, What},
};
use std::{collections::BTreeMap, fmt, mem, ops::Bound, sync::Arc};

/// A map that many tasks use, as Go's `sync.Map`.
///
/// Each operation is a step of its own. Clones are handles to the same map; values are handed out as clones.
/// To clone or to compare a key or a value must not use the map; to drop one may.
///
/// ```
/// use fanin::sync::Map;
/// fanin::sim::run(async {
///     let ages = Map::new();
///     ages.store("Ada", 36);
///     assert_eq!(ages.load_or_store("Ada", 0).await, (36, true));
///     assert!(ages.compare_and_swap("Ada", &36, 37).await);
///     assert_eq!(ages.load_and_delete("Ada").await, Some(37));
///     assert_eq!(ages.load("Ada").await, None);
/// });
/// ```
///
/// Keys can be ordered, and values compared where that is asked for:
///
/// ```compile_fail,E0599
/// struct Key;
/// fanin::sync::Map::new().store(Key, 1);
/// ```
pub struct Map<K, V> {
    inner: Arc<Inner<K, V>>,
}

struct Inner<K, V> {
    obj: Obj,
    entries: Mutex<BTreeMap<K, V>>,
}

impl<K: Ord + Clone + Send + 'static, V: Clone + Send + 'static> Inner<K, V> {
    fn op(&self, access: Access) -> Op {
        Op::Access { obj: self.obj.id(), access }
    }

    fn check(&self) -> Result<(), Fault> {
        self.obj.check("use of a map")
    }

    /// Tells how the value for a key was touched; without a key, all of them.
    fn tell(&self, access: Access, key: Option<&K>) {
        let value = key.map_or(probe::Value::Unit, |key| probe::value(key));
        probe::emit(|| What::Access { obj: self.obj.id(), access, value });
    }
}

impl<K: Ord + Clone + Send + 'static, V: Clone + Send + 'static> Map<K, V> {
    /// An empty map.
    ///
    /// ```
    /// use fanin::sync::Map;
    /// fanin::sim::run(async { assert_eq!(Map::<&str, u32>::new().load("Ada").await, None) });
    /// ```
    #[track_caller]
    pub fn new() -> Self {
        let obj = Obj::new(Site::here(), || ObjKind::Map);
        Self { inner: Arc::new(Inner { obj, entries: Mutex::default() }) }
    }

    /// A step that does what `f` says, which tells whether it changed something. It also gives what it has no more use
    /// for, to be dropped without the lock: a drop may use the map.
    #[track_caller]
    fn step<R, U, F>(
        &self,
        access: Access,
        key: K,
        f: F,
    ) -> Step<impl FnOnce() -> Result<R, Fault> + use<R, U, F, K, V>>
    where
        F: FnOnce(&mut BTreeMap<K, V>, &K) -> (bool, R, U),
    {
        let inner = self.inner.clone();
        Step::new(Site::here(), inner.op(access), move || {
            inner.check()?;
            let (changed, result, _unused) = f(&mut lock(&inner.entries), &key);
            inner.tell(if changed { access } else { Access::Read }, Some(&key));
            Ok(result)
        })
    }

    /// Does what gives nothing but what it has no more use for.
    #[track_caller]
    fn act<U>(&self, key: Option<K>, f: impl FnOnce(&mut BTreeMap<K, V>) -> U + Send + 'static) {
        let inner = self.inner.clone();
        let op = || self.inner.op(Access::Write);
        probe::act(Site::here(), op, move || {
            inner.check()?;
            let _unused = f(&mut lock(&inner.entries));
            inner.tell(Access::Write, key.as_ref());
            Ok(())
        });
    }

    /// The value for `key`.
    ///
    /// ```
    /// use fanin::sync::Map;
    /// fanin::sim::run(async {
    ///     let ages = Map::new();
    ///     ages.store("Ada", 36);
    ///     assert_eq!((ages.load("Ada").await, ages.load("Bob").await), (Some(36), None));
    /// });
    /// ```
    #[track_caller]
    pub fn load(&self, key: K) -> Step<impl FnOnce() -> Result<Option<V>, Fault> + use<K, V>> {
        self.step(Access::Read, key, |entries, key| (false, entries.get(key).cloned(), ()))
    }

    /// Sets the value for `key`.
    ///
    /// ```
    /// use fanin::sync::Map;
    /// fanin::sim::run(async {
    ///     let ages = Map::new();
    ///     ages.store("Ada", 36);
    ///     ages.store("Ada", 37);
    ///     assert_eq!(ages.load("Ada").await, Some(37));
    /// });
    /// ```
    #[track_caller]
    pub fn store(&self, key: K, value: V) {
        self.act(Some(key.clone()), |entries| set(entries, key, value));
    }

    /// The value for `key`, and true; or else sets it to `value`, and gives that and false.
    ///
    /// ```
    /// use fanin::sync::Map;
    /// fanin::sim::run(async {
    ///     let ages = Map::new();
    ///     assert_eq!(ages.load_or_store("Ada", 36).await, (36, false));
    ///     assert_eq!(ages.load_or_store("Ada", 99).await, (36, true));
    /// });
    /// ```
    #[track_caller]
    pub fn load_or_store(
        &self,
        key: K,
        value: V,
    ) -> Step<impl FnOnce() -> Result<(V, bool), Fault> + use<K, V>> {
        self.step(Access::Update, key, move |entries, key| {
            if let Some(loaded) = entries.get(key) {
                return (false, (loaded.clone(), true), Some(value));
            }
            entries.insert(key.clone(), value.clone());
            (true, (value, false), None)
        })
    }

    /// Removes `key`, and gives the value that it had.
    ///
    /// ```
    /// use fanin::sync::Map;
    /// fanin::sim::run(async {
    ///     let ages = Map::new();
    ///     ages.store("Ada", 36);
    ///     assert_eq!(ages.load_and_delete("Ada").await, Some(36));
    ///     assert_eq!(ages.load_and_delete("Ada").await, None);
    /// });
    /// ```
    #[track_caller]
    pub fn load_and_delete(&self, key: K) -> Step<impl FnOnce() -> Result<Option<V>, Fault> + use<K, V>> {
        self.step(Access::Update, key, |entries, key| {
            let (key, removed) = entries.remove_entry(key).unzip();
            (removed.is_some(), removed, key)
        })
    }

    /// Removes `key`, if it is there.
    ///
    /// ```
    /// use fanin::sync::Map;
    /// fanin::sim::run(async {
    ///     let ages = Map::new();
    ///     ages.store("Ada", 36);
    ///     ages.delete("Ada");
    ///     assert_eq!(ages.load("Ada").await, None);
    /// });
    /// ```
    #[track_caller]
    pub fn delete(&self, key: K) {
        self.act(Some(key.clone()), move |entries| (entries.remove_entry(&key), key));
    }

    /// Sets the value for `key`, and gives the one that it had.
    ///
    /// ```
    /// use fanin::sync::Map;
    /// fanin::sim::run(async {
    ///     let ages = Map::new();
    ///     assert_eq!(ages.swap("Ada", 36).await, None);
    ///     assert_eq!(ages.swap("Ada", 37).await, Some(36));
    /// });
    /// ```
    #[track_caller]
    pub fn swap(&self, key: K, value: V) -> Step<impl FnOnce() -> Result<Option<V>, Fault> + use<K, V>> {
        self.step(Access::Update, key, |entries, key| {
            let (key, old) = set(entries, key.clone(), value).unzip();
            (true, old, key)
        })
    }

    /// Replaces the value for `key` if it is there and equals `old`; tells whether it did.
    ///
    /// ```
    /// use fanin::sync::Map;
    /// fanin::sim::run(async {
    ///     let ages = Map::new();
    ///     ages.store("Ada", 36);
    ///     assert!(ages.compare_and_swap("Ada", &36, 37).await);
    ///     assert!(!ages.compare_and_swap("Bob", &36, 37).await);
    /// });
    /// ```
    #[track_caller]
    pub fn compare_and_swap(
        &self,
        key: K,
        old: &V,
        new: V,
    ) -> Step<impl FnOnce() -> Result<bool, Fault> + use<K, V>>
    where
        V: PartialEq,
    {
        let old = old.clone();
        self.step(Access::Update, key, move |entries, key| match entries.get_mut(key) {
            Some(value) if *value == old => (true, true, (mem::replace(value, new), old)),
            _ => (false, false, (new, old)),
        })
    }

    /// Removes `key` if its value equals `old`; tells whether it did.
    ///
    /// ```
    /// use fanin::sync::Map;
    /// fanin::sim::run(async {
    ///     let ages = Map::new();
    ///     ages.store("Ada", 36);
    ///     assert!(!ages.compare_and_delete("Ada", &99).await);
    ///     assert!(ages.compare_and_delete("Ada", &36).await);
    /// });
    /// ```
    #[track_caller]
    pub fn compare_and_delete(
        &self,
        key: K,
        old: &V,
    ) -> Step<impl FnOnce() -> Result<bool, Fault> + use<K, V>>
    where
        V: PartialEq,
    {
        let old = old.clone();
        self.step(Access::Update, key, move |entries, key| {
            let equal = entries.get(key) == Some(&old);
            let removed = equal.then(|| entries.remove_entry(key));
            (equal, equal, (removed, old))
        })
    }

    /// Removes everything.
    ///
    /// ```
    /// use fanin::sync::Map;
    /// fanin::sim::run(async {
    ///     let ages = Map::new();
    ///     ages.store("Ada", 36);
    ///     ages.clear();
    ///     assert_eq!(ages.load("Ada").await, None);
    /// });
    /// ```
    #[track_caller]
    pub fn clear(&self) {
        self.act(None, mem::take);
    }

    /// Goes through the entries, in the order of their keys.
    ///
    /// Other operations come in between: no key is met twice, and every key that is there all the time is met,
    /// with a value that it had meanwhile.
    ///
    /// ```
    /// use fanin::sync::Map;
    /// fanin::sim::run(async {
    ///     let map = Map::new();
    ///     map.store("one", 1);
    ///     map.store("two", 2);
    ///     let mut entries = map.range();
    ///     while let Some((key, value)) = entries.next_entry().await {
    ///         if value == 1 {
    ///             map.delete(key);
    ///         }
    ///     }
    ///     assert_eq!(map.load("one").await, None);
    /// });
    /// ```
    pub fn range(&self) -> Range<K, V> {
        Range { inner: self.inner.clone(), last: None }
    }
}

/// Sets the value for a key; gives the one that it had, with the key that is not needed then.
fn set<K: Ord, V>(entries: &mut BTreeMap<K, V>, key: K, value: V) -> Option<(K, V)> {
    if let Some(old) = entries.get_mut(&key) {
        return Some((key, mem::replace(old, value)));
    }
    entries.insert(key, value);
    None
}

/// The entries of a [`Map`], one after the other; made by [`Map::range`].
pub struct Range<K, V> {
    inner: Arc<Inner<K, V>>,
    last: Option<K>,
}

impl<K: Ord + Clone + Send + 'static, V: Clone + Send + 'static> Range<K, V> {
    /// The next entry, in a step of its own.
    ///
    /// ```
    /// use fanin::sync::Map;
    /// fanin::sim::run(async {
    ///     let ages = Map::new();
    ///     ages.store("Ada", 36);
    ///     let mut entries = ages.range();
    ///     assert_eq!(entries.next_entry().await, Some(("Ada", 36)));
    ///     assert_eq!(entries.next_entry().await, None);
    /// });
    /// ```
    #[track_caller]
    pub fn next_entry(&mut self) -> Step<impl FnOnce() -> Result<Option<(K, V)>, Fault>> {
        Step::new(Site::here(), self.inner.op(Access::Read), || {
            let after = self.last.as_ref().map_or(Bound::Unbounded, Bound::Excluded);
            self.inner.check()?;
            let entries = lock(&self.inner.entries);
            let next = entries.range((after, Bound::Unbounded)).next();
            let next = next.map(|(key, value)| (key.clone(), value.clone()));
            drop(entries);
            self.inner.tell(Access::Read, next.as_ref().map(|(key, _)| key));
            if let Some((key, _)) = &next {
                self.last = Some(key.clone());
            }
            Ok(next)
        })
    }
}

impl<K, V> Clone for Map<K, V> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<K: Ord + Clone + Send + 'static, V: Clone + Send + 'static> Default for Map<K, V> {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        lock(&self.inner.entries).fmt(f)
    }
}

impl<K, V> fmt::Debug for Range<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Range").finish_non_exhaustive()
    }
}
