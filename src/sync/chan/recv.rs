//! Receiving.

use super::{
    Inner, Locked, RECV, Receiver,
    state::{Msg, Received, Slot},
};
use crate::{
    lock::lock,
    probe::{self, CaseOp, Fault, ObjId, Run, Site, TaskId, What},
    sync::{
        case::{Alone, Attempt, Case, Single},
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

    /// The channel, if it is not nil.
    #[inline]
    fn ch(&self) -> Option<&'a Inner<T>> {
        self.rx.inner.as_deref()
    }
}

impl<T: Send + 'static> Case for Recv<'_, T> {
    type Output = Option<T>;

    fn op(&self) -> CaseOp {
        CaseOp::Recv { ch: self.ch().map_or(ObjId::NIL, |c| c.obj.id()) }
    }

    #[inline]
    fn check(&self, run: Run) -> Result<(), Fault> {
        self.ch().map_or(Ok(()), |c| c.obj.check_in(run, "receive on a channel"))
    }

    fn ready(&self) -> bool {
        self.ch().is_some_and(|ch| ch.lock().can_recv(None))
    }

    fn may_be_ready(&self) -> bool {
        self.ch().is_some_and(|ch| ch.offers(RECV))
    }

    #[inline(always)]
    fn attempt(&mut self, or_park: Option<&Waker>) -> Attempt<Option<T>> {
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
                if let Some(waker) = or_park {
                    self.key = Some(state.park_receiver(Party::Task(waker)));
                    state.receiver_waits();
                }
                Attempt::Not
            }
        }
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn park(&mut self, claim: Claim, case: u32) -> bool {
        let Some(ch) = self.ch() else { return true };
        let mut state = ch.lock();
        // Not by a send of its own that waits.
        let waits = !ch.offers(RECV) || !state.can_recv(Some(claim));
        if waits {
            self.key = Some(state.park_select(claim, case));
            state.receiver_waits();
        } else {
            state.offers_as_before();
        }
        waits
    }

    // What a call gives back through memory costs as much as the lock; where size counts, the call costs less.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn finish(&mut self, waker: &Waker) -> Attempt<Option<T>> {
        let (Some(ch), Some(key)) = (self.ch(), self.key) else { return Attempt::Not };
        let mut old = None;
        // Its place in the queue is gone already, so that nothing changes for others.
        let mut state = lock(&ch.state);
        let Some(slot) = state.receivers().finish(key, waker, &mut old) else { return Attempt::Not };
        self.key = None;
        match slot {
            Slot::Full(msg) => Attempt::Done(Some(msg.value)),
            Slot::Closed(None) => {
                drop(state);
                probe::emit(|| What::Drained { ch: ch.obj.id() });
                Attempt::Done(None)
            }
            Slot::Empty | Slot::Closed(Some(_)) => unreachable!("completed without a value or a close"),
        }
    }

    #[inline]
    fn unpark(&mut self) {
        if let (Some(ch), Some(key)) = (self.ch(), self.key.take()) {
            give_up(ch, key);
        }
    }

    /// Its entry stays behind: a loop over the same channels finds it where it was.
    #[inline]
    fn leave(&mut self) {
        self.key = None;
    }
}

/// Gives up a receive that waits.
fn give_up<T: Send + 'static>(ch: &Inner<T>, key: Key) {
    let mut old = None;
    let mut state = ch.lock();
    if let Slot::Full(msg) = state.receivers().remove(key, &mut old).0 {
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

impl<T: Send + 'static> Alone for Recv<'_, T> {
    #[inline]
    fn single(&mut self) -> &mut Single {
        &mut self.single
    }
}

impl<T: Send + 'static> Future for Recv<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.poll_alone(cx)
    }
}

impl<T: Send + 'static> Drop for Recv<'_, T> {
    fn drop(&mut self) {
        if self.key.is_some() {
            self.unpark();
        }
    }
}

impl<T: Send + 'static> fmt::Debug for Recv<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recv").finish_non_exhaustive()
    }
}
