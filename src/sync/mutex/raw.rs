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
    sync::waiter::{Key, OldBell, Party, WaitList, Wake},
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

/// A task's way to a lock.
#[derive(Debug, Default)]
pub(in crate::sync) struct Locking {
    stage: Stage,
    /// When it first had to wait.
    since: Option<Instant>,
}

#[derive(Clone, Copy, Debug, Default)]
enum Stage {
    /// It can try.
    #[default]
    Ready,
    Parked(Key),
    /// It can try again, as the one that was woken.
    Woken,
}

/// What became of a wait.
pub(in crate::sync) enum Waited {
    /// It goes on.
    Still,
    /// The unlock before gave the lock.
    Handed,
    /// There is none: the task can try, perhaps again.
    Over,
}

impl Locking {
    /// Finds out what became of the wait, if there is one.
    pub(in crate::sync) fn wait(&mut self, raw: &mut Raw, waker: &Waker, old: &mut OldBell) -> Waited {
        let Stage::Parked(key) = self.stage else { return Waited::Over };
        let Some(slot) = raw.waiters.finish(key, waker, old) else { return Waited::Still };
        match slot {
            Slot::Owner => {
                self.stage = Stage::Ready;
                raw.starving = self.has_starved() && raw.waiters.is_waited();
                Waited::Handed
            }
            Slot::Again | Slot::Waiting => {
                self.stage = Stage::Woken;
                Waited::Over
            }
        }
    }

    /// Tries to lock, or else waits: true if the lock is held.
    pub(in crate::sync) fn attempt(&mut self, raw: &mut Raw, waker: &Waker) -> bool {
        let woken = matches!(std::mem::take(&mut self.stage), Stage::Woken);
        if woken {
            raw.woken = false;
            raw.starving = raw.held && self.has_starved();
        }
        if raw.try_lock() {
            return true;
        }
        self.since.get_or_insert_with(now);
        let notify = Party::Task(waker);
        self.stage = Stage::Parked(match woken {
            true => raw.waiters.push_front(notify, Slot::Waiting),
            false => raw.waiters.push(notify, Slot::Waiting),
        });
        false
    }

    fn has_starved(&self) -> bool {
        self.since.is_some_and(|since| now().since(since) > STARVATION)
    }

    /// Gives up: what an unlock had given is passed on. True if that was the lock itself.
    pub(in crate::sync) fn give_up(&mut self, raw: &mut Raw, old: &mut OldBell) -> (bool, Option<Unlocked>) {
        let slot = match std::mem::take(&mut self.stage) {
            Stage::Ready => return (false, None),
            Stage::Parked(key) => raw.waiters.remove(key, old).0,
            Stage::Woken => Slot::Again,
        };
        match slot {
            Slot::Waiting => {
                raw.starving &= raw.waiters.is_waited();
                (false, None)
            }
            Slot::Again => {
                raw.woken = false;
                (false, raw.wake_next().map(|wake| Unlocked::Free(Some(wake))))
            }
            Slot::Owner => (true, raw.unlock().ok()),
        }
    }
}
