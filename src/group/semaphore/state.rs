//! The state machine of a semaphore: no recording in here.
//!
//! Invariant: the first that waits asks for more units than are free.

use crate::sync::waiter::{Key, OldBell, Party, WaitList, Wake};

#[derive(Debug)]
pub(super) struct State {
    size: u32,
    held: u32,
    /// With how many units each asks for.
    waiters: WaitList<u32>,
}

/// Fewer units are held.
pub(super) struct NotHeld;

impl State {
    pub(super) const fn new(size: u32) -> Self {
        Self { size, held: 0, waiters: WaitList::new() }
    }

    pub(super) fn held(&self) -> u32 {
        self.held
    }

    /// Takes units if that is possible now; gives how many are held then.
    pub(super) fn take(&mut self, n: u32) -> Option<u32> {
        if self.waiters.is_waited() || n > self.size - self.held {
            return None;
        }
        self.held += n;
        Some(self.held)
    }

    /// Queues up; not for more units than there are.
    pub(super) fn park(&mut self, n: u32, party: Party<'_>) -> Option<Key> {
        (n <= self.size).then(|| self.waiters.push(party, n))
    }

    /// Leaves the queue; tells whether the units had been given.
    pub(super) fn leave(&mut self, key: Key, old: &mut OldBell) -> bool {
        self.waiters.remove(key, old).1
    }

    /// Takes units back; gives how many are held then.
    pub(super) fn give_back(&mut self, n: u32) -> Result<u32, NotHeld> {
        self.held = self.held.checked_sub(n).ok_or(NotHeld)?;
        Ok(self.held)
    }

    /// Serves those who wait, in order, up to the first that does not fit. For each: how many units it has
    /// got, how many are held then, and how to wake it.
    pub(super) fn grant(&mut self) -> Vec<(u32, u32, Wake)> {
        let mut granted = Vec::new();
        while let Some((&mut n, wake)) = self.waiters.pop_if(|&n| n <= self.size - self.held) {
            self.held += n;
            granted.push((n, self.held, wake));
        }
        granted
    }
}
