//! Channels, with Go's semantics: rendezvous or buffer, first come first served, explicit close.

mod close;
mod recv;
mod send;
mod state;
mod stream;

pub use close::{CloseError, CloseOnDrop};
pub use recv::Recv;
pub(crate) use recv::RecvArm;
pub use send::{Closed, Send, SendChecked};
pub use stream::{RecvStream, SendSink};

use crate::{
    lock::{
        Brief, Lock,
        atomic::{AtomicU32, Ordering},
        lock,
    },
    probe::{self, Obj, ObjKind, Site},
};
use state::State;
use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::Arc,
};

/// Makes a channel that holds `cap` values without a receiver, as Go's `make(chan T, cap)`.
///
/// With capacity 0 a send and a receive meet: each waits for the other. Both handles can be cloned.
/// Dropping them does not close the channel; see [`Sender::close`].
///
/// # Panics
///
/// If `cap` does not fit in 32 bits, with Go's text.
///
/// ```
/// use fanin::{chan, go};
/// let got = fanin::sim::run(async {
///     let (tx, rx) = chan(0);
///     go(async move { tx.send("hello").await });
///     rx.recv().await
/// });
/// assert_eq!(got, Some("hello"));
/// ```
#[track_caller]
pub fn chan<T: std::marker::Send + 'static>(cap: usize) -> (Sender<T>, Receiver<T>) {
    let Ok(cap32) = u32::try_from(cap) else { panic!("makechan: size out of range") };
    let obj = Obj::new(Site::here(), || ObjKind::Chan { cap: cap32 });
    let inner = Arc::new(Inner {
        obj,
        cap: cap32,
        offers: AtomicU32::new(offers(&State::<T>::new(), cap)),
        state: Brief::new(State::new()),
    });
    (Sender { inner: Some(inner.clone()) }, Receiver { inner: Some(inner) })
}

/// What the handles of one channel share.
struct Inner<T> {
    obj: Obj,
    cap: u32,
    /// What may be possible now, for a look that takes no lock.
    offers: AtomicU32,
    state: Brief<State<T>>,
}

/// A receive may be possible.
const RECV: u32 = 1;
/// A send may be possible.
const SEND: u32 = 2;

impl<T> Inner<T> {
    #[inline]
    fn cap(&self) -> usize {
        self.cap as usize
    }

    fn len(&self) -> usize {
        probe::look(self.obj);
        self.lock().len()
    }

    #[inline]
    fn lock(&self) -> Locked<'_, T> {
        Locked { inner: self, state: lock(&self.state), offers: None }
    }

    /// False only if it is not possible now.
    #[inline]
    fn offers(&self, side: u32) -> bool {
        self.offers.load(Ordering::Acquire) & side != 0
    }
}

/// The state under its lock; what it offers is made known before others can take the lock.
struct Locked<'a, T> {
    inner: &'a Inner<T>,
    state: <Brief<State<T>> as Lock>::Guard<'a>,
    /// What it offers, if that is known without a look at all of it.
    offers: Option<u32>,
}

impl<T> Locked<'_, T> {
    /// Nothing that it offers has changed.
    #[inline]
    fn offers_as_before(&mut self) {
        self.offers = Some(self.inner.offers.load(Ordering::Relaxed));
    }

    /// A value was put into the buffer, and no receiver waits.
    #[inline]
    fn has_grown(&mut self) {
        self.offers = Some(if self.state.len() < self.inner.cap() { SEND | RECV } else { RECV });
    }

    /// A value was taken from the buffer, and no sender waits.
    #[inline]
    fn has_shrunk(&mut self) {
        self.offers = Some(if self.state.may_recv() { SEND | RECV } else { SEND });
    }

    /// A receiver has begun to wait: there is nothing more to receive than before.
    #[inline]
    fn receiver_waits(&mut self) {
        self.offers = Some(self.inner.offers.load(Ordering::Relaxed) | SEND);
    }

    /// A sender has begun to wait: the channel is open, and its buffer is full.
    #[inline]
    fn sender_waits(&mut self) {
        self.offers = Some(if self.state.receivers().is_empty() { RECV } else { SEND | RECV });
    }
}

impl<T> Deref for Locked<'_, T> {
    type Target = State<T>;
    #[inline]
    fn deref(&self) -> &State<T> {
        &self.state
    }
}

impl<T> DerefMut for Locked<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut State<T> {
        &mut self.state
    }
}

impl<T> Drop for Locked<'_, T> {
    #[inline]
    fn drop(&mut self) {
        let offers = self.offers.unwrap_or_else(|| offers(&self.state, self.inner.cap()));
        self.inner.offers.store(offers, Ordering::Release);
    }
}

#[inline]
fn offers<T>(state: &State<T>, cap: usize) -> u32 {
    (if state.may_send(cap) { SEND } else { 0 }) | (if state.may_recv() { RECV } else { 0 })
}

