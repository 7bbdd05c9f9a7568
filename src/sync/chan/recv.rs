//! Receiving.

use super::{
    Inner, Locked, RECV, Receiver,
    state::{Msg, Received, Slot},
};
use crate::{
    lock::lock,
    probe::{self, CaseOp, Fault, Run, Site, TaskId, What},
    sync::{
        case::{Alone, Arm, Attempt, Case, Operation, Single},
        claim::Claim,
        waiter::{Key, Party, Wake},
    },
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, Waker},
};

impl<T: Send + 'static> Receiver<T> {
    /// Receives a value, as Go's `v, ok := <-ch`: `None` once the channel is closed and drained.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost: a value that was handed over to a dropped receive goes to the next one, before
    /// those in the buffer. Of several such values the one that was given back last goes first.
    ///
    /// ```
    /// fanin::sim::run(async {
    ///     let (tx, rx) = fanin::chan(1);
    ///     tx.send(7).await;
    ///     tx.close();
    ///     assert_eq!(rx.recv().await, Some(7));
    ///     assert_eq!(rx.recv().await, None);
    /// });
    /// ```
    #[track_caller]
    pub fn recv(&self) -> Recv<'_, T> {
        self.recv_at(Site::here())
    }

    /// Receives on behalf of the caller at `site`.
    pub(crate) fn recv_at(&self, site: Site) -> Recv<'_, T> {
        Recv { rx: self, key: None, single: Single::at(site) }
    }
}

/// Returned by [`Receiver::recv`].
#[must_use = "futures do nothing unless awaited"]
pub struct Recv<'a, T: Send + 'static> {
    rx: &'a Receiver<T>,
    key: Option<Key>,
    single: Single,
}

/// How far a receive has come, without the channel.
pub(super) struct Progress {
    key: Option<Key>,
    single: Single,
}

impl Progress {
    pub(super) fn new(site: Site) -> Self {
        Self { key: None, single: Single::at(site) }
    }
}

impl<'a, T: Send + 'static> Recv<'a, T> {
    /// Takes up a receive again.
    pub(super) fn resume(rx: &'a Receiver<T>, progress: &mut Progress) -> Self {
        Self { rx, key: progress.key.take(), single: progress.single }
    }

    /// Leaves a receive as it is, in its place in the queue.
    pub(super) fn suspend(mut self) -> Progress {
        Progress { key: self.key.take(), single: self.single }
    }

    #[inline(never)]
    fn leave(&self, key: Key) {
        if let Some(ch) = self.rx.ch() {
            let mut old = None;
            let mut state = ch.lock();
            let (slot, _) = state.receivers().remove(key, &mut old);
            give_up(state, slot);
        }
    }
}

impl<T: Send + 'static> Receiver<T> {
    /// The channel, if it is not nil.
    #[inline]
    fn ch(&self) -> Option<&Inner<T>> {
        self.inner.as_deref()
    }

    fn op(&self) -> CaseOp {
        CaseOp::Recv { ch: self.obj() }
    }

    #[inline]
    fn check(&self, run: Run) -> Result<(), Fault> {
        self.ch().map_or(Ok(()), |ch| ch.obj.check_in(run, "receive on a channel"))
    }

    /// Takes a value, or the close, if there is either; else this is done under the same lock.
    #[inline(always)]
    fn attempt(&self, or_park: impl FnOnce(&mut Locked<'_, T>)) -> Attempt<Option<T>> {
        let Some(ch) = self.ch() else { return Attempt::Not };
        let mut state = ch.lock();
        match state.recv() {
            Received::Got(msg) => {
                state.has_shrunk();
                report(ch, &msg, None);
                Attempt::Done(Some(msg.value))
            }
            Received::Taken(msg, wake) => {
                drop(state);
                report(ch, &msg, Some(&wake));
                wake.fire();
                Attempt::Done(Some(msg.value))
            }
            Received::Admitted(msg, wake) => {
                report(ch, &msg, None);
                if let Some(new) = state.newest() {
                    let (item, value) = (new.tag, probe::value(&new.value));
                    probe::emit(|| What::Admit {
                        ch: ch.obj.id(),
                        item: item.item(),
                        value,
                        from: wake.who().id(),
                    });
                }
                drop(state);
                wake.fire();
                Attempt::Done(Some(msg.value))
            }
            Received::Closed => {
                drop(state);
                probe::emit(|| What::Drained { ch: ch.obj.id() });
                Attempt::Done(None)
            }
            Received::Empty => {
                or_park(&mut state);
                Attempt::Not
            }
        }
    }
}

impl<T: Send + 'static> Operation for Recv<'_, T> {
    type Output = Option<T>;

    fn op(&self) -> CaseOp {
        self.rx.op()
    }

    #[inline]
    fn check(&self, run: Run) -> Result<(), Fault> {
        self.rx.check(run)
    }
}

impl<T: Send + 'static> Alone for Recv<'_, T> {
    #[inline]
    fn single(&mut self) -> &mut Single {
        &mut self.single
    }

    #[inline(always)]
    fn attempt(&mut self, waker: &Waker) -> Attempt<Option<T>> {
        self.rx.attempt(|state| {
            self.key = Some(state.park_receiver(Party::Task(waker)));
            state.receiver_waits();
        })
    }

    // What a call gives back through memory costs as much as the lock; where size counts, the call costs less.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn finish(&mut self, waker: &Waker) -> Attempt<Option<T>> {
        let (Some(ch), Some(key)) = (self.rx.ch(), self.key) else { return Attempt::Not };
        let mut old = None;
        // Its place in the queue is gone already, so that nothing changes for others.
        let slot = lock(&ch.state).receivers().finish(key, waker, &mut old);
        let Some(slot) = slot else { return Attempt::Not };
        self.key = None;
        Attempt::Done(received(ch, slot))
    }
}

