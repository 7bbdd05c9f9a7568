//! The waiter protocol: who waits in a queue, and how the operation that it waits in is completed.
//!
//! A peer completes a waiting operation in its own step: it pops the waiter, fills its slot under the
//! queue's lock and wakes it after unlocking. The owner finds the result in the slot, by its key.
//!
//! Invariants:
//! - an entry is freed by its owner alone, so a key stays good until the owner gives it back;
//! - only linked entries are found by peers, first come first served;
//! - the waiter of a select is popped by winning its claim; a lost one is unlinked and passed over.

use super::claim::Claim;
use crate::{probe::Who, rt::Bell};
use std::{mem, num::NonZeroU32, task::Waker};

/// Who is about to wait.
#[derive(Clone, Copy, Debug)]
pub enum Party<'a> {
    /// A task in a single operation.
    Task(&'a Waker),
    /// A select, by this case of it.
    Select(Claim, u32),
}

impl Party<'_> {
    /// True if it may do the operation now: a select only if no peer has completed another case of it.
    #[inline]
    pub(crate) fn claim(self) -> bool {
        match self {
            Self::Task(_) => true,
            Self::Select(claim, case) => claim.take(case),
        }
    }
}

/// How a waiter is reached.
#[derive(Debug)]
enum Notify {
    Task(Bell),
    Select(Claim, u32),
}

impl From<Party<'_>> for Notify {
    #[inline]
    fn from(party: Party<'_>) -> Self {
        match party {
            Party::Task(waker) => Self::Task(Bell::of(waker)),
            Party::Select(claim, case) => Self::Select(claim, case),
        }
    }
}

impl Notify {
    /// True if the operation may be completed by the caller.
    fn claim(&self) -> bool {
        match self {
            Self::Task(_) => true,
            Self::Select(claim, case) => claim.take(*case),
        }
    }

    /// What wakes the waiter that was claimed.
    #[inline]
    fn bell(self) -> Option<Bell> {
        match self {
            Self::Task(bell) => Some(bell),
            Self::Select(claim, _) => claim.bell(),
        }
    }

    fn is_open(&self, except: Option<Party<'_>>) -> bool {
        match (self, except) {
            (Self::Select(claim, _), Some(Party::Select(mine, _))) if *claim == mine => false,
            (Self::Select(claim, _), _) => claim.taken().is_none(),
            (Self::Task(_), _) => true,
        }
    }
}

/// A completed waiter that has to be told, after the lock is released.
#[derive(Debug)]
#[must_use = "a waiter that is not told sleeps for ever"]
pub(crate) struct Wake {
    bell: Option<Bell>,
    who: Who,
}

impl Wake {
    pub(crate) fn who(&self) -> Who {
        self.who
    }

    #[inline]
    pub(crate) fn fire(self) {
        if let Some(bell) = self.bell {
            bell.ring();
        }
    }
}

/// Names an entry of a [`WaitList`] to its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(NonZeroU32);

impl Key {
    #[inline]
    fn new(index: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(index))
    }

    #[inline]
    fn index(self) -> u32 {
        self.0.get() - 1
    }
}

/// No entry.
const NONE: u32 = u32::MAX;
/// What comes before an entry that is not linked.
const OUT: u32 = NONE - 1;

#[derive(Debug)]
struct Entry<S> {
    /// `None` once a peer has completed the operation, or while the entry is free.
    notify: Option<Notify>,
    who: Who,
    slot: Option<S>,
    prev: u32,
    next: u32,
}

/// A queue of waiters, each with a slot for what passes between it and its peer.
#[derive(Debug)]
pub(crate) struct WaitList<S> {
    entries: Vec<Entry<S>>,
    head: u32,
    tail: u32,
    free: u32,
}

impl<S> WaitList<S> {
    pub(crate) const fn new() -> Self {
        Self { entries: Vec::new(), head: NONE, tail: NONE, free: NONE }
    }

