//! Faults: Go's panic, recover and Goexit.
//!
//! Under the simulator a fault is data, so that it also works where nothing unwinds: it marks the task,
//! whose future is then dropped (its deferred work), and it can be caught. Elsewhere it is a Rust panic.

use crate::probe::{self, Fault, Op, Point, Site};
use std::{
    any::Any,
    borrow::Cow,
    convert::Infallible,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll, ready},
};

/// Go's `panic`: runs the task's deferred work, then ends the program, unless it is [recovered](recover).
///
/// # Panics
///
/// Outside a simulator, with `text`.
///
/// ```
/// let run = fanin::sim::Config::new().run(async { fanin::panic("boom").await });
/// assert_eq!(run.recording.outcome.unwrap().to_string(), "panic: boom");
/// ```
#[track_caller]
pub fn panic(text: impl Into<Cow<'static, str>>) -> Raise {
    Raise { fault: Fault::panic(text), point: Point::default(), site: Site::here() }
}

/// Go's `runtime.Goexit`: ends the task after its deferred work.
///
/// # Panics
///
/// Outside a simulator: there a task ends by returning.
///
/// ```
/// use fanin::{chan, go, goexit};
/// let left = fanin::sim::run(async {
///     let (tx, rx) = chan::<u32>(0);
///     go(async move {
///         let _deferred = tx.close_on_drop();
///         goexit().await;
///     });
///     rx.recv().await
/// });
/// assert_eq!(left, None);
/// ```
#[track_caller]
pub fn goexit() -> Raise {
    Raise { fault: Fault::Goexit, point: Point::default(), site: Site::here() }
}

/// Returned by [`panic`] and [`goexit`]; never ready.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Raise {
    fault: Fault,
    point: Point,
    site: Site,
}

impl Future for Raise {
    type Output = Infallible;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let site = self.site;
        ready!(self.point.pass(cx, site, || Op::Panic));
        probe::raise(self.fault.clone())
    }
}

/// Runs a future and catches the panic that ends it, as a deferred `recover` does.
///
/// A fatal error and [`goexit`] are not caught.
///
/// # Errors
///
/// The fault, after everything that the future held was dropped.
///
/// ```
/// use fanin::{chan, recover};
/// let caught = fanin::sim::run(async {
///     let (tx, _rx) = chan::<u32>(1);
///     tx.close();
///     recover(async move { tx.send(1).await }).await
/// });
/// assert_eq!(caught.unwrap_err().to_string(), "panic: send on closed channel");
/// ```
pub fn recover<F: Future>(future: F) -> Recover<F> {
    Recover { future: Some(Box::pin(future)) }
}

/// Returned by [`recover`].
///
/// # Cancel safety
///
/// Dropping it drops the future within.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Recover<F> {
    future: Option<Pin<Box<F>>>,
}

impl<F: Future> Future for Recover<F> {
    type Output = Result<F::Output, Fault>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let future = self.future.as_mut().expect("not polled after it was ready");
        let poll = AssertUnwindSafe(|| future.as_mut().poll(cx));
        let (polled, caught) = match probe::guard() {
            Some(guard) => {
                let polled = if guard.faulted() { Poll::Pending } else { poll() };
                (polled, guard.take())
            }
            None => match catch_unwind(poll) {
                Ok(polled) => (polled, None),
                Err(payload) => (Poll::Pending, Some(Fault::panic(text_of(&*payload)))),
            },
        };
        if caught.is_some() {
            self.future = None;
        }
        caught.map_or_else(|| polled.map(Ok), |fault| Poll::Ready(Err(fault)))
    }
}

/// The text that a Rust panic carries.
pub(crate) fn text_of(payload: &(dyn Any + Send)) -> Cow<'static, str> {
    if let Some(text) = payload.downcast_ref::<&'static str>() {
        Cow::Borrowed(text)
    } else if let Some(text) = payload.downcast_ref::<String>() {
        Cow::Owned(text.clone())
    } else {
        Cow::Borrowed("a panic without a text")
    }
}