/// What a peer has put into the slot of a receive.
#[inline(always)]
fn received<T: 'static>(ch: &Inner<T>, slot: Slot<T>) -> Option<T> {
    match slot {
        Slot::Full(msg) => Some(msg.value),
        Slot::Closed(None) => {
            probe::emit(|| What::Drained { ch: ch.obj.id() });
            None
        }
        Slot::Empty | Slot::Closed(Some(_)) => unreachable!("completed without a value or a close"),
    }
}

impl<'a, T: Send + 'static> Case for Recv<'a, T> {
    type Output = Option<T>;
    type Arm = RecvArm<'a, T>;

    #[inline(always)]
    fn arm(self) -> RecvArm<'a, T> {
        RecvArm { rx: self.rx }
    }
}

/// A receive within a select. It knows of no entry in the queue: one that no peer took is left behind, and which one a peer
/// took the claim tells. So there is nothing to look at when it is dropped.
#[doc(hidden)]
#[derive(Debug)]
pub struct RecvArm<'a, T> {
    rx: &'a Receiver<T>,
}

impl<T: Send + 'static> Operation for RecvArm<'_, T> {
    type Output = Option<T>;

    fn op(&self) -> CaseOp {
        self.rx.op()
    }

    #[inline]
    fn check(&self, run: Run) -> Result<(), Fault> {
        self.rx.check(run)
    }
}

impl<T: Send + 'static> Arm for RecvArm<'_, T> {
    fn ready(&self) -> bool {
        self.rx.ch().is_some_and(|ch| ch.lock().can_recv(None))
    }

    fn may_be_ready(&self) -> bool {
        self.rx.ch().is_some_and(|ch| ch.offers(RECV))
    }

    #[inline(always)]
    fn attempt(&mut self) -> Attempt<Option<T>> {
        self.rx.attempt(|_| {})
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn park(&mut self, claim: Claim, case: u32) -> bool {
        let Some(ch) = self.rx.ch() else { return true };
        let mut state = ch.lock();
        // Not by a send of its own that waits.
        let waits = !ch.offers(RECV) || !state.can_recv(Some(claim));
        if waits {
            state.park_select(claim, case);
            state.receiver_waits();
        } else {
            state.offers_as_before();
        }
        waits
    }

    // What a call gives back through memory costs as much as the lock; where size counts, the call costs less.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn finish(&mut self, claim: Claim) -> Attempt<Option<T>> {
        let Some(ch) = self.rx.ch() else { return Attempt::Not };
        // Its place in the queue is gone already, so that nothing changes for others.
        let mut state = lock(&ch.state);
        let slot = state.receivers().take(Key::of(claim));
        drop(state);
        Attempt::Done(received(ch, slot))
    }

    #[inline]
    fn unpark(&mut self, claim: Claim) {
        if let Some(ch) = self.rx.ch() {
            let mut state = ch.lock();
            let slot = state.receivers().take(Key::of(claim));
            give_up(state, slot);
        }
    }

    /// Its entry stays behind: a loop over the same channels finds it where it was.
    #[inline]
    fn leave(&mut self) {}
}

/// A receive was given up, with this in its slot.
fn give_up<T: Send + 'static>(mut state: Locked<'_, T>, slot: Slot<T>) {
    if let Slot::Full(msg) = slot {
        hand_on(state, msg);
    } else if !state.receivers().is_empty() {
        state.offers_as_before();
    }
}

/// What a receive that was given up had been handed goes to the next one.
#[cold]
#[inline(never)]
fn hand_on<T: Send + 'static>(mut state: Locked<'_, T>, msg: Msg<T>) {
    let (tag, value) = (msg.tag, probe::value(&msg.value));
    let wake = state.unreceive(msg);
    let (ch, item) = (state.inner.obj.id(), tag.item());
    drop(state);
    probe::emit(|| What::Unreceive { ch, item, value: value.clone() });
    if let Some(wake) = wake {
        probe::emit(|| What::Send { ch, item, value, to: Some(wake.who().id()) });
        wake.fire();
    }
}

#[inline]
fn report<T: 'static>(ch: &Inner<T>, msg: &Msg<T>, from: Option<&Wake>) {
    if probe::watched() {
        record(ch, msg, from);
    }
}

#[cold]
fn record<T: 'static>(ch: &Inner<T>, msg: &Msg<T>, from: Option<&Wake>) {
    let from: Option<TaskId> = from.map(|w| w.who().id());
    let value = probe::value(&msg.value);
    probe::emit(|| What::Recv { ch: ch.obj.id(), item: msg.tag.item(), value, from });
}

impl<T: Send + 'static> Future for Recv<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.poll_alone(cx)
    }
}

impl<T: Send + 'static> Drop for Recv<'_, T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(key) = self.key {
            self.leave(key);
        }
    }
}

impl<T: Send + 'static> fmt::Debug for Recv<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recv").finish_non_exhaustive()
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use crate::{chan, rt::local, select};
    use futures::FutureExt;

    #[test]
    fn a_receive_that_waited_by_itself_hands_on_what_it_was_given() {
        local::run(async {
            let (tx, rx) = chan(0);
            let mut before = rx.recv();
            assert_eq!((&mut before).now_or_never(), None);
            tx.send(7).await;
            select! { n = before => assert_eq!(n, Some(7)) }
        });
    }
}
