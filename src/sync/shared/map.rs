//! A map.

use super::memory::{Memory, panic_at};
use crate::{
    lock::{Mutex, lock},
    probe::{self, Access, Fault, ObjKind, Site, Value},
};
use std::{collections::BTreeMap, fmt, mem, sync::Arc};

/// A map as Go's: a header, whose clones share the entries.
///
/// Any write conflicts with any other access, also to another key, as in Go. The default is Go's nil map:
/// empty, and a panic to write to. Go's own check for concurrent writes is not modelled: the data race is what
/// it would have found.
///
/// ```
/// use fanin::sync::shared::Map;
/// fanin::sim::run(async {
///     let scores = Map::of([("Ada", 3)]);
///     let (same, own) = (scores.clone(), scores.copied());
///     same.insert("Bob", 5);
///     assert_eq!((scores.get(&"Bob"), own.get(&"Bob")), (Some(5), None));
/// });
/// ```
pub struct Map<K, V> {
    data: Option<Arc<Data<K, V>>>,
}

struct Data<K, V> {
    memory: Memory,
    entries: Mutex<BTreeMap<K, V>>,
}

impl<K: Ord + Clone + Send + 'static, V: Clone + Send + 'static> Map<K, V> {
    /// An empty map, as Go's `make(map[K]V)`.
    ///
    /// ```
    /// use fanin::sync::shared::Map;
    /// fanin::sim::run(async {
    ///     assert!(Map::<&str, u32>::new().is_empty());
    /// });
    /// ```
    #[track_caller]
    pub fn new() -> Self {
        Self::of([])
    }

    /// A map with these entries, as Go's `map[K]V{...}`.
    ///
    /// ```
    /// use fanin::sync::shared::Map;
    /// fanin::sim::run(async {
    ///     assert_eq!(Map::of([("Ada", 3)]).get(&"Ada"), Some(3));
    /// });
    /// ```
    #[track_caller]
    pub fn of(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        let memory = Memory::new(Site::here(), || ObjKind::PlainMap);
        // A map that is collected is sorted first, which takes as much code again for each type.
        let mut map = BTreeMap::new();
        map.extend(entries);
        Self { data: Some(Arc::new(Data { memory, entries: Mutex::new(map) })) }
    }

    /// Go's nil map.
    ///
    /// ```
    /// use fanin::sync::shared::Map;
    /// let run = fanin::sim::Config::new().run(async { Map::nil().insert("Ada", 1) });
    /// assert_eq!(run.recording.outcome.unwrap().to_string(), "panic: assignment to entry in nil map");
    /// ```
    pub fn nil() -> Self {
        Self { data: None }
    }

    /// The value for `key`, as Go's `v, ok := m[key]`.
    ///
    /// ```
    /// use fanin::sync::shared::Map;
    /// fanin::sim::run(async {
    ///     let scores = Map::of([("Ada", 3)]);
    ///     assert_eq!((scores.get(&"Ada"), scores.get(&"Bob")), (Some(3), None));
    /// });
    /// ```
    #[track_caller]
    pub fn get(&self, key: &K) -> Option<V> {
        self.touch(Access::Read, Some(key), |entries| entries.get(key).cloned()).flatten()
    }

    /// Sets the value for `key`, as Go's `m[key] = value`.
    ///
    /// # Panics
    ///
    /// With `assignment to entry in nil map`.
    ///
    /// ```
    /// use fanin::sync::shared::Map;
    /// fanin::sim::run(async {
    ///     let scores = Map::new();
    ///     scores.insert("Ada", 3);
    ///     scores.insert("Ada", 4);
    ///     assert_eq!(scores.get(&"Ada"), Some(4));
    /// });
    /// ```
    #[track_caller]
    pub fn insert(&self, key: K, value: V) {
        // What is replaced is dropped without the lock: its drop may use the map.
        let set = self.touch(Access::Write, Some(&key), |entries| match entries.get_mut(&key) {
            Some(old) => Some(mem::replace(old, value)),
            None => entries.insert(key.clone(), value),
        });
        if set.is_none() {
            panic_at(Site::here(), Fault::panic("assignment to entry in nil map"));
        }
    }

    /// Removes `key` if it is there, as Go's `delete(m, key)`.
    ///
    /// ```
    /// use fanin::sync::shared::Map;
    /// fanin::sim::run(async {
    ///     let scores = Map::of([("Ada", 3)]);
    ///     scores.remove(&"Ada");
    ///     assert_eq!(scores.get(&"Ada"), None);
    /// });
    /// ```
    #[track_caller]
    pub fn remove(&self, key: &K) {
        let _removed = self.touch(Access::Write, Some(key), |entries| entries.remove_entry(key));
    }

    /// How many entries there are, as Go's `len(m)`.
    ///
    /// ```
    /// use fanin::sync::shared::Map;
    /// fanin::sim::run(async {
    ///     assert_eq!(Map::of([("Ada", 3), ("Bob", 5)]).len(), 2);
    /// });
    /// ```
    #[track_caller]
    pub fn len(&self) -> usize {
        self.touch(Access::Read, None, |entries| entries.len()).unwrap_or(0)
    }

    /// True if there is no entry.
    ///
    /// ```
    /// use fanin::sync::shared::Map;
    /// fanin::sim::run(async {
    ///     assert!(Map::<&str, u32>::nil().is_empty());
    /// });
    /// ```
    #[track_caller]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All entries, as Go's `for k, v := range m`, in the order of their keys.
    ///
    /// ```
    /// use fanin::sync::shared::Map;
    /// fanin::sim::run(async {
    ///     assert_eq!(Map::of([("Bob", 5), ("Ada", 3)]).entries(), [("Ada", 3), ("Bob", 5)]);
    /// });
    /// ```
    #[track_caller]
    pub fn entries(&self) -> Vec<(K, V)> {
        let all = |entries: &mut BTreeMap<K, V>| entries.clone().into_iter().collect();
        self.touch(Access::Read, None, all).unwrap_or_default()
    }

    /// Another map with the same entries, as Go's `maps.Clone`.
    ///
    /// ```
    /// use fanin::sync::shared::Map;
    /// fanin::sim::run(async {
    ///     let scores = Map::of([("Ada", 3)]);
    ///     let own = scores.copied();
    ///     scores.insert("Ada", 4);
    ///     assert_eq!(own.get(&"Ada"), Some(3));
    /// });
    /// ```
    #[track_caller]
    #[must_use = "gives a new map"]
    pub fn copied(&self) -> Self {
        match self.touch(Access::Read, None, |entries| entries.clone()) {
            Some(entries) => Self::of(entries),
            None => Self::nil(),
        }
    }

    /// Tells of the access and does it; `None` for the nil map, which has nothing to touch.
    #[track_caller]
    fn touch<R>(
        &self,
        access: Access,
        key: Option<&K>,
        f: impl FnOnce(&mut BTreeMap<K, V>) -> R,
    ) -> Option<R> {
        let data = self.data.as_deref()?;
        data.memory.touch(Site::here(), None, access, || key.map_or(Value::Unit, |key| probe::value(key)));
        Some(f(&mut lock(&data.entries)))
    }
}

impl<K, V> Clone for Map<K, V> {
    fn clone(&self) -> Self {
        Self { data: self.data.clone() }
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self { data: None }
    }
}

/// Without an access: to look for oneself is not to read.
impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.data {
            Some(data) => lock(&data.entries).fmt(f),
            None => f.write_str("nil"),
        }
    }
}
