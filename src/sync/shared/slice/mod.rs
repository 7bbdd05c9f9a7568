//! A slice.

mod growth;

use super::memory::{Memory, panic_at};
use crate::{
    lock::{Mutex, lock},
    probe::{self, Access, Fault, ObjKind, Site},
};
use std::{
    fmt,
    ops::{Bound, RangeBounds},
    sync::Arc,
};

/// A slice as Go's: a header (where, how long, how much room) on an array that other slices may share.
///
/// A clone copies the header, and [`append`](Self::append) writes into the shared array where there is room. The
/// default is Go's nil slice. A header that tasks share is a [`Var`](super::Var) of a slice.
///
/// ```
/// use fanin::sync::shared::Slice;
/// fanin::sim::run(async {
///     let shared = Slice::make(1, 2);
///     let (a, b) = (shared.append([10]), shared.append([20]));
///     assert_eq!((a.to_vec(), b.to_vec()), (vec![0, 20], vec![0, 20])); // the same array
///     assert_eq!(shared.clip().append([30]).to_vec(), [0, 30]); // its own
///     assert_eq!((shared.len(), a.to_vec()), (1, vec![0, 20]));
/// });
/// ```
pub struct Slice<T> {
    array: Option<Arc<Array<T>>>,
    start: usize,
    len: usize,
    cap: usize,
}

struct Array<T> {
    memory: Memory,
    items: Mutex<Vec<T>>,
}

