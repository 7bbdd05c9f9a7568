//! The state machine of a read-write lock, after Go's: no recording in here.
//!
//! A writer takes its turn among the writers by a mutex, and then arrives: from then on readers wait, and
//! the writer waits for those who read already. The end of the writing lets in all who wait to read before
//! it gives the turn to another writer.
//!
//! Invariants:
//! - `writer` is set from a writer's arrival to its unlock, and its turn is held that long;
//! - a reader waits only while `writer` is set; the writer waits only while `readers` is not zero.

use crate::sync::{
    mutex::{Raw, Unlocked},
    waiter::{Key, Party, WaitList, Wake},
};

#[derive(Debug)]
pub(super) struct State {
    pub(super) turn: Raw,
    writer: bool,
    readers: u32,
    waiting_readers: WaitList<()>,
    /// The one that has arrived.
    waiting_writer: WaitList<()>,
}

/// The lock is not held in this way.
pub(super) struct NotHeld;

impl State {
    pub(super) const fn new() -> Self {
        Self {
            turn: Raw::new(),
            writer: false,
            readers: 0,
            waiting_readers: WaitList::new(),
            waiting_writer: WaitList::new(),
        }
    }

    pub(super) fn try_read(&mut self) -> bool {
        if !self.writer {
            self.readers += 1;
        }
        !self.writer
    }

    pub(super) fn try_write(&mut self) -> bool {
        let free = self.readers == 0 && !self.writer && self.turn.try_lock();
        self.writer |= free;
        free
    }

    pub(super) fn park_reader(&mut self, party: Party<'_>) -> Key {
        self.waiting_readers.push(party, ())
    }

    /// The writer whose turn it is arrives: gives where it waits, if there are readers.
    pub(super) fn arrive(&mut self, party: Party<'_>) -> Option<Key> {
        self.writer = true;
        (self.readers > 0).then(|| self.waiting_writer.push(party, ()))
    }

    pub(super) fn readers(&mut self) -> &mut WaitList<()> {
        &mut self.waiting_readers
    }

    pub(super) fn writers(&mut self) -> &mut WaitList<()> {
        &mut self.waiting_writer
    }

    /// A reader leaves; the last lets in the writer that has arrived.
    pub(super) fn end_read(&mut self) -> Result<Option<Wake>, NotHeld> {
        self.readers = self.readers.checked_sub(1).ok_or(NotHeld)?;
        let last = self.readers == 0;
        Ok(if last { self.waiting_writer.pop().map(|(_, wake)| wake) } else { None })
    }

    /// The writer leaves: lets in those who wait to read, and then another writer may try.
    pub(super) fn end_write(&mut self) -> Result<(Vec<Wake>, Unlocked), NotHeld> {
        if !self.writer || self.readers > 0 { Err(NotHeld) } else { Ok(self.withdraw()) }
    }

    /// A writer leaves, or gives up after its arrival.
    pub(super) fn withdraw(&mut self) -> (Vec<Wake>, Unlocked) {
        self.writer = false;
        let mut readers = Vec::new();
        while let Some((_, wake)) = self.waiting_readers.pop() {
            self.readers += 1;
            readers.push(wake);
        }
        let turn = self.turn.unlock().expect("a writer has its turn");
        (readers, turn)
    }
}
