//! Once.

mod value;

pub use value::{OnceFunc, OnceValue};

use super::waiter::{Key, Party, WaitList, Wake};
use crate::{
    lock::{Mutex, lock},
    probe::{self, LockKind, Obj, ObjKind, Op, Point, Site, What, Who},
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

/// Runs one function once, as Go's `sync.Once`.
///
/// Clones are handles to the same once.
///
/// ```
/// use fanin::sync::Once;
/// fanin::sim::run(async {
///     let once = Once::new();
///     for _ in 0..2 {
///         once.do_once(async || fanin::output(&"only once")).await;
///     }
/// });
/// ```
#[derive(Clone)]
pub struct Once {
    inner: Arc<Inner>,
}

struct Inner {
    obj: Obj,
    state: Mutex<State>,
}

struct State {
    stage: Stage,
    waiters: WaitList<()>,
}

#[derive(Clone, Copy, Debug)]
enum Stage {
    New,
    Running,
    Done,
}

impl Once {
    /// A once that has run nothing.
    ///
    /// ```
    /// use fanin::sync::Once;
    /// fanin::sim::run(async { Once::new().do_once(async || fanin::output(&"once")).await });
    /// ```
    #[track_caller]
    pub fn new() -> Self {
        let obj = Obj::new(Site::here(), || ObjKind::Once);
        let state = State { stage: Stage::New, waiters: WaitList::new() };
        Self { inner: Arc::new(Inner { obj, state: Mutex::new(state) }) }
    }

    /// Runs `f` if this is the first call, and otherwise waits until the first call's function has ended.
    ///
    /// A function that panics, that leaves by Goexit or whose future is dropped has run as well: later
    /// calls return at once. Called from within `f`, it waits for ever.
    ///
    /// # Cancel safety
    ///
    /// The first call's future, dropped after it began, drops what `f` returned, and the once is done. Any
    /// other can be dropped without consequence.
    ///
    /// ```
    /// use fanin::sync::Once;
    /// let run = fanin::sim::Config::new().run(async {
    ///     let once = Once::new();
    ///     once.do_once(async || fanin::output(&"first")).await;
    ///     once.do_once(async || fanin::output(&"second")).await;
    /// });
    /// assert_eq!(run.recording.outputs(), ["first"]);
    /// ```
    #[track_caller]
    pub fn do_once<F: AsyncFnOnce()>(&self, f: F) -> impl Future<Output = ()> + use<F> {
        let begin =
            Begin { once: self.inner.clone(), key: None, point: Point::default(), site: Site::here() };
        async move {
            if let Some(_done) = begin.await {
                f().await;
            }
        }
    }
}

impl Default for Once {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").field("stage", &lock(&self.inner.state).stage).finish()
    }
}

impl Inner {
    fn end(&self) {
        let mut state = lock(&self.state);
        state.stage = Stage::Done;
        let mut wakes = Vec::new();
        while let Some((_, wake)) = state.waiters.pop() {
            wakes.push(wake);
        }
        drop(state);
        probe::emit(|| What::Release { lock: self.obj.id(), kind: LockKind::Once });
        wakes.into_iter().for_each(Wake::fire);
    }
}

/// The function of a once runs; when this is dropped it has ended.
struct Running {
    once: Arc<Inner>,
    site: Site,
}

impl Drop for Running {
    fn drop(&mut self) {
        let once = self.once.clone();
        let op = || Op::Unlock { lock: self.once.obj.id(), kind: LockKind::Once };
        probe::act(self.site.deferred(), op, move || {
            once.end();
            Ok(())
        });
    }
}

/// Gives `Running` to the first, and nothing to the others once that has ended.
struct Begin {
    once: Arc<Inner>,
    key: Option<Key>,
    point: Point,
    site: Site,
}

impl Future for Begin {
    type Output = Option<Running>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Running>> {
        let this = &mut *self;
        let (id, kind) = (this.once.obj.id(), LockKind::Once);
        ready!(this.point.pass(cx, this.site, || Op::Lock { lock: id, kind }));
        if let Err(fault) = this.once.obj.check("use of a once") {
            return probe::raise(fault);
        }
        let mut old = None;
        let mut state = lock(&this.once.state);
        if let Some(key) = this.key {
            let finished = state.waiters.finish(key, cx.waker(), &mut old);
            drop(state);
            if finished.is_none() {
                probe::park(this.site, true, || Op::Lock { lock: id, kind });
                return Poll::Pending;
            }
            this.key = None;
            probe::emit(|| What::Look { obj: id });
            return Poll::Ready(None);
        }
        match state.stage {
            Stage::New => {
                state.stage = Stage::Running;
                drop(state);
                let holder = Who::current();
                probe::emit(|| What::Acquire { lock: id, kind, holder: holder.id() });
                Poll::Ready(Some(Running { once: this.once.clone(), site: this.site }))
            }
            Stage::Running => {
                this.key = Some(state.waiters.push(Party::Task(cx.waker()), ()));
                drop(state);
                probe::park(this.site, false, || Op::Lock { lock: id, kind });
                Poll::Pending
            }
            Stage::Done => {
                drop(state);
                probe::emit(|| What::Look { obj: id });
                Poll::Ready(None)
            }
        }
    }
}

impl Drop for Begin {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            let mut old = None;
            lock(&self.once.state).waiters.remove(key, &mut old);
        }
    }
}
