//! The state machine of a mutex, in Go's two modes: no recording in here.
//!
//! In normal mode an unlock frees the mutex and wakes the longest waiting, who then competes with whoever
//! comes; if it loses it waits again, before all others. One that has waited for longer than
//! [`STARVATION`] and loses turns on starvation mode: an unlock hands the mutex to the longest waiting, and
//! who comes anew queues up. The last to wait, or one that waited for less, turns it off.
//!
//! Invariants:
//! - at most one waiter was woken to try again;
//! - while starving, the mutex is held: from hand to hand.

use crate::{
    rt::time::{Instant, now},
    sync::waiter::{Key, Notify, WaitList, Wake},
};
use std::{task::Waker, time::Duration};

const STARVATION: Duration = Duration::from_millis(1);

/// What a waiter finds in its slot.
#[derive(Debug)]
enum Slot {
    /// Nothing has happened.
    Waiting,
    /// The mutex was free a moment ago.
    Again,
    /// The mutex is its own.
    Owner,
}

#[derive(Debug)]
pub(in crate::sync) struct Raw {
    held: bool,
    starving: bool,
    woken: bool,
    waiters: WaitList<Slot>,
}

/// The mutex was not locked.
#[derive(Debug)]
pub(in crate::sync) struct NotHeld;

/// What an unlock leads to.
#[derive(Debug)]
#[must_use = "a waiter that is not told sleeps for ever"]
pub(in crate::sync) enum Unlocked {
    /// The mutex is free, and this waiter may try again.
    Free(Option<Wake>),
    /// This waiter holds it now.
    Handed(Wake),
}

impl Raw {
    pub(in crate::sync) const fn new() -> Self {
        Self { held: false, starving: false, woken: false, waiters: WaitList::new() }
    }

    pub(in crate::sync) fn try_lock(&mut self) -> bool {
        !std::mem::replace(&mut self.held, true)
    }

    pub(in crate::sync) fn unlock(&mut self) -> Result<Unlocked, NotHeld> {
        if !self.held {
            return Err(NotHeld);
        }
        if self.starving
            && let Some((slot, wake)) = self.waiters.pop()
        {
            *slot = Slot::Owner;
            return Ok(Unlocked::Handed(wake));
        }
        self.held = false;
        self.starving = false;
        Ok(Unlocked::Free(self.wake_next()))
    }

    fn wake_next(&mut self) -> Option<Wake> {
        if self.held || self.woken {
            return None;
        }
        let (slot, wake) = self.waiters.pop()?;
        *slot = Slot::Again;
        self.woken = true;
        Some(wake)
    }
}

/// What a try to lock leads to.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::sync) enum Progress {
    /// The lock is held; `handed` if the unlock before gave it.
    Held { handed: bool },
    /// It waits from now on.
    Parked,
    /// It goes on waiting.
    Waits,
}

/// A task's way to a lock.
#[derive(Debug, Default)]
pub(in crate::sync) struct Locking {
    key: Option<Key>,
    since: Option<Instant>,
}

impl Locking {
    pub(in crate::sync) fn poll(&mut self, raw: &mut Raw, waker: &Waker) -> Progress {
        let again = self.key.is_some();
        if let Some(key) = self.key {
            if raw.waiters.waits(key, waker) {
                return Progress::Waits;
            }
            self.key = None;
            let (slot, _) = raw.waiters.remove(key);
            let long = self.since.is_some_and(|since| now().since(since) > STARVATION);
            if matches!(slot, Slot::Owner) {
                raw.starving = long && raw.waiters.is_waited();
                return Progress::Held { handed: true };
            }
            raw.woken = false;
            raw.starving = raw.held && long;
        }
        if raw.try_lock() {
            return Progress::Held { handed: false };
        }
        self.since.get_or_insert_with(now);
        let notify = Notify::Task(waker.clone());
        self.key = Some(match again {
            true => raw.waiters.push_front(notify, Slot::Waiting),
            false => raw.waiters.push(notify, Slot::Waiting),
        });
        Progress::Parked
    }

    /// Gives up: what an unlock had given is passed on.
    pub(in crate::sync) fn give_up(&mut self, raw: &mut Raw) -> Option<Unlocked> {
        match raw.waiters.remove(self.key.take()?).0 {
            Slot::Waiting => {
                raw.starving &= raw.waiters.is_waited();
                None
            }
            Slot::Again => {
                raw.woken = false;
                raw.wake_next().map(|wake| Unlocked::Free(Some(wake)))
            }
            Slot::Owner => raw.unlock().ok(),
        }
    }
}
