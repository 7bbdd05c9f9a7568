//! The queue.

use super::{
    key::Key,
    party::{Notify, OldBell, Party, Wake},
};
use crate::{probe::Who, sync::claim::Claim};
use std::{mem, ops::ControlFlow, task::Waker};

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

impl<S> Entry<S> {
    /// True if its claim was lost.
    fn is_lost(&self) -> bool {
        matches!(self.notify, Some(Notify::Select(claim, _)) if !claim.is_open())
    }
}

/// A queue of waiters, each with a slot for what passes between it and its peer.
#[derive(Debug)]
pub(crate) struct WaitList<S> {
    entries: Vec<Entry<S>>,
    head: u32,
    tail: u32,
    free: u32,
    /// How many entries there are before it is swept, or [`NEVER`].
    sweep_at: u32,
}

/// For a list that is not swept.
const NEVER: u32 = u32::MAX;
/// A list of fewer entries than this is not worth sweeping.
const FEW: u32 = 8;

impl<S> WaitList<S> {
    /// A list that its waiters leave by [`remove`](Self::remove).
    pub(crate) const fn new() -> Self {
        Self { entries: Vec::new(), head: NONE, tail: NONE, free: NONE, sweep_at: NEVER }
    }

    /// A list that selects leave without a word: a select that waits in many lists, again and again, need not look for
    /// its entries each time. What is left behind is used again by whoever comes next, and swept out by and by: the more
    /// wait, the more may lie there.
    pub(crate) fn swept() -> Self {
        Self { sweep_at: FEW, ..Self::new() }
    }

    /// Adds a waiter at the end.
    #[inline(always)]
    pub(crate) fn push(&mut self, party: Party<'_>, slot: S) -> Key {
        if self.free == NONE {
            self.make_room();
        }
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
        if self.free == NONE {
            self.make_room();
        }
        let next = self.head;
        let key = self.fill(party, slot, NONE, next);
        self.head = key;
        match self.entries.get_mut(next as usize) {
            Some(after) => after.prev = key,
            None => self.tail = key,
        }
        Key::new(key)
    }

    /// Adds a select at the end of a swept list: if the last entry was left behind, in its place.
    #[inline(always)]
    pub(crate) fn push_select(&mut self, claim: Claim, case: u32, slot: impl Fn() -> S) {
        // Mostly it was the same select, the last time round its loop. Where size counts, one code does for all.
        if cfg!(not(target_arch = "wasm32"))
            && let Some(last) = self.entries.get_mut(self.tail as usize)
            && let Some(Notify::Select(before, of)) = &mut last.notify
            && before.renew(claim)
        {
            // Nobody has put anything into its slot.
            *of = case;
            last.who = Who::current();
        } else {
            self.push_another(claim, case, slot);
        }
    }

    /// The same for a last entry of whomever, or none.
    #[inline(never)]
    fn push_another(&mut self, claim: Claim, case: u32, slot: impl Fn() -> S) {
        match self.entries.get_mut(self.tail as usize) {
            Some(last) if last.is_lost() => {
                last.notify = Some(Notify::Select(claim, case));
                last.who = Who::current();
            }
            _ => {
                self.push(Party::Select(claim, case), slot());
            }
        }
    }

    /// Puts a waiter into an entry that nobody has. Each field by itself: an entry that is copied as a whole waits for
    /// the parts that were just written.
    #[inline(always)]
    fn fill(&mut self, party: Party<'_>, slot: S, prev: u32, next: u32) -> u32 {
        // A waker may panic when it is cloned.
        let notify = party.into();
        let key = self.free;
        let entry = &mut self.entries[key as usize];
        self.free = entry.next;
        entry.notify = Some(notify);
        entry.who = Who::current();
        entry.slot = Some(slot);
        entry.prev = prev;
        entry.next = next;
        key
    }

    /// Finds a free entry, or adds one.
    #[cold]
    #[inline(never)]
    fn make_room(&mut self) {
        if self.entries.len() >= self.sweep_at as usize {
            self.sweep();
        }
        if self.free == NONE {
            self.grow();
        }
    }

