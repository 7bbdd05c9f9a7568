//! Closing.

use super::{Inner, Sender};
use crate::{
    probe::{self, Deferrable, Fault, Op, Site, What},
    sync::waiter::Wake,
};
use std::fmt;

impl<T: Send + 'static> Sender<T> {
    /// Closes the channel, as Go's `close(ch)`: receivers get what is left, then `None` for ever.
    ///
    /// # Panics
    ///
    /// With `close of closed channel`, or `close of nil channel` for [`never`](Self::never).
    ///
    /// ```
    /// fanin::sim::run(async {
    ///     let (tx, rx) = fanin::chan::<u32>(0);
    ///     tx.close();
    ///     assert_eq!(rx.recv().await, None);
    /// });
    /// ```
    #[track_caller]
    pub fn close(&self) {
        self.close_at(Site::here());
    }

    #[track_caller]
    fn close_at(&self, site: impl Into<Deferrable>) {
        let inner = self.inner.clone();
        probe::act(
            site,
            || Op::Close { ch: id(self.inner.as_deref()) },
            move || {
                let ch = inner.ok_or(Fault::panic("close of nil channel"))?;
                ch.obj.check("close of a channel")?;
                close(&ch).map_err(|CloseError| Fault::panic("close of closed channel"))
            },
        );
    }

    /// Closes the channel, or tells that it was closed already.
    ///
    /// # Errors
    ///
    /// [`CloseError`], where [`close`](Self::close) panics.
    ///
    /// ```
    /// let (tx, _rx) = fanin::chan::<u32>(0);
    /// assert!(tx.try_close().is_ok());
    /// assert!(tx.try_close().is_err());
    /// ```
    pub fn try_close(&self) -> Result<(), CloseError> {
        let ch = self.inner.as_deref().ok_or(CloseError)?;
        probe::look(ch.obj);
        close(ch)
    }

    /// Closes the channel as part of another operation, if it is open.
    pub(crate) fn try_close_now(&self) {
        self.shut().into_iter().for_each(Wake::fire);
    }

    /// Closes the channel under a lock of the caller's, if it is open; who waits is to be told after that.
    pub(crate) fn shut(&self) -> Vec<Wake> {
        self.inner.as_deref().and_then(shut).unwrap_or_default()
    }

    /// Closes the channel when the guard is dropped, as Go's `defer close(ch)`.
    ///
    /// ```
    /// fanin::sim::run(async {
    ///     let (tx, rx) = fanin::chan(1);
    ///     {
    ///         let _close = tx.close_on_drop();
    ///         tx.send(1).await;
    ///     }
    ///     assert_eq!((rx.recv().await, rx.recv().await), (Some(1), None));
    /// });
    /// ```
    #[must_use = "the channel is closed when the guard is dropped"]
    #[track_caller]
    pub fn close_on_drop(&self) -> CloseOnDrop<T> {
        CloseOnDrop { tx: self.clone(), site: Site::here().deferred() }
    }
}

fn id<T>(ch: Option<&Inner<T>>) -> probe::ObjId {
    ch.map_or(probe::ObjId::NIL, |c| c.obj.id())
}

fn close<T>(ch: &Inner<T>) -> Result<(), CloseError> {
    let wakes = shut(ch).ok_or(CloseError)?;
    wakes.into_iter().for_each(Wake::fire);
    Ok(())
}

/// Those to tell, or `None` if it was closed already.
fn shut<T>(ch: &Inner<T>) -> Option<Vec<Wake>> {
    let wakes = ch.lock().close();
    let ch = ch.obj.id();
    probe::emit(|| if wakes.is_some() { What::Close { ch } } else { What::Look { obj: ch } });
    wakes
}

/// The channel was closed already, or is nil.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CloseError;

impl fmt::Display for CloseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("close of closed channel")
    }
}

impl std::error::Error for CloseError {}

/// Closes its channel when dropped; made by [`Sender::close_on_drop`].
#[derive(Debug)]
pub struct CloseOnDrop<T: Send + 'static> {
    tx: Sender<T>,
    site: Deferrable,
}

impl<T: Send + 'static> Drop for CloseOnDrop<T> {
    fn drop(&mut self) {
        self.tx.close_at(self.site);
    }
}