    /// Adds a waiter at the end.
    #[inline(always)]
    pub(crate) fn push(&mut self, party: Party<'_>, slot: S) -> Key {
        let prev = self.tail;
        let key = self.fill(party, slot, prev, NONE);
        self.tail = key;
        match self.entries.get_mut(prev as usize) {
            Some(before) => before.next = key,
            None => self.head = key,
        }
        Key::new(key)
    }

    /// Adds a waiter that goes before all others.
    pub(crate) fn push_front(&mut self, party: Party<'_>, slot: S) -> Key {
        let next = self.head;
        let key = self.fill(party, slot, NONE, next);
        self.head = key;
        match self.entries.get_mut(next as usize) {
            Some(after) => after.prev = key,
            None => self.tail = key,
        }
        Key::new(key)
    }

    /// Puts a waiter into an entry that nobody has. Each field by itself: an entry that is copied as a whole waits for
    /// the parts that were just written.
    #[inline(always)]
    fn fill(&mut self, party: Party<'_>, slot: S, prev: u32, next: u32) -> u32 {
        if self.free == NONE {
            self.grow();
        }
        let key = self.free;
        let entry = &mut self.entries[key as usize];
        self.free = entry.next;
        entry.notify = Some(party.into());
        entry.who = Who::current();
        entry.slot = Some(slot);
        entry.prev = prev;
        entry.next = next;
        key
    }