    /// Frees what was left behind. If that is less than half, the list may double before the next time: so each waiter
    /// pays for a few entries only.
    fn sweep(&mut self) {
        let len = self.entries.len() as u32;
        let mut freed = 0;
        let mut key = self.head;
        while let Some(entry) = self.entries.get(key as usize) {
            let this = mem::replace(&mut key, entry.next);
            if entry.is_lost() {
                self.take_out(this);
                freed += 1;
            }
        }
        if freed < len / 2 {
            self.sweep_at = len.saturating_mul(2).min(NEVER - 1);
        }
    }

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
        // So is the first, where size does not count: mostly it can be completed.
        let first = if cfg!(target_arch = "wasm32") { ControlFlow::Continue(()) } else { self.take_first() };
        let key = first.break_value().unwrap_or_else(|| self.pop_any())?;
        Some(self.completed(key))
    }

    /// As [`pop`](Self::pop), but takes out nobody if that waiter is not wanted, by its slot. For a list that is not swept.
    pub(crate) fn pop_if(&mut self, wanted: impl Fn(&S) -> bool) -> Option<(&mut S, Wake)> {
        debug_assert_eq!(self.sweep_at, NEVER, "what was left behind in a swept list is freed, not unlinked");
        while let Some(entry) = self.entries.get(self.head as usize) {
            if !entry.is_lost() && !entry.slot.as_ref().is_some_and(&wanted) {
                return None;
            }
            let claimed = entry.notify.as_ref().is_some_and(|notify| notify.claim(self.head));
            let key = self.unlink_first();
            if claimed {
                return Some(self.completed(key));
            }
        }
        None
    }

    /// The slot of a waiter that was taken out, and how to wake it.
    #[inline(always)]
    fn completed(&mut self, key: u32) -> (&mut S, Wake) {
        let entry = &mut self.entries[key as usize];
        let wake = Wake { bell: entry.notify.take().and_then(Notify::bell), who: entry.who };
        (entry.slot.as_mut().expect("a waiter has a slot"), wake)
    }

    #[inline(never)]
    fn pop_any(&mut self) -> Option<u32> {
        loop {
            if let ControlFlow::Break(found) = self.take_first() {
                return found;
            }
            self.pass_over();
        }
    }

    /// Takes out the first if it can be completed; goes on if it is to be passed over.
    #[inline(always)]
    fn take_first(&mut self) -> ControlFlow<Option<u32>> {
        let Some(first) = self.entries.get(self.head as usize) else { return ControlFlow::Break(None) };
        if first.notify.as_ref().is_some_and(|notify| notify.claim(self.head)) {
            return ControlFlow::Break(Some(self.unlink_first()));
        }
        if first.next == NONE && self.sweep_at != NEVER {
            // Whoever left it may come back, and finds it.
            return ControlFlow::Break(None);
        }
        ControlFlow::Continue(())
    }

    /// Passes over the first, whose claim was lost; one that was left behind is freed.
    #[inline(never)]
    fn pass_over(&mut self) {
        if self.sweep_at == NEVER {
            self.unlink_first();
        } else {
            self.take_out(self.head);
        }
    }

    /// Where [`pop`](Self::pop) has found nobody: frees what was left behind, which the next ones would look at as well.
    #[inline]
    pub(crate) fn free_left_behind(&mut self) {
        if self.head != NONE {
            debug_assert!(self.entries[self.head as usize].is_lost(), "it would have been found");
            self.take_out(self.head);
            debug_assert!(self.is_empty(), "only the last one is left where it is");
        }
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn unlink_first(&mut self) -> u32 {
        let key = self.head;
        let first = &mut self.entries[key as usize];
        first.prev = OUT;
        self.head = first.next;
        match self.entries.get_mut(self.head as usize) {
            Some(next) => next.prev = NONE,
            None => self.tail = NONE,
        }
        key
    }

    /// True if [`pop`](Self::pop) would find a waiter other than the asking select's own.
    #[inline]
    pub(crate) fn has_open(&self, except: Option<Claim>) -> bool {
        !self.is_empty() && self.first_open(except).is_some()
    }

    #[inline(never)]
    fn first_open(&self, except: Option<Claim>) -> Option<&S> {
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
    pub(crate) fn finish(&mut self, key: Key, waker: &Waker, old: &mut OldBell) -> Option<S> {
        let entry = &mut self.entries[key.index() as usize];
        if let Some(notify) = &mut entry.notify {
            if let Notify::Task(bell) = notify {
                *old = bell.move_to(waker);
            }
            return None;
        }
        Some(self.take(key))
    }

    /// The slot of the owner's operation that a peer has completed; it has left.
    #[inline(always)]
    pub(crate) fn take(&mut self, key: Key) -> S {
        let entry = &mut self.entries[key.index() as usize];
        entry.next = mem::replace(&mut self.free, key.index());
        entry.slot.take().expect("a waiter has a slot")
    }

    /// What the owner's slot holds.
    pub(crate) fn slot(&self, key: Key) -> &S {
        self.entries[key.index() as usize].slot.as_ref().expect("a waiter has a slot")
    }

    /// The owner leaves and takes its slot; also tells whether a peer had completed the operation.
    pub(crate) fn remove(&mut self, key: Key, old: &mut OldBell) -> (S, bool) {
        let (slot, notify) = self.take_out(key.index());
        let completed = notify.is_none();
        *old = notify.and_then(Notify::own_bell);
        (slot, completed)
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn take_out(&mut self, key: u32) -> (S, Option<Notify>) {
        let entry = &mut self.entries[key as usize];
        let Entry { prev, next, .. } = *entry;
        let notify = entry.notify.take();
        let slot = entry.slot.take().expect("a waiter has a slot");
        entry.prev = OUT;
        entry.next = mem::replace(&mut self.free, key);
        if prev != OUT {
            self.join(prev, next);
        }
        (slot, notify)
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
    use std::collections::VecDeque;

    fn task() -> Party<'static> {
        Party::Task(Waker::noop())
    }

    #[test]
    fn waiters_are_served_in_the_order_of_arrival() {
        let mut list = WaitList::new();
        let keys: Vec<_> = (0..4).map(|i| list.push(task(), i)).collect();
        assert_eq!(list.remove(keys[1], &mut None), (1, false));
        let served: Vec<_> = std::iter::from_fn(|| list.pop().map(|(slot, _wake)| *slot)).collect();
        assert_eq!(served, [0, 2, 3]);
        assert_eq!(list.remove(keys[0], &mut None), (0, true));
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
        assert_eq!((a.remove(in_a, &mut None), b.remove(in_b, &mut None)), (('a', true), ('b', false)));
    }

    #[test]
    fn only_who_is_wanted_is_taken_out() {
        let claim = Claim::new(Waker::noop());
        let mut list = WaitList::new();
        list.push(Party::Select(claim, 0), 1);
        list.push(task(), 4);
        assert!(list.pop_if(|&n| n > 1).is_none());
        assert_eq!(claim.taken(), None, "it goes on waiting");
        assert!(claim.take(1));
        assert!(list.pop_if(|&n| n == 1).is_none(), "not the one behind in its place");
        assert_eq!(list.pop_if(|&n| n == 4).map(|(slot, _wake)| *slot), Some(4));
    }

    #[test]
    fn a_select_does_not_see_itself() {
        let claim = Claim::new(Waker::noop());
        let mine = Party::Select(claim, 0);
        let mut list = WaitList::new();
        list.push(mine, ());
        assert!(list.has_open(None));
        assert!(!list.has_open(Some(claim)));
    }

    #[test]
    fn freed_entries_are_used_again() {
        let mut list = WaitList::new();
        for i in 0..100 {
            let key = list.push(task(), i);
            list.remove(key, &mut None);
        }
        assert_eq!(list.entries.len(), 1);
    }

    /// A select that waits in this list only.
    fn wait<S: Copy>(list: &mut WaitList<S>, slot: S) -> Claim {
        let claim = Claim::new(Waker::noop());
        list.push_select(claim, 0, || slot);
        claim
    }

    fn leave(claim: Claim) {
        assert_eq!(claim.close(), None);
        claim.release();
    }

    #[test]
    fn a_select_that_comes_back_finds_its_place() {
        let mut list = WaitList::swept();
        (0..100).for_each(|i| leave(wait(&mut list, i)));
        assert_eq!(list.entries.len(), 1);
        assert!(!list.is_waited());
        assert!(list.pop().is_none());
    }

    #[test]
    fn who_comes_back_goes_to_the_end_behind_others() {
        let mut list = WaitList::swept();
        let first = wait(&mut list, 'a');
        wait(&mut list, 'b');
        leave(first);
        wait(&mut list, 'c');
        list.push(task(), 'd');
        let served: Vec<_> = std::iter::from_fn(|| list.pop().map(|(slot, _wake)| *slot)).collect();
        assert_eq!(served, ['b', 'c', 'd']);
    }

    #[test]
    fn selects_that_come_and_go_take_room_for_those_that_wait() {
        const TASKS: usize = 1000;
        let mut list = WaitList::swept();
        let mut waiting: VecDeque<_> = (0..TASKS).map(|i| wait(&mut list, i)).collect();
        for i in TASKS..100 * TASKS {
            waiting.pop_front().into_iter().for_each(leave);
            waiting.push_back(wait(&mut list, i));
        }
        assert!(list.entries.len() <= 4 * TASKS, "{} entries", list.entries.len());
        let served: Vec<_> = std::iter::from_fn(|| list.pop().map(|(slot, _wake)| *slot)).collect();
        assert_eq!(served, Vec::from_iter(99 * TASKS..100 * TASKS));
    }

    #[test]
    fn a_waiter_takes_little_room() {
        assert!(size_of::<Entry<Option<u64>>>() <= 48 + size_of::<Who>().next_multiple_of(8));
    }
}
