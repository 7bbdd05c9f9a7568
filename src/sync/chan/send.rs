//! Sending.

use super::{
    Inner, SEND, Sender,
    state::{Msg, Sent, Slot},
};
use crate::{
    lock::lock,
    probe::{self, CaseOp, Fault, ObjId, Run, Site, Tag, TaskId, Value, What},
    sync::{
        case::{Alone, Arm, Attempt, Case, Operation, Single},
        claim::Claim,
        waiter::{Key, Party, WaitList},
    },
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, Waker},
};

impl<T: std::marker::Send + 'static> Sender<T> {
    /// Sends a value, as Go's `ch <- v`: waits until a receiver takes it or the buffer has room.
    ///
    /// # Panics
    ///
    /// With `send on closed channel` if the channel is closed, before or while it waits.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, the value is dropped with it, unless a receiver has already taken it.
    ///
    /// ```
    /// fanin::sim::run(async {
    ///     let (tx, rx) = fanin::chan(1);
    ///     tx.send(7).await;
    ///     assert_eq!(rx.recv().await, Some(7));
    /// });
    /// ```
    #[track_caller]
    pub fn send(&self, value: T) -> Send<'_, T> {
        Send { op: SendOp::new(self, value), single: Single::new() }
    }

    /// Sends a value, or gives it back if the channel is closed.
    ///
    /// # Errors
    ///
    /// [`Closed`] with the value, where [`send`](Self::send) panics.
    ///
    /// # Cancel safety
    ///
    /// As [`send`](Self::send).
    ///
    /// ```
    /// fanin::sim::run(async {
    ///     let (tx, _rx) = fanin::chan(1);
    ///     tx.close();
    ///     assert_eq!(tx.send_checked(7).await.unwrap_err().0, 7);
    /// });
    /// ```
    #[track_caller]
    pub fn send_checked(&self, value: T) -> SendChecked<'_, T> {
        SendChecked { op: SendOp::new(self, value), single: Single::new() }
    }
}

/// The channel was closed; here is the value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Closed<T>(pub T);

impl<T> fmt::Debug for Closed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Closed(..)")
    }
}

impl<T> fmt::Display for Closed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("send on closed channel")
    }
}

impl<T> std::error::Error for Closed<T> {}

struct SendOp<'a, T> {
    ch: Option<&'a Inner<T>>,
    value: Option<T>,
    key: Option<Key>,
}

impl<'a, T: std::marker::Send + 'static> SendOp<'a, T> {
    fn new(tx: &'a Sender<T>, value: T) -> Self {
        Self { ch: tx.inner.as_deref(), value: Some(value), key: None }
    }

    #[inline(always)]
    fn attempt(&mut self, or_park: Option<&Waker>) -> Attempt<Result<(), T>> {
        let (Some(ch), Some(value)) = (self.ch, self.value.take()) else { return Attempt::Not };
        // In a box: where nobody watches, there is nothing but a null to keep.
        let shown = probe::watched().then(|| Box::new(probe::value(&value)));
        let mut state = ch.lock();
        let tag = Tag::new();
        let sent = |to: Option<TaskId>| {
            if let Some(value) = shown {
                probe::emit(|| What::Send { ch: ch.obj.id(), item: tag.item(), value: *value, to });
            }
        };
        let msg = Msg { value, tag };
        match state.send(ch.cap(), msg) {
            Sent::Handed(wake) => {
                drop(state);
                sent(Some(wake.who().id()));
                wake.fire();
            }
            Sent::Buffered => {
                state.has_grown();
                drop(state);
                sent(None);
            }
            Sent::Closed(msg) => return Attempt::Done(Err(msg.value)),
            Sent::Full(msg) => {
                match or_park {
                    Some(waker) => {
                        self.key = Some(state.park_sender(Party::Task(waker), msg));
                        state.sender_waits();
                    }
                    None => self.value = Some(msg.value),
                }
                return Attempt::Not;
            }
        }
        Attempt::Done(Ok(()))
    }

    #[inline(never)]
    fn park(&mut self, claim: Claim, case: u32) -> bool {
        let Some(ch) = self.ch else { return true };
        let mut state = ch.lock();
        // Not by a receive of its own that waits.
        let waits = !state.can_send(ch.cap(), Some(claim));
        if !waits {
            state.offers_as_before();
        } else if let Some(value) = self.value.take() {
            let party = Party::Select(claim, case);
            self.key = Some(state.park_sender(party, Msg { value, tag: Tag::new() }));
            state.sender_waits();
        }
        waits
    }

    /// What became of it, if `take` finds it completed.
    // What a call gives back through memory costs as much as the lock; where size counts, the call costs less.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn finish(
        &mut self,
        take: impl FnOnce(&mut WaitList<Slot<T>>, Key) -> Option<Slot<T>>,
    ) -> Attempt<Result<(), T>> {
        let (Some(ch), Some(key)) = (self.ch, self.key) else { return Attempt::Not };
        // Its place in the queue is gone already, so that nothing changes for others.
        let mut state = lock(&ch.state);
        let Some(slot) = take(state.senders(), key) else { return Attempt::Not };
        self.key = None;
        match slot {
            Slot::Empty => Attempt::Done(Ok(())),
            Slot::Closed(Some(msg)) => Attempt::Done(Err(msg.value)),
            Slot::Full(_) | Slot::Closed(None) => unreachable!("completed without taking or refusing"),
        }
    }

    #[inline]
    fn unpark(&mut self) {
        if let Some(key) = self.key.take() {
            self.leave(key);
        }
    }

    #[inline(never)]
    fn leave(&mut self, key: Key) {
        if let Some(ch) = self.ch {
            // The value is back where it was: to be sent later, or dropped without the lock, as its drop may use the channel.
            let mut old = None;
            let (slot, _) = ch.lock().senders().remove(key, &mut old);
            if let Slot::Full(msg) = slot {
                self.value = Some(msg.value);
            }
        }
    }

    fn op(&self) -> CaseOp {
        let ch = self.ch.map_or(ObjId::NIL, |c| c.obj.id());
        let value = match (&self.value, self.key, self.ch) {
            (Some(value), ..) => probe::value(value),
            (None, Some(key), Some(ch)) => match ch.lock().senders().slot(key) {
                Slot::Full(msg) => probe::value(&msg.value),
                Slot::Empty | Slot::Closed(_) => Value::Opaque,
            },
            _ => Value::Opaque,
        };
        CaseOp::Send { ch, value }
    }

    #[inline]
    fn check(&self, run: Run) -> Result<(), Fault> {
        self.ch.map_or(Ok(()), |c| c.obj.check_in(run, "send on a channel"))
    }
}

