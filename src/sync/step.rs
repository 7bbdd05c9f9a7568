//! Operations that never wait, and give a value.

use crate::probe::{self, Fault, Op, Point, Site};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// An operation that never waits, but takes a step of its own: a try, a look, an atomic operation.
///
/// # Cancel safety
///
/// Dropped before it is ready, it has done nothing.
#[must_use = "futures do nothing unless awaited"]
pub struct Step<F> {
    op: Op,
    /// Taken when it is done.
    act: Option<F>,
    point: Point,
    site: Site,
}

impl<R, F: FnOnce() -> Result<R, Fault>> Step<F> {
    pub(crate) fn new(site: Site, op: Op, act: F) -> Self {
        Self { op, act: Some(act), point: Point::default(), site }
    }

    /// The same operation on behalf of the caller at `site`.
    pub(crate) fn at(self, site: Site) -> Self {
        Self { site, ..self }
    }
}

impl<R, F: FnOnce() -> Result<R, Fault>> Future for Step<F> {
    type Output = R;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R> {
        let this = &mut *self;
        ready!(this.point.pass(cx, this.site, || this.op.clone()));
        let act = this.act.take().expect("not polled after it was ready");
        match act() {
            Ok(value) => Poll::Ready(value),
            Err(fault) => probe::raise(fault),
        }
    }
}

// The closure is moved, never pinned.
impl<F> Unpin for Step<F> {}

impl<F> fmt::Debug for Step<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Step").field("op", &self.op).finish_non_exhaustive()
    }
}