/// The sending side of a channel, Go's `chan<- T`.
///
/// Clones are handles to the same channel. It cannot receive:
///
/// ```compile_fail,E0599
/// let (tx, _rx) = fanin::chan::<u32>(0);
/// let received = tx.recv();
/// ```
pub struct Sender<T> {
    inner: Option<Arc<Inner<T>>>,
}

/// The receiving side of a channel, Go's `<-chan T`.
///
/// Clones are handles to the same channel: each value goes to one of them. It can neither send nor close:
///
/// ```compile_fail,E0599
/// let (_tx, rx) = fanin::chan::<u32>(0);
/// let sent = rx.send(7);
/// ```
///
/// ```compile_fail,E0599
/// let (_tx, rx) = fanin::chan::<u32>(0);
/// rx.close();
/// ```
pub struct Receiver<T> {
    inner: Option<Arc<Inner<T>>>,
}

impl<T> Sender<T> {
    /// The sending side of Go's nil channel: a send on it waits for ever.
    ///
    /// ```
    /// assert_eq!(fanin::Sender::<u32>::never().cap(), 0);
    /// ```
    pub fn never() -> Self {
        Self { inner: None }
    }

    /// How many values are in the buffer, as Go's `len`.
    ///
    /// ```
    /// fanin::sim::run(async {
    ///     let (tx, _rx) = fanin::chan(2);
    ///     tx.send(1).await;
    ///     assert_eq!(tx.len(), 1);
    /// });
    /// ```
    pub fn len(&self) -> usize {
        self.inner.as_ref().map_or(0, |c| c.len())
    }

    /// True if the buffer holds nothing.
    ///
    /// ```
    /// let (tx, _rx) = fanin::chan::<u32>(2);
    /// assert!(tx.is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many values the buffer can hold, as Go's `cap`.
    ///
    /// ```
    /// let (tx, _rx) = fanin::chan::<u32>(2);
    /// assert_eq!(tx.cap(), 2);
    /// ```
    pub fn cap(&self) -> usize {
        self.inner.as_ref().map_or(0, |c| c.cap())
    }
}

impl<T> Receiver<T> {
    /// The receiving side of Go's nil channel: a receive from it waits for ever.
    ///
    /// ```
    /// let rx = fanin::Receiver::<u32>::never();
    /// let run = fanin::sim::Config::new().run(async move { rx.recv().await });
    /// assert!(run.recording.outcome.unwrap().to_string().contains("all goroutines are asleep"));
    /// ```
    pub fn never() -> Self {
        Self { inner: None }
    }

    /// How many values are in the buffer, as Go's `len`.
    ///
    /// ```
    /// fanin::sim::run(async {
    ///     let (tx, rx) = fanin::chan(2);
    ///     tx.send(1).await;
    ///     assert_eq!(rx.len(), 1);
    /// });
    /// ```
    pub fn len(&self) -> usize {
        self.inner.as_ref().map_or(0, |c| c.len())
    }

    /// True if the buffer holds nothing.
    ///
    /// ```
    /// let (_tx, rx) = fanin::chan::<u32>(2);
    /// assert!(rx.is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many values the buffer can hold, as Go's `cap`.
    ///
    /// ```
    /// let (_tx, rx) = fanin::chan::<u32>(2);
    /// assert_eq!(rx.cap(), 2);
    /// ```
    pub fn cap(&self) -> usize {
        self.inner.as_ref().map_or(0, |c| c.cap())
    }

    /// The channel's number in its run.
    pub(crate) fn obj(&self) -> probe::ObjId {
        self.inner.as_ref().map_or(probe::ObjId::NIL, |c| c.obj.id())
    }

    /// True if both are sides of the same channel, as Go's `==` on channels.
    ///
    /// ```
    /// let (tx, rx) = fanin::chan::<u32>(0);
    /// assert!(rx.same_channel(&tx) && rx.clone().same_channel(&rx));
    /// ```
    pub fn same_channel(&self, other: &impl AsChannel<T>) -> bool {
        self.address() == other.address()
    }
}

/// Either side of a channel, for comparing.
pub trait AsChannel<T> {
    #[doc(hidden)]
    fn address(&self) -> Option<usize>;
}

impl<T> AsChannel<T> for Sender<T> {
    fn address(&self) -> Option<usize> {
        self.inner.as_ref().map(|c| Arc::as_ptr(c).addr())
    }
}

impl<T> AsChannel<T> for Receiver<T> {
    fn address(&self) -> Option<usize> {
        self.inner.as_ref().map(|c| Arc::as_ptr(c).addr())
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").field("cap", &self.cap()).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").field("cap", &self.cap()).finish_non_exhaustive()
    }
}
