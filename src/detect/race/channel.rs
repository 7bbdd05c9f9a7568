//! What a channel orders.

use super::clock::Clock;
use crate::probe::Item;
use std::collections::{BTreeMap, VecDeque};

/// What the operations of one channel had seen.
#[derive(Debug, Default)]
pub(super) struct Channel {
    pub(super) cap: u32,
    /// How many sends there were, up to the capacity.
    sends: u32,
    /// Those that have freed a place which no send has taken yet, by their order.
    receives: VecDeque<Clock>,
    /// Of the senders of the messages that can still be received.
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
        if self.sends < self.cap {
            self.sends += 1;
        } else if let Some(receive) = self.receives.pop_front() {
            sender.join(&receive);
        }
    }

    /// A receive gets a message, whose send comes before.
    pub(super) fn receive(&mut self, item: Item, receiver: &mut Clock) {
        if let Some(i) = self.returned.iter().position(|r| *r == item) {
            self.returned.remove(i);
        } else {
            self.receives.push_back(receiver.clone());
        }
        if let Some(sender) = self.items.get(&item) {
            receiver.join(sender);
        }
    }

    /// An unbuffered send and receive meet, and each comes before the other's end.
    pub(super) fn meet(&mut self, item: Item, sender: &mut Clock, receiver: &mut Clock) {
        self.receives.push_back(receiver.clone());
        let before = sender.clone();
        self.send(item, sender);
        receiver.join(&before);
    }

    /// A message is put back, and its next receive is no new one.
    pub(super) fn put_back(&mut self, item: Item) {
        self.returned.push(item);
    }

    /// A message is not received again.
    pub(super) fn forget(&mut self, item: Item) {
        self.items.remove(&item);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::TaskId;

    fn at(task: u32, event: u32) -> Clock {
        let mut clock = Clock::default();
        clock.set(TaskId(task), event);
        clock
    }

    #[test]
    fn a_receive_comes_before_the_send_that_takes_its_place_and_no_other() {
        let mut channel = Channel::new(2);
        let seen = (1..=4).map(|n| {
            let mut sender = at(1, n);
            channel.send(Item(n), &mut sender);
            if n > 1 {
                channel.receive(Item(n - 1), &mut at(2, n));
            }
            sender.get(TaskId(2))
        });
        // The first receive was event 2, the second event 3.
        assert_eq!(seen.collect::<Vec<_>>(), [0, 0, 2, 3]);
    }

    #[test]
    fn what_is_over_is_not_kept() {
        let mut channel = Channel::new(1);
        for n in 0..100 {
            channel.send(Item(n), &mut at(1, n));
            channel.receive(Item(n), &mut at(2, n));
            channel.forget(Item(n));
        }
        assert_eq!((channel.items.len(), channel.receives.len()), (0, 1));
    }
}
