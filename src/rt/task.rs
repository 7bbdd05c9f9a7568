//! Tasks: Go's goroutines.

use super::Handle;
use crate::probe::{self, Op, Point, Site, TaskId, What};
use futures::{FutureExt, future::BoxFuture};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, Waker, ready},
};

/// Starts a task, as Go's `go` statement starts a goroutine.
///
/// The handle gives the task's value to whoever awaits it; dropped, it lets the task go on by itself.
///
/// # Panics
///
/// Outside a runtime.
///
/// ```
/// let sum = fanin::sim::run(async {
///     let other = fanin::go(async { 40 });
///     other.await.unwrap() + 2
/// });
/// assert_eq!(sum, 42);
/// ```
#[track_caller]
pub fn go<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    go_at(Site::here(), future)
}

/// Starts a task on behalf of the caller at `site`.
#[track_caller]
pub(crate) fn go_at<F>(site: Site, future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    let handle = Handle::current();
    let packet = Arc::new(Packet { state: Mutex::new(State::Running(None)) });
    let running = Some((future.boxed(), Promise(packet.clone())));
    let task = Task { handle: handle.clone(), running };
    let id = site.calls(|| handle.runtime().spawn(task.boxed()));
    JoinHandle { packet, id, point: Point::default(), site, parked: false }
}

/// The task ended without a value: by Goexit, by a fault, or with its run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JoinError;

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the task ended without a value")
    }
}

impl std::error::Error for JoinError {}

enum State<T> {
    Running(Option<Waker>),
    Ended(Result<T, JoinError>),
    Taken,
}

struct Packet<T> {
    state: Mutex<State<T>>,
}

impl<T> Packet<T> {
    fn lock(&self) -> std::sync::MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, result: Result<T, JoinError>) {
        let mut state = self.lock();
        let State::Running(waker) = &mut *state else { return };
        let waker = waker.take();
        *state = State::Ended(result);
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// The task's side of the packet: dropped without a value, it tells that none will come.
struct Promise<T>(Arc<Packet<T>>);

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        self.0.end(Err(JoinError));
    }
}

/// A task's future, entered into its runtime on every poll and on the drop.
///
/// Boxed within, so that what stands here is compiled once for all futures with the same output.
struct Task<T> {
    handle: Handle,
    /// Until the future returns.
    running: Option<(BoxFuture<'static, T>, Promise<T>)>,
}

impl<T: Send + 'static> Future for Task<T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let _entered = self.handle.enter();
        let (future, _) = self.running.as_mut().expect("a task is not polled after its end");
        let value = ready!(future.as_mut().poll(cx));
        if let Some((future, promise)) = self.running.take() {
            drop(future);
            probe::follow(move || promise.0.end(Ok(value)));
        }
        Poll::Ready(())
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        let _entered = self.handle.enter();
        self.running = None;
    }
}

/// Gives the value of a task started with [`go`].
///
/// # Cancel safety
///
/// Dropping the handle, also after it was polled, loses the value and nothing else: the task goes on.
pub struct JoinHandle<T> {
    packet: Arc<Packet<T>>,
    id: TaskId,
    point: Point,
    site: Site,
    parked: bool,
}

impl<T> JoinHandle<T> {
    /// The task's number in its run.
    pub fn id(&self) -> TaskId {
        self.id
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let op = Op::Join { task: this.id };
        ready!(this.point.pass(cx, this.site, || op.clone()));
        let mut state = this.packet.lock();
        if let State::Running(waker) = &mut *state {
            *waker = Some(cx.waker().clone());
            drop(state);
            let again = std::mem::replace(&mut this.parked, true);
            probe::park(this.site, again, || op);
            return Poll::Pending;
        }
        match std::mem::replace(&mut *state, State::Taken) {
            State::Ended(result) => {
                drop(state);
                probe::emit(|| What::Joined { task: this.id });
                Poll::Ready(result)
            }
            _ => unreachable!("a join handle is not polled after it gave its value"),
        }
    }
}

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        if let State::Running(waker) = &mut *self.packet.lock() {
            *waker = None;
        }
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JoinHandle({})", self.id)
    }
}

/// Lets the other tasks run, as Go's `runtime.Gosched`.
///
/// ```
/// fanin::sim::run(async { fanin::yield_now().await });
/// ```
#[track_caller]
pub fn yield_now() -> YieldNow {
    YieldNow { point: Point::default(), site: Site::here(), yielded: false }
}

/// Returned by [`yield_now`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct YieldNow {
    point: Point,
    site: Site,
    yielded: bool,
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let site = self.site;
        ready!(self.point.pass(cx, site, || Op::Yield));
        if std::mem::replace(&mut self.yielded, true) {
            return Poll::Ready(());
        }
        probe::emit(|| What::Yield);
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