/// Returned by [`Sender::send`].
#[must_use = "futures do nothing unless awaited"]
pub struct Send<'a, T: std::marker::Send + 'static> {
    op: SendOp<'a, T>,
    single: Single,
}

/// Returned by [`Sender::send_checked`].
#[must_use = "futures do nothing unless awaited"]
pub struct SendChecked<'a, T: std::marker::Send + 'static> {
    op: SendOp<'a, T>,
    single: Single,
}

/// How far a send has come, without the channel.
pub(super) struct Progress<T> {
    value: Option<T>,
    key: Option<Key>,
    single: Single,
}

impl<T> Progress<T> {
    pub(super) fn new(site: Site, value: T) -> Self {
        Self { value: Some(value), key: None, single: Single::at(site) }
    }
}

impl<'a, T: std::marker::Send + 'static> SendChecked<'a, T> {
    /// Takes up a send again.
    pub(super) fn resume(tx: &'a Sender<T>, progress: Progress<T>) -> Self {
        let Progress { value, key, single } = progress;
        Self { op: SendOp { ch: tx.inner.as_deref(), value, key }, single }
    }

    /// Leaves a send as it is, in its place in the queue.
    pub(super) fn suspend(mut self) -> Progress<T> {
        Progress { value: self.op.value.take(), key: self.op.key.take(), single: self.single }
    }
}

fn or_panic<T>(result: Result<(), T>) -> Attempt<()> {
    match result {
        Ok(()) => Attempt::Done(()),
        Err(_) => Attempt::Fault(Fault::panic("send on closed channel")),
    }
}

fn or_closed<T>(result: Result<(), T>) -> Attempt<Result<(), Closed<T>>> {
    Attempt::Done(result.map_err(Closed))
}

/// The two ways to send differ in what a closed channel leads to, and in nothing else.
macro_rules! send_future {
    ($Name:ident, $Output:ty, $finish:path) => {
        impl<T: std::marker::Send + 'static> Operation for $Name<'_, T> {
            type Output = $Output;

            fn op(&self) -> CaseOp {
                self.op.op()
            }
            #[inline]
            fn check(&self, run: Run) -> Result<(), Fault> {
                self.op.check(run)
            }
        }

        impl<T: std::marker::Send + 'static> Alone for $Name<'_, T> {
            #[inline]
            fn single(&mut self) -> &mut Single {
                &mut self.single
            }
            #[inline(always)]
            fn attempt(&mut self, waker: &Waker) -> Attempt<$Output> {
                self.op.attempt(Some(waker)).map($finish)
            }
            #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
            fn finish(&mut self, waker: &Waker) -> Attempt<$Output> {
                let mut old = None;
                self.op.finish(|senders, key| senders.finish(key, waker, &mut old)).map($finish)
            }
        }

        impl<T: std::marker::Send + 'static> Case for $Name<'_, T> {
            type Output = $Output;
            type Arm = Self;

            #[inline]
            fn arm(self) -> Self {
                self
            }
        }

        impl<T: std::marker::Send + 'static> Arm for $Name<'_, T> {
            fn ready(&self) -> bool {
                self.op.ch.is_some_and(|ch| ch.lock().can_send(ch.cap(), None))
            }
            fn may_be_ready(&self) -> bool {
                self.op.ch.is_some_and(|ch| ch.offers(SEND))
            }
            #[inline(always)]
            fn attempt(&mut self) -> Attempt<$Output> {
                self.op.attempt(None).map($finish)
            }
            fn park(&mut self, claim: Claim, case: u32) -> bool {
                self.op.park(claim, case)
            }
            #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
            fn finish(&mut self, _: Claim) -> Attempt<$Output> {
                self.op.finish(|senders, key| Some(senders.take(key))).map($finish)
            }
            fn unpark(&mut self, _: Claim) {
                self.op.unpark();
            }
            fn leave(&mut self) {
                self.op.unpark();
            }
        }

        impl<T: std::marker::Send + 'static> Future for $Name<'_, T> {
            type Output = $Output;

            fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<$Output> {
                self.poll_alone(cx)
            }
        }

        // The value is moved, never pinned.
        impl<T: std::marker::Send + 'static> Unpin for $Name<'_, T> {}

        impl<T: std::marker::Send + 'static> Drop for $Name<'_, T> {
            #[inline]
            fn drop(&mut self) {
                if self.op.key.is_some() {
                    self.op.unpark();
                }
            }
        }

        impl<T: std::marker::Send + 'static> fmt::Debug for $Name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($Name)).finish_non_exhaustive()
            }
        }
    };
}

send_future!(Send, (), or_panic);
send_future!(SendChecked, Result<(), Closed<T>>, or_closed);