    /// Adds a free entry.
    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        if self.entries.capacity() == 0 {
            // Most lists never have more than one waiter.
            self.entries.reserve_exact(1);
        }
        let who = Who::current();
        let key = u32::try_from(self.entries.len()).ok().filter(|&key| key < OUT);
        self.entries.push(Entry { notify: None, who, slot: None, prev: OUT, next: NONE });
        self.free = key.expect("fewer waiters than 32 bits can name");
    }

    /// Takes out the first waiter whose operation can still be completed; the caller does so, by its slot.
    #[inline(always)]
    pub(crate) fn pop(&mut self) -> Option<(&mut S, Wake)> {
        // Mostly nobody waits: that much is worth its own copy in each caller.
        if self.head == NONE {
            return None;
        }
        let key = self.pop_first()?;
        let entry = &mut self.entries[key as usize];
        let wake = Wake { bell: entry.notify.take().and_then(Notify::bell), who: entry.who };
        Some((entry.slot.as_mut().expect("a waiter has a slot"), wake))
    }

    #[inline(never)]
    fn pop_first(&mut self) -> Option<u32> {
        let mut key = self.head;
        let mut found = None;
        while let Some(entry) = self.entries.get_mut(key as usize) {
            let this = key;
            entry.prev = OUT;
            key = entry.next;
            if entry.notify.as_ref().is_some_and(Notify::claim) {
                found = Some(this);
                break;
            }
        }
        self.head = key;
        match self.entries.get_mut(key as usize) {
            Some(first) => first.prev = NONE,
            None => self.tail = NONE,
        }
        found
    }

    /// True if [`pop`](Self::pop) would find a waiter other than the asking select's own.
    pub(crate) fn has_open(&self, except: Option<Party<'_>>) -> bool {
        self.first_open(except).is_some()
    }

    /// The slot of the waiter that [`pop`](Self::pop) would find.
    pub(crate) fn first(&self) -> Option<&S> {
        self.first_open(None)
    }

    fn first_open(&self, except: Option<Party<'_>>) -> Option<&S> {
        let mut key = self.head;
        while key != NONE {
            let entry = &self.entries[key as usize];
            if entry.notify.as_ref().is_some_and(|n| n.is_open(except)) {
                return entry.slot.as_ref();
            }
            key = entry.next;
        }
        None
    }

    /// True if nobody waits.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.head == NONE
    }

    /// True if any waiter can still be completed.
    pub(crate) fn is_waited(&self) -> bool {
        self.has_open(None)
    }

    /// Once a peer has completed the owner's operation: its slot, and it has left. Until then `waker` is the one to wake.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn finish(&mut self, key: Key, waker: &Waker) -> Option<S> {
        let entry = &mut self.entries[key.index() as usize];
        if let Some(notify) = &mut entry.notify {
            if let Notify::Task(bell) = notify {
                bell.move_to(waker);
            }
            return None;
        }
        entry.next = mem::replace(&mut self.free, key.index());
        Some(entry.slot.take().expect("a waiter has a slot"))
    }

    /// What the owner's slot holds.
    pub(crate) fn slot(&self, key: Key) -> &S {
        self.entries[key.index() as usize].slot.as_ref().expect("a waiter has a slot")
    }

    /// The owner leaves and takes its slot; also tells whether a peer had completed the operation.
    #[inline(always)]
    pub(crate) fn remove(&mut self, key: Key) -> (S, bool) {
        let entry = &mut self.entries[key.index() as usize];
        let Entry { prev, next, .. } = *entry;
        let completed = entry.notify.take().is_none();
        let slot = entry.slot.take().expect("a waiter has a slot");
        entry.prev = OUT;
        entry.next = mem::replace(&mut self.free, key.index());
        if prev != OUT {
            self.join(prev, next);
        }
        (slot, completed)
    }

    /// Closes the gap between two entries.
    fn join(&mut self, prev: u32, next: u32) {
        match self.entries.get_mut(prev as usize) {
            Some(before) => before.next = next,
            None => self.head = next,
        }
        match self.entries.get_mut(next as usize) {
            Some(after) => after.prev = prev,
            None => self.tail = prev,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task() -> Party<'static> {
        Party::Task(Waker::noop())
    }

    #[test]
    fn waiters_are_served_in_the_order_of_arrival() {
        let mut list = WaitList::new();
        let keys: Vec<_> = (0..4).map(|i| list.push(task(), i)).collect();
        assert_eq!(list.remove(keys[1]), (1, false));
        let served: Vec<_> = std::iter::from_fn(|| list.pop().map(|(slot, _wake)| *slot)).collect();
        assert_eq!(served, [0, 2, 3]);
        assert_eq!(list.remove(keys[0]), (0, true));
    }

    #[test]
    fn who_comes_back_goes_to_the_front() {
        let mut list = WaitList::new();
        list.push_front(task(), 2);
        list.push(task(), 3);
        list.push_front(task(), 1);
        let served: Vec<_> = std::iter::from_fn(|| list.pop().map(|(slot, _wake)| *slot)).collect();
        assert_eq!(served, [1, 2, 3]);
    }

    #[test]
    fn a_select_is_completed_once() {
        let claim = Claim::new(Waker::noop());
        let (mut a, mut b) = (WaitList::new(), WaitList::new());
        let in_a = a.push(Party::Select(claim, 0), 'a');
        let in_b = b.push(Party::Select(claim, 1), 'b');
        b.push(task(), 'c');
        assert!(a.pop().is_some());
        assert_eq!(claim.taken(), Some(0));
        assert_eq!(b.pop().map(|(slot, _wake)| *slot), Some('c'));
        assert_eq!((a.remove(in_a), b.remove(in_b)), (('a', true), ('b', false)));
    }

    #[test]
    fn a_select_does_not_see_itself() {
        let claim = Claim::new(Waker::noop());
        let mine = Party::Select(claim, 0);
        let mut list = WaitList::new();
        list.push(mine, ());
        assert!(list.has_open(None));
        assert!(!list.has_open(Some(mine)));
    }

    #[test]
    fn freed_entries_are_used_again() {
        let mut list = WaitList::new();
        for i in 0..100 {
            let key = list.push(task(), i);
            list.remove(key);
        }
        assert_eq!(list.entries.len(), 1);
    }

    #[test]
    fn a_waiter_takes_little_room() {
        assert!(size_of::<Entry<Option<u64>>>() <= 48 + size_of::<Who>().next_multiple_of(8));
    }
}
