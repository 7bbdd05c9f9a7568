//! The channel's state machine: no locking, waking or recording in here.
//!
//! Invariants, between calls:
//! - a receiver waits only while the buffer is empty, no sender waits, and it is open (what a select left behind does not
//!   wait);
//! - a sender waits only while the buffer is full and no receiver waits, and it is open.

use crate::{
    probe::Tag,
    sync::{
        claim::Claim,
        waiter::{Key, Party, WaitList, Wake},
    },
};
use std::collections::VecDeque;

/// A value in transit.
#[derive(Debug)]
pub(super) struct Msg<T> {
    pub(super) value: T,
    pub(super) tag: Tag,
}

/// What passes between a waiting operation and the peer that completes it.
#[derive(Debug)]
pub(super) enum Slot<T> {
    /// A receiver waits; or a sender's value was taken.
    Empty,
    /// A sender waits with this; or a receiver was given it.
    Full(Msg<T>),
    /// The channel was closed; a sender has its value back.
    Closed(Option<Msg<T>>),
}

/// What became of a send.
#[repr(u8)]
pub(super) enum Sent<T> {
    Handed(Wake),
    Buffered,
    Full(Msg<T>),
    Closed(Msg<T>),
}

/// What became of a receive.
#[repr(u8)]
pub(super) enum Received<T> {
    /// From the buffer.
    Got(Msg<T>),
    /// From the buffer, where the value of a waiting sender has taken its place.
    Admitted(Msg<T>, Wake),
    /// From a waiting sender.
    Taken(Msg<T>, Wake),
    Empty,
    Closed,
}

#[derive(Debug)]
pub(super) struct State<T> {
    closed: bool,
    buffer: VecDeque<Msg<T>>,
    /// How many values at the front of the buffer do not count: those of receives that were given up after they had been
    /// handed one.
    returned: u32,
    receivers: WaitList<Slot<T>>,
    senders: WaitList<Slot<T>>,
}

impl<T> State<T> {
    pub(super) fn new() -> Self {
        Self {
            closed: false,
            buffer: VecDeque::new(),
            returned: 0,
            receivers: WaitList::swept(),
            // A select that waits no more has its values back at once.
            senders: WaitList::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.buffer.len() - self.returned as usize
    }

    pub(super) fn can_send(&self, cap: usize, me: Option<Claim>) -> bool {
        self.closed || self.len() < cap || self.receivers.has_open(me)
    }

    pub(super) fn can_recv(&self, me: Option<Claim>) -> bool {
        self.closed || !self.buffer.is_empty() || self.senders.has_open(me)
    }

    /// False only if no send is possible; looks at no claim.
    #[inline]
    pub(super) fn may_send(&self, cap: usize) -> bool {
        self.closed || self.len() < cap || !self.receivers.is_empty()
    }

    /// False only if no receive is possible; looks at no claim.
    #[inline]
    pub(super) fn may_recv(&self) -> bool {
        self.closed || !self.buffer.is_empty() || !self.senders.is_empty()
    }

    #[inline(always)]
    pub(super) fn send(&mut self, cap: usize, msg: Msg<T>) -> Sent<T> {
        if self.closed {
            Sent::Closed(msg)
        } else if let Some((slot, wake)) = self.receivers.pop() {
            *slot = Slot::Full(msg);
            Sent::Handed(wake)
        } else if self.len() < cap {
            self.receivers.free_left_behind();
            self.buffer.push_back(msg);
            Sent::Buffered
        } else {
            Sent::Full(msg)
        }
    }

    #[inline(always)]
    pub(super) fn recv(&mut self) -> Received<T> {
        if let Some(msg) = self.buffer.pop_front() {
            if self.returned > 0 {
                self.returned -= 1;
            } else if let Some((next, wake)) = self.take_from_sender() {
                self.buffer.push_back(next);
                return Received::Admitted(msg, wake);
            }
            Received::Got(msg)
        } else if let Some((msg, wake)) = self.take_from_sender() {
            Received::Taken(msg, wake)
        } else if self.closed {
            Received::Closed
        } else {
            Received::Empty
        }
    }

    // What a call gives back goes through memory, which costs more than the call where size does not count.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn take_from_sender(&mut self) -> Option<(Msg<T>, Wake)> {
        let (slot, wake) = self.senders.pop()?;
        match std::mem::replace(slot, Slot::Empty) {
            Slot::Full(msg) => Some((msg, wake)),
            Slot::Empty | Slot::Closed(_) => unreachable!("a waiting sender has a value"),
        }
    }

    /// The last value of the buffer: the one that was just admitted.
    pub(super) fn newest(&self) -> Option<&Msg<T>> {
        self.buffer.back()
    }

    /// Closes; gives those to wake, or `None` if it was closed already.
    pub(super) fn close(&mut self) -> Option<Vec<Wake>> {
        if std::mem::replace(&mut self.closed, true) {
            return None;
        }
        let mut wakes = Vec::new();
        while let Some((slot, wake)) = self.receivers.pop() {
            *slot = Slot::Closed(None);
            wakes.push(wake);
        }
        while let Some((slot, wake)) = self.senders.pop() {
            let Slot::Full(msg) = std::mem::replace(slot, Slot::Empty) else {
                unreachable!("a waiting sender has a value")
            };
            *slot = Slot::Closed(Some(msg));
            wakes.push(wake);
        }
        Some(wakes)
    }

    // What waits is written where it will be, not copied there; where size counts, a call is better.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn park_sender(&mut self, party: Party<'_>, msg: Msg<T>) -> Key {
        self.senders.push(party, Slot::Full(msg))
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn park_receiver(&mut self, party: Party<'_>) -> Key {
        self.receivers.push(party, Slot::Empty)
    }

    #[inline]
    pub(super) fn park_select(&mut self, claim: Claim, case: u32) {
        self.receivers.push_select(claim, case, || Slot::Empty);
    }

    pub(super) fn senders(&mut self) -> &mut WaitList<Slot<T>> {
        &mut self.senders
    }

    pub(super) fn receivers(&mut self) -> &mut WaitList<Slot<T>> {
        &mut self.receivers
    }

    /// Takes back a value whose receiver gave up, for the next one.
    pub(super) fn unreceive(&mut self, msg: Msg<T>) -> Option<Wake> {
        if let Some((slot, wake)) = self.receivers.pop() {
            *slot = Slot::Full(msg);
            return Some(wake);
        }
        self.buffer.push_front(msg);
        self.returned += 1;
        None
    }
}
