//! WaitGroup.

use super::waiter::{Key, Party, WaitList};
use crate::{
    lock::{Mutex, lock},
    probe::{self, Deferrable, Fault, Obj, ObjKind, Op, Point, Site, What},
    rt,
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

/// Waits for a number of tasks to finish, as Go's `sync.WaitGroup`.
///
/// Clones are handles to the same counter.
///
/// ```
/// use fanin::WaitGroup;
/// fanin::sim::run(async {
///     let wg = WaitGroup::new();
///     for _ in 0..3 {
///         wg.go(async { fanin::yield_now().await });
///     }
///     wg.wait().await;
/// });
/// ```
#[derive(Clone)]
pub struct WaitGroup {
    inner: Arc<Inner>,
}

struct Inner {
    obj: Obj,
    state: Mutex<State>,
}

struct State {
    count: i64,
    waiters: WaitList<()>,
}

impl WaitGroup {
    /// A group whose counter is zero.
    ///
    /// ```
    /// fanin::sim::run(async { fanin::WaitGroup::new().wait().await });
    /// ```
    #[track_caller]
    pub fn new() -> Self {
        let obj = Obj::new(Site::here(), || ObjKind::WaitGroup);
        let state = State { count: 0, waiters: WaitList::new() };
        Self { inner: Arc::new(Inner { obj, state: Mutex::new(state) }) }
    }

    /// Adds `delta`, which may be negative, to the counter; at zero all who wait are released.
    ///
    /// # Panics
    ///
    /// With `sync: negative WaitGroup counter`.
    ///
    /// ```
    /// fanin::sim::run(async {
    ///     let wg = fanin::WaitGroup::new();
    ///     wg.add(2);
    ///     wg.add(-2);
    ///     wg.wait().await;
    /// });
    /// ```
    #[track_caller]
    pub fn add(&self, delta: i64) {
        self.add_at(Site::here(), delta);
    }

    #[track_caller]
    fn add_at(&self, site: impl Into<Deferrable>, delta: i64) {
        let inner = self.inner.clone();
        probe::act(site, || Op::Add { wg: self.inner.obj.id(), delta }, move || inner.add(delta));
    }

    /// Takes one from the counter.
    ///
    /// # Panics
    ///
    /// With `sync: negative WaitGroup counter`.
    ///
    /// ```
    /// let run = fanin::sim::Config::new().run(async { fanin::WaitGroup::new().done() });
    /// assert_eq!(run.recording.outcome.unwrap().to_string(), "panic: sync: negative WaitGroup counter");
    /// ```
    #[track_caller]
    pub fn done(&self) {
        self.add(-1);
    }

    /// Takes one from the counter when the guard is dropped, as Go's `defer wg.Done()`.
    ///
    /// ```
    /// fanin::sim::run(async {
    ///     let wg = fanin::WaitGroup::new();
    ///     wg.add(1);
    ///     drop(wg.done_on_drop());
    ///     wg.wait().await;
    /// });
    /// ```
    #[must_use = "done when the guard is dropped"]
    #[track_caller]
    pub fn done_on_drop(&self) -> DoneOnDrop {
        DoneOnDrop { wg: self.clone(), site: Site::here().deferred() }
    }

    /// Adds one, and starts a task that takes it away at its end.
    ///
    /// ```
    /// let run = fanin::sim::Config::new().run(async {
    ///     let wg = fanin::WaitGroup::new();
    ///     wg.go(async { fanin::output(&"working") });
    ///     wg.wait().await;
    ///     fanin::output(&"joined");
    /// });
    /// assert_eq!(run.recording.outputs(), ["working", "joined"]);
    /// ```
    #[track_caller]
    pub fn go<F>(&self, future: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.go_at(Site::here(), future);
    }

    pub(crate) fn obj(&self) -> probe::ObjId {
        self.inner.obj.id()
    }

    /// As [`go`](Self::go), on behalf of the caller at `site`.
    #[track_caller]
    pub(crate) fn go_at<F>(&self, site: Site, future: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.add_at(site, 1);
        let done = DoneOnDrop { wg: self.clone(), site: site.deferred() };
        rt::go_at(site, async move {
            let _done = done;
            future.await;
        });
    }

    /// Waits until the counter is zero.
    ///
    /// # Panics
    ///
    /// With `sync: WaitGroup is reused before previous Wait has returned`.
    ///
    /// # Cancel safety
    ///
    /// Dropping it changes nothing.
    ///
    /// ```
    /// fanin::sim::run(async {
    ///     let wg = fanin::WaitGroup::new();
    ///     wg.go(async {});
    ///     wg.wait().await;
    ///     wg.wait().await;
    /// });
    /// ```
    #[track_caller]
    pub fn wait(&self) -> WaitGroupWait<'_> {
        self.wait_at(Site::here())
    }

    /// Waits on behalf of the caller at `site`.
    pub(crate) fn wait_at(&self, site: Site) -> WaitGroupWait<'_> {
        WaitGroupWait { wg: &self.inner, key: None, point: Point::default(), site }
    }
}

