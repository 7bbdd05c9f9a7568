//! Waiting for all others.

use crate::probe::{self, Op, Point, Site};
use futures::{FutureExt, channel::oneshot};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// Waits until every other task of the run waits or has ended, as Go's `synctest.Wait`: for tests that look at
/// what has become of them.
///
/// Timers that are due fire before. Time does not pass.
///
/// # Panics
///
/// With `wait already in progress` if another task of the run waits so, and outside a simulator with
/// `goroutine is not in a bubble`.
///
/// ```
/// use fanin::{Context, chan, go, sim};
/// sim::run(async {
///     let (ctx, cancel) = Context::background().with_cancel();
///     let (tx, rx) = chan(1);
///     ctx.after_func(async move { tx.send("ran").await });
///     sim::wait().await;
///     assert_eq!(rx.len(), 0);
///     cancel.cancel();
///     sim::wait().await;
///     assert_eq!(rx.len(), 1);
/// });
/// ```
#[track_caller]
pub fn wait() -> Wait {
    Wait { told: None, point: Point::default(), site: Site::here() }
}

/// Returned by [`wait`].
///
/// # Cancel safety
///
/// Dropping it changes nothing.
#[must_use = "futures do nothing unless awaited"]
pub struct Wait {
    told: Option<oneshot::Receiver<()>>,
    point: Point,
    site: Site,
}

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        ready!(this.point.pass(cx, this.site, || Op::Idle));
        let first = this.told.is_none();
        if first {
            match probe::idle() {
                Ok(told) => this.told = Some(told),
                Err(fault) => return probe::raise(fault),
            }
        }
        let told = this.told.as_mut().map_or(Poll::Pending, |told| told.poll_unpin(cx));
        if told.is_pending() {
            probe::park(this.site, !first, || Op::Idle);
        }
        told.map(|_| ())
    }
}

impl fmt::Debug for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait").finish_non_exhaustive()
    }
}
