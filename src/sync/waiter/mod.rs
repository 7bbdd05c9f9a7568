//! The waiter protocol: who waits in a queue, and how the operation that it waits in is completed.
//!
//! A peer completes a waiting operation in its own step: it pops the waiter, fills its slot under the
//! queue's lock and wakes it after unlocking. The owner finds the result in the slot, by its key.
//!
//! Invariants:
//! - an entry is freed by its owner alone, so a key stays good until the owner gives it back;
//! - only linked entries are found by peers, first come first served;
//! - the waiter of a select is popped by winning its claim; a lost one is unlinked and passed over;
//! - no waker is dropped under the lock, as that may drop a whole task;
//! - in a swept list a select has no key: the claim tells by which entry it was taken. Where it was lost, the entry is left
//!   behind, and freed by whoever comes upon it.

mod key;
mod list;
mod party;

pub(crate) use key::Key;
pub(crate) use list::WaitList;
pub(crate) use party::{OldBell, Party, Wake};