impl Default for WaitGroup {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for WaitGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitGroup").field("count", &lock(&self.inner.state).count).finish()
    }
}

impl Inner {
    fn add(&self, delta: i64) -> Result<(), Fault> {
        self.obj.check("WaitGroup.Add")?;
        let mut state = lock(&self.state);
        state.count = state.count.saturating_add(delta);
        let count = state.count;
        let mut wakes = Vec::new();
        while count == 0
            && let Some((_, wake)) = state.waiters.pop()
        {
            wakes.push(wake);
        }
        drop(state);
        probe::emit(|| What::Count { wg: self.obj.id(), delta, count });
        if count < 0 {
            return Err(Fault::panic("sync: negative WaitGroup counter"));
        }
        wakes.into_iter().for_each(super::waiter::Wake::fire);
        Ok(())
    }
}

/// Takes one from its group's counter when dropped; made by [`WaitGroup::done_on_drop`].
#[derive(Debug)]
pub struct DoneOnDrop {
    wg: WaitGroup,
    site: Deferrable,
}

impl Drop for DoneOnDrop {
    fn drop(&mut self) {
        self.wg.add_at(self.site, -1);
    }
}

/// Returned by [`WaitGroup::wait`].
#[must_use = "futures do nothing unless awaited"]
pub struct WaitGroupWait<'a> {
    wg: &'a Inner,
    key: Option<Key>,
    point: Point,
    site: Site,
}

impl Future for WaitGroupWait<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let wg = this.wg.obj.id();
        ready!(this.point.pass(cx, this.site, || Op::Wait { wg }));
        if let Err(fault) = this.wg.obj.check("WaitGroup.Wait") {
            return probe::raise(fault);
        }
        let mut old = None;
        let mut state = lock(&this.wg.state);
        if let Some(key) = this.key {
            let finished = state.waiters.finish(key, cx.waker(), &mut old);
            let count = state.count;
            drop(state);
            if finished.is_none() {
                probe::park(this.site, true, || Op::Wait { wg });
                return Poll::Pending;
            }
            this.key = None;
            probe::look(this.wg.obj);
            if count != 0 {
                return probe::raise(Fault::panic(
                    "sync: WaitGroup is reused before previous Wait has returned",
                ));
            }
            return Poll::Ready(());
        }
        if state.count == 0 {
            drop(state);
            probe::look(this.wg.obj);
            return Poll::Ready(());
        }
        this.key = Some(state.waiters.push(Party::Task(cx.waker()), ()));
        drop(state);
        probe::park(this.site, false, || Op::Wait { wg });
        Poll::Pending
    }
}

impl Drop for WaitGroupWait<'_> {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            let mut old = None;
            lock(&self.wg.state).waiters.remove(key, &mut old);
        }
    }
}

impl fmt::Debug for WaitGroupWait<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitGroupWait").finish_non_exhaustive()
    }
}
