//! What a channel orders.

use super::clock::Clock;
use crate::probe::Item;
use std::collections::BTreeMap;

/// What the operations of one channel had seen.
#[derive(Debug, Default)]
pub(super) struct Channel {
    pub(super) cap: u32,
    sends: u32,
    /// By their order.
    receives: Vec<Clock>,
    /// Of the senders of the messages.
    items: BTreeMap<Item, Clock>,
    /// Messages that a receive has put back.
    returned: Vec<Item>,
    closed: Option<Clock>,
}

impl Channel {
    pub(super) fn new(cap: u32) -> Self {
        Self { cap, ..Self::default() }
    }

    /// A send completes. The receive that freed its place comes before it: on an unbuffered channel the one that
    /// takes its value.
    pub(super) fn send(&mut self, item: Item, sender: &mut Clock) {
        self.items.insert(item, sender.clone());
        let freed = self.sends.checked_sub(self.cap).and_then(|k| self.receives.get(k as usize));
        if let Some(receive) = freed {
            sender.join(receive);
        }
        self.sends += 1;
    }

    /// A receive gets a message, whose send comes before.
    pub(super) fn receive(&mut self, item: Item, receiver: &mut Clock) {
        if let Some(i) = self.returned.iter().position(|r| *r == item) {
            self.returned.remove(i);
        } else {
            self.receives.push(receiver.clone());
        }
        if let Some(sender) = self.items.get(&item) {
            receiver.join(sender);
        }
    }

    /// An unbuffered send and receive meet, and each comes before the other's end.
    pub(super) fn meet(&mut self, item: Item, sender: &mut Clock, receiver: &mut Clock) {
        self.receives.push(receiver.clone());
        let before = sender.clone();
        self.send(item, sender);
        receiver.join(&before);
    }

    /// A message is put back, and its next receive is no new one.
    pub(super) fn put_back(&mut self, item: Item) {
        self.returned.push(item);
    }

    pub(super) fn was_put_back(&self, item: Item) -> bool {
        self.returned.contains(&item)
    }

    pub(super) fn close(&mut self, closer: &Clock) {
        self.closed = Some(closer.clone());
    }

    /// A receive finds it closed and drained.
    pub(super) fn drain(&self, receiver: &mut Clock) {
        if let Some(closer) = &self.closed {
            receiver.join(closer);
        }
    }
}
