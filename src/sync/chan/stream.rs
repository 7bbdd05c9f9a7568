//! Channels as the ecosystem's streams and sinks.

use super::{Closed, Receiver, Recv, SendChecked, Sender, recv, send};
use crate::probe::Site;
use futures::{Sink, Stream};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

impl<T: Send + 'static> Receiver<T> {
    /// The values as a [`Stream`], up to the close: for what takes streams.
    ///
    /// Each item is a receive as any other, and recorded as one.
    ///
    /// ```
    /// use fanin::{chan, go};
    /// use futures::StreamExt;
    /// let even = fanin::sim::run(async {
    ///     let (tx, rx) = chan(0);
    ///     go(async move {
    ///         let _close = tx.close_on_drop();
    ///         for n in 1..=4 {
    ///             tx.send(n).await;
    ///         }
    ///     });
    ///     rx.stream().filter(|n| std::future::ready(n % 2 == 0)).collect::<Vec<_>>().await
    /// });
    /// assert_eq!(even, [2, 4]);
    /// ```
    #[track_caller]
    pub fn stream(&self) -> RecvStream<T> {
        let site = Site::here();
        RecvStream { rx: self.clone(), progress: recv::Progress::new(site), site }
    }
}

/// Returned by [`Receiver::stream`].
///
/// # Cancel safety
///
/// Dropping it loses nothing: a value that was handed to it goes to the next receive. If only the future of
/// one item is dropped, such as that of `next`, the stream keeps its place in the queue, and what it is handed
/// there is its next item.
#[must_use = "streams do nothing unless polled"]
pub struct RecvStream<T: Send + 'static> {
    rx: Receiver<T>,
    progress: recv::Progress,
    site: Site,
}

impl<T: Send + 'static> Stream for RecvStream<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let this = &mut *self;
        let mut recv = Recv::resume(&this.rx, &mut this.progress);
        let polled = Pin::new(&mut recv).poll(cx);
        this.progress = match polled {
            Poll::Ready(_) => recv::Progress::new(this.site),
            Poll::Pending => recv.suspend(),
        };
        polled
    }
}

impl<T: Send + 'static> Drop for RecvStream<T> {
    fn drop(&mut self) {
        drop(Recv::resume(&self.rx, &mut self.progress));
    }
}

impl<T: Send + 'static> fmt::Debug for RecvStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecvStream").field("rx", &self.rx).finish_non_exhaustive()
    }
}

impl<T: Send + 'static> Sender<T> {
    /// The channel as a [`Sink`]: for what gives its values to sinks.
    ///
    /// Each item is a send as any other, and recorded as one. Closing the sink closes the channel, if it is
    /// open. Its error is [`Closed`], with the value.
    ///
    /// ```
    /// use fanin::{chan, go};
    /// use futures::{StreamExt, stream};
    /// let got = fanin::sim::run(async {
    ///     let (tx, rx) = chan(0);
    ///     go(async move { stream::iter([1, 2]).map(Ok).forward(tx.sink()).await });
    ///     (rx.recv().await, rx.recv().await, rx.recv().await)
    /// });
    /// assert_eq!(got, (Some(1), Some(2), None));
    /// ```
    #[track_caller]
    pub fn sink(&self) -> SendSink<T> {
        SendSink { tx: self.clone(), sending: None, site: Site::here() }
    }
}

/// Returned by [`Sender::sink`].
///
/// # Cancel safety
///
/// Dropping it drops the value that it has not sent yet, unless a receiver has already taken it. If only a future
/// such as that of `send` is dropped the sink keeps the value, and sends it before the next one.
#[must_use = "sinks do nothing unless polled"]
pub struct SendSink<T: Send + 'static> {
    tx: Sender<T>,
    /// A value that was accepted, and not yet sent.
    sending: Option<send::Progress<T>>,
    site: Site,
}

// The value is moved, never pinned.
impl<T: Send + 'static> Unpin for SendSink<T> {}

impl<T: Send + 'static> SendSink<T> {
    /// Ready when no value is left to send.
    fn drive(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Closed<T>>> {
        let Some(progress) = self.sending.take() else { return Poll::Ready(Ok(())) };
        let mut send = SendChecked::resume(&self.tx, progress);
        let polled = Pin::new(&mut send).poll(cx);
        if polled.is_pending() {
            self.sending = Some(send.suspend());
        }
        polled
    }
}

impl<T: Send + 'static> Sink<T> for SendSink<T> {
    type Error = Closed<T>;

    fn poll_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Closed<T>>> {
        self.drive(cx)
    }

    fn start_send(mut self: Pin<&mut Self>, value: T) -> Result<(), Closed<T>> {
        self.sending = Some(send::Progress::new(self.site, value));
        Ok(())
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Closed<T>>> {
        self.drive(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Closed<T>>> {
        ready!(self.drive(cx))?;
        // Closed already is closed, too.
        let _closed_before = self.tx.try_close();
        Poll::Ready(Ok(()))
    }
}

impl<T: Send + 'static> Drop for SendSink<T> {
    fn drop(&mut self) {
        if let Some(progress) = self.sending.take() {
            drop(SendChecked::resume(&self.tx, progress));
        }
    }
}

impl<T: Send + 'static> fmt::Debug for SendSink<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendSink").field("tx", &self.tx).finish_non_exhaustive()
    }
}
