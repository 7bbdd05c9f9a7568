//! Faults: Go's panic, recover and Goexit.
//!
//! Under the simulator a fault is data, so that it also works where nothing unwinds: it marks the task,
//! whose future is then dropped (its deferred work), and it can be caught. Elsewhere it is a Rust panic.

use crate::probe::{self, Fault, Guard, Op, Point, Site, What};
use std::{
    any::Any,
    borrow::Cow,
    convert::Infallible,
    fmt,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll, ready},
};

/// Go's `panic`: runs the task's deferred work, then ends the program, unless it is [recovered](recover).
///
/// A fault that was recovered can be raised again; the report then says so, as Go's.
///
/// # Panics
///
/// Outside a simulator, with `text`.
///
/// ```
/// use fanin::{panic, recover, sim::Config};
/// let run = Config::new().run(async { panic("boom").await });
/// assert_eq!(run.recording.outcome.unwrap().to_string(), "panic: boom");
///
/// let run = Config::new().run(async {
///     let fault = recover(panic("boom")).await.unwrap_err();
///     assert_eq!(fault.text(), "boom");
///     panic(fault).await
/// });
/// assert_eq!(run.recording.outcome.unwrap().to_string(), "panic: boom [recovered, repanicked]");
/// ```
#[track_caller]
pub fn panic(text: impl Into<Cow<'static, str>>) -> Raise {
    Raise::new(Fault::panic(text), Site::here())
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
    Raise::new(Fault::Goexit, Site::here())
}

/// Returned by [`panic`](panic()) and [`goexit`]; never ready.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Raise {
    fault: Fault,
    point: Point,
    site: Site,
}

impl Raise {
    pub(crate) fn new(fault: Fault, site: Site) -> Self {
        Self { fault, point: Point::default(), site }
    }
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
    Recover { future: Some(Box::pin(future)), result: None }
}

/// Returned by [`recover`].
///
/// # Cancel safety
///
/// Dropping it drops the future within.
#[must_use = "futures do nothing unless awaited"]
pub struct Recover<F: Future> {
    future: Option<Pin<Box<F>>>,
    result: Option<Result<F::Output, Fault>>,
}

// The result is moved, never pinned.
impl<F: Future> Unpin for Recover<F> {}

impl<F: Future> Future for Recover<F> {
    type Output = Result<F::Output, Fault>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let guard = probe::guard();
        if let Some(future) = &mut this.future
            && !guard.as_ref().is_some_and(Guard::faulted)
        {
            match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
                Ok(Poll::Ready(value)) => this.result = Some(Ok(value)),
                Ok(Poll::Pending) => {}
                Err(payload) => {
                    let fault = Fault::panic(text_of(&*payload));
                    if guard.is_some() {
                        let _caught_below: Poll<()> = probe::raise(fault);
                    } else {
                        this.result = Some(Err(fault));
                    }
                }
            }
        }
        let Some(guard) = guard else { return this.result.take().map_or(Poll::Pending, Poll::Ready) };
        if let Some(fault) = guard.catch() {
            this.result = Some(Err(fault));
        }
        if this.result.is_some() {
            this.future = None;
        }
        // What the future has queued, its deferred work included, may still fault: that is caught here too.
        if this.result.is_some() && !guard.settled() {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let Some(result) = this.result.take() else { return Poll::Pending };
        if result.is_err() {
            probe::emit(|| What::Recover);
        }
        Poll::Ready(result)
    }
}

impl<F: Future> fmt::Debug for Recover<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recover").finish_non_exhaustive()
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
