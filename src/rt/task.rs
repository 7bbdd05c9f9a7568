//! Tasks: Go's goroutines.

use super::{Handle, bell::SmallBell};
use crate::{
    lock::{Brief, lock},
    probe::{self, Op, Point, Site, TaskId, What},
};
use futures::FutureExt;
use std::{
    fmt,
    future::Future,
    mem,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
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
    // Where size counts, one code serves all tasks with the same output.
    #[cfg(target_arch = "wasm32")]
    let future = future.boxed();
    start(site, future)
}

#[track_caller]
fn start<F>(site: Site, future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    let packet = Arc::new(Packet { state: Brief::new(State::Running(None)) });
    let promise = Promise(packet.clone());
    // Not an async block, which would have room for the future twice. This, too, drops what a task holds before its end
    // is known, also of a task that never starts.
    let task = future.map(|value| probe::follow(move || promise.0.end(Ok(value))));
    let id = Handle::current().runtime().spawn(task.boxed(), site.location());
    JoinHandle { packet: Some(packet), id, point: Point::default(), site, parked: false }
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

/// Where a task leaves its result.
struct Packet<T> {
    state: Brief<State<T>>,
}

enum State<T> {
    Running(Option<SmallBell>),
    Ended(Result<T, JoinError>),
    Taken,
}

impl<T> Packet<T> {
    /// The first result counts.
    fn end(&self, result: Result<T, JoinError>) {
        let mut state = lock(&self.state);
        let State::Running(waiter) = &mut *state else { return };
        let waiter = waiter.take();
        *state = State::Ended(result);
        drop(state);
        if let Some(bell) = waiter {
            bell.ring();
        }
    }

    /// Takes the result, if the task has ended; else this bell is rung then, and no other.
    fn take(&self, bell: impl FnOnce() -> Option<SmallBell>) -> Option<Result<T, JoinError>> {
        let mut state = lock(&self.state);
        let next = match *state {
            State::Running(_) => State::Running(bell()),
            State::Ended(_) | State::Taken => State::Taken,
        };
        let before = mem::replace(&mut *state, next);
        drop(state);
        match before {
            State::Ended(result) => Some(result),
            State::Running(_) | State::Taken => None,
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

/// Gives the value of a task started with [`go`].
///
/// # Cancel safety
///
/// Dropping the handle, also after it was polled, loses the value and nothing else: the task goes on.
pub struct JoinHandle<T> {
    /// Until it has given the value.
    packet: Option<Arc<Packet<T>>>,
    id: TaskId,
    point: Point,
    site: Site,
    parked: bool,
}

impl<T> JoinHandle<T> {
    /// The task's number in its run.
    ///
    /// ```
    /// let id = fanin::sim::run(async { fanin::go(async {}).id() });
    /// assert_eq!(id.to_string(), "g2");
    /// ```
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
        let packet = this.packet.as_ref().expect("a join handle is not polled after it gave its value");
        let Some(result) = packet.take(|| Some(SmallBell::of(cx.waker()))) else {
            let again = mem::replace(&mut this.parked, true);
            probe::park(this.site, again, || op);
            return Poll::Pending;
        };
        this.packet = None;
        probe::emit(|| What::Joined { task: this.id });
        Poll::Ready(result)
    }
}

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        if let Some(packet) = &self.packet {
            let unwanted = packet.take(|| None);
            drop(unwanted);
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
        if mem::replace(&mut self.yielded, true) {
            return Poll::Ready(());
        }
        probe::emit(|| What::Yield);
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_takes_little_room_beside_its_future() {
        assert!(size_of::<Packet<()>>() <= 24);
    }
}