impl<T: Clone + Default + Send + 'static> Slice<T> {
    /// A slice of `len` default values with room for `cap`, as Go's `make([]T, len, cap)`.
    ///
    /// # Panics
    ///
    /// If `len` is more than `cap`, or `cap` does not fit in 32 bits, with Go's text.
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// fanin::sim::run(async {
    ///     let zeros = Slice::<u32>::make(2, 5);
    ///     assert_eq!((zeros.to_vec(), zeros.cap()), (vec![0, 0], 5));
    /// });
    /// ```
    #[track_caller]
    pub fn make(len: usize, cap: usize) -> Self {
        assert!(u32::try_from(cap).is_ok() && len <= cap, "makeslice: cap out of range");
        Self::alone(Site::here(), vec![T::default(); cap], len)
    }

    /// A slice of these items, as Go's `[]T{...}`.
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// fanin::sim::run(async {
    ///     assert_eq!(Slice::of([1, 2]).to_vec(), [1, 2]);
    /// });
    /// ```
    #[track_caller]
    pub fn of(items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<_> = items.into_iter().collect();
        let len = items.len();
        Self::alone(Site::here(), items, len)
    }

    /// On an array that no other slice has.
    fn alone(site: Site, items: Vec<T>, len: usize) -> Self {
        let cap = items.len();
        let memory = Memory::new(site, || ObjKind::Array);
        Self { array: Some(Arc::new(Array { memory, items: Mutex::new(items) })), start: 0, len, cap }
    }

    /// How many items it has.
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// fanin::sim::run(async {
    ///     assert_eq!(Slice::<u32>::make(2, 5).len(), 2);
    /// });
    /// ```
    pub fn len(&self) -> usize {
        self.len
    }

    /// True if it has no item.
    ///
    /// ```
    /// assert!(fanin::sync::shared::Slice::<u32>::default().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many items it has room for.
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// fanin::sim::run(async {
    ///     assert_eq!(Slice::<u32>::make(2, 5).cap(), 5);
    /// });
    /// ```
    pub fn cap(&self) -> usize {
        self.cap
    }

    /// Reads an item, as Go's `s[index]`.
    ///
    /// # Panics
    ///
    /// With `index out of range`, as [`shared`](super) describes.
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// let run = fanin::sim::Config::new().run(async { Slice::of([1, 2]).get(2) });
    /// let outcome = run.recording.outcome.unwrap().to_string();
    /// assert_eq!(outcome, "panic: runtime error: index out of range [2] with length 2");
    /// ```
    #[track_caller]
    pub fn get(&self, index: usize) -> T {
        self.touch(index, Access::Read, |item| item.clone()).unwrap_or_default()
    }

    /// Writes an item, as Go's `s[index] = item`.
    ///
    /// # Panics
    ///
    /// As [`get`](Self::get).
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// fanin::sim::run(async {
    ///     let (a, same) = { let a = Slice::of([1, 2]); (a.clone(), a) };
    ///     a.set(0, 10);
    ///     assert_eq!(same.to_vec(), [10, 2]);
    /// });
    /// ```
    #[track_caller]
    pub fn set(&self, index: usize, item: T) {
        let _old = self.touch(index, Access::Write, |old| std::mem::replace(old, item));
    }

    /// Reads an item and writes it, as Go's `s[index]++`. `f` must not use the array but by what it is given: it would
    /// wait for itself.
    ///
    /// # Panics
    ///
    /// As [`get`](Self::get).
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// fanin::sim::run(async {
    ///     let a = Slice::of([1, 2]);
    ///     a.update(1, |n| *n += 1);
    ///     assert_eq!(a.to_vec(), [1, 3]);
    /// });
    /// ```
    #[track_caller]
    pub fn update(&self, index: usize, f: impl FnOnce(&mut T)) {
        self.touch(index, Access::Update, f);
    }

    /// Reads all items, as Go's `for _, item := range s`.
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// fanin::sim::run(async {
    ///     assert_eq!(Slice::of([1, 2, 3]).slice(1..).to_vec(), [2, 3]);
    /// });
    /// ```
    #[track_caller]
    pub fn to_vec(&self) -> Vec<T> {
        let mut items = Vec::with_capacity(self.len);
        for index in 0..self.len {
            items.push(self.get(index));
        }
        items
    }

    /// This slice with more items, as Go's `append(s, items...)`: in the same array where there is room, and
    /// otherwise in a new one, which has room for more as Go would have for items of eight bytes.
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// fanin::sim::run(async {
    ///     let roomy = Slice::make(1, 2);
    ///     assert_eq!(roomy.append([1]).to_vec(), [0, 1]);
    ///     assert_eq!(roomy.append([2, 3]).to_vec(), [0, 2, 3]); // elsewhere: there is room for one
    /// });
    /// ```
    #[track_caller]
    #[must_use = "gives the longer slice"]
    pub fn append(&self, items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<_> = items.into_iter().collect();
        let len = self.len + items.len();
        let longer = if len <= self.cap {
            Self { len, ..self.clone() }
        } else {
            let mut room = self.to_vec();
            room.resize(growth::cap(self.cap, len), T::default());
            Self::alone(Site::here(), room, len)
        };
        for (index, item) in (self.len..).zip(items) {
            longer.set(index, item);
        }
        longer
    }

    /// The items in `range`, in the same array, as Go's `s[lo:hi]`: it may reach beyond the length, to the capacity.
    ///
    /// # Panics
    ///
    /// With `slice bounds out of range`, as [`shared`](super) describes.
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// fanin::sim::run(async {
    ///     let all = Slice::of([1, 2, 3]);
    ///     let tail = all.slice(1..);
    ///     tail.set(0, 20);
    ///     assert_eq!(all.to_vec(), [1, 20, 3]);
    ///     assert_eq!(all.slice(..1).slice(..3).len(), 3);
    /// });
    /// ```
    #[track_caller]
    #[must_use = "gives a new header"]
    pub fn slice(&self, range: impl RangeBounds<usize>) -> Self {
        let from = match range.start_bound() {
            Bound::Included(from) => *from,
            Bound::Excluded(before) => before + 1,
            Bound::Unbounded => 0,
        };
        let to = match range.end_bound() {
            Bound::Included(last) => last + 1,
            Bound::Excluded(to) => *to,
            Bound::Unbounded => self.len,
        };
        let wrong = if to > self.cap {
            format!("[:{to}] with capacity {}", self.cap)
        } else if from > to {
            format!("[{from}:{to}]")
        } else {
            let (start, len, cap) = (self.start + from, to - from, self.cap - from);
            return Self { array: self.array.clone(), start, len, cap };
        };
        panic_at(Site::here(), Fault::panic(format!("runtime error: slice bounds out of range {wrong}")));
        Self::default()
    }

    /// The same items without room for more, as Go's `s[:len(s):len(s)]`: what is appended goes elsewhere.
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// fanin::sim::run(async {
    ///     let roomy = Slice::<u32>::make(1, 5);
    ///     assert_eq!((roomy.cap(), roomy.clip().cap()), (5, 1));
    /// });
    /// ```
    #[must_use = "gives a new header"]
    pub fn clip(&self) -> Self {
        Self { cap: self.len, ..self.clone() }
    }

    /// A slice with the same items in an array of its own, as Go's `slices.Clone`.
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// fanin::sim::run(async {
    ///     let a = Slice::of([1, 2]);
    ///     let own = a.copied();
    ///     a.set(0, 10);
    ///     assert_eq!(own.to_vec(), [1, 2]);
    /// });
    /// ```
    #[track_caller]
    #[must_use = "gives a new slice"]
    pub fn copied(&self) -> Self {
        Self::of(self.to_vec())
    }

    /// Copies as many items as both have, as Go's `copy(s, from)`, and tells how many.
    ///
    /// ```
    /// use fanin::sync::shared::Slice;
    /// fanin::sim::run(async {
    ///     let a = Slice::of([1, 2, 3]);
    ///     assert_eq!(a.copy_from(&Slice::of([10, 20])), 2);
    ///     assert_eq!(a.to_vec(), [10, 20, 3]);
    /// });
    /// ```
    #[track_caller]
    pub fn copy_from(&self, from: &Self) -> usize {
        let both = self.len.min(from.len);
        let items = from.slice(..both).to_vec();
        for (index, item) in items.into_iter().enumerate() {
            self.set(index, item);
        }
        both
    }

    #[track_caller]
    fn touch<R>(&self, index: usize, access: Access, f: impl FnOnce(&mut T) -> R) -> Option<R> {
        let site = Site::here();
        let Some(array) = self.array.as_deref().filter(|_| index < self.len) else {
            let text = format!("runtime error: index out of range [{index}] with length {}", self.len);
            panic_at(site, Fault::panic(text));
            return None;
        };
        let place = self.start + index;
        let mut items = lock(&array.items);
        let result = f(&mut items[place]);
        let shown = probe::value(&items[place]);
        drop(items);
        array.memory.touch(site, Some(place), access, || shown);
        Some(result)
    }
}

impl<T> Clone for Slice<T> {
    fn clone(&self) -> Self {
        Self { array: self.array.clone(), ..*self }
    }
}

impl<T> Default for Slice<T> {
    fn default() -> Self {
        Self { array: None, start: 0, len: 0, cap: 0 }
    }
}

/// Without an access: to look for oneself is not to read.
impl<T: fmt::Debug> fmt::Debug for Slice<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.array {
            Some(array) => lock(&array.items)[self.start..self.start + self.len].fmt(f),
            None => f.write_str("[]"),
        }
    }
}
