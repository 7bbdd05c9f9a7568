//! Timers that start a task.

use crate::{
    lock::{Mutex, lock},
    probe::{self, Access, Obj, ObjKind, Site, Value, What},
    rt::{Handle, TimerId, go_at, time::now},
};
use futures::future::BoxFuture;
use std::{
    fmt,
    future::Future,
    sync::Arc,
    task::{Wake, Waker},
    time::Duration,
};

/// Starts a task after `d` that calls `f` and runs the future that it gives, as Go's `time.AfterFunc`.
///
/// # Panics
///
/// Outside a runtime.
///
/// ```
/// use fanin::{chan, time::{after_func, now}};
/// use std::time::Duration;
/// let at = fanin::sim::run(async {
///     let (tx, rx) = chan(1);
///     after_func(Duration::from_secs(1), move || {
///         let tx = tx.clone();
///         async move { tx.send(now()).await }
///     });
///     rx.recv().await
/// });
/// assert_eq!(at.unwrap().nanos(), 1_000_000_000);
/// ```
#[track_caller]
pub fn after_func<F>(d: Duration, f: impl Fn() -> F + Send + Sync + 'static) -> FuncTimer
where
    F: Future<Output = ()> + Send + 'static,
{
    let site = Site::here();
    let inner = Inner {
        obj: Obj::new(site, || ObjKind::Timer),
        site,
        f: Box::new(move || Box::pin(f())),
        state: Mutex::default(),
    };
    let timer = FuncTimer { inner: Arc::new(inner) };
    timer.inner.set(Some(d));
    timer
}

/// A timer made by [`after_func`]. Dropped, it goes on.
///
/// There is nothing to receive from it:
///
/// ```compile_fail,E0599
/// let timer = fanin::time::after_func(std::time::Duration::ZERO, || async {});
/// let at = timer.recv();
/// ```
#[derive(Clone)]
pub struct FuncTimer {
    inner: Arc<Inner>,
}

impl FuncTimer {
    /// Stops the timer: true if that keeps the task from being started. It does not wait for one that runs.
    ///
    /// ```
    /// use fanin::time::after_func;
    /// fanin::sim::run(async {
    ///     let timer = after_func(std::time::Duration::from_secs(1), || async { unreachable!() });
    ///     assert!(timer.stop());
    ///     assert!(!timer.stop());
    /// });
    /// ```
    pub fn stop(&self) -> bool {
        self.inner.set(None)
    }

    /// Starts the timer again for `d` from now: true if it was running. A task may reset its own timer.
    ///
    /// # Panics
    ///
    /// Outside a runtime.
    ///
    /// ```
    /// use fanin::{output, sim::Config, time::after_func};
    /// use std::time::Duration;
    /// let second = Duration::from_secs(1);
    /// let run = Config::new().run(async move {
    ///     let timer = after_func(second, || async { output(&"ran") });
    ///     fanin::time::sleep(2 * second).await;
    ///     assert!(!timer.reset(second));
    ///     fanin::time::sleep(2 * second).await;
    /// });
    /// assert_eq!(run.recording.outputs(), ["ran", "ran"]);
    /// ```
    pub fn reset(&self, d: Duration) -> bool {
        self.inner.set(Some(d))
    }
}

impl fmt::Debug for FuncTimer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FuncTimer").field("runs", &lock(&self.inner.state).alarm.is_some()).finish()
    }
}

struct Inner {
    obj: Obj,
    site: Site,
    f: Box<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// While it runs.
    alarm: Option<(Handle, TimerId)>,
    /// How often it was set: an alarm of an earlier setting that comes late is none.
    settings: u64,
}

impl Inner {
    /// Stops it, or starts it again; true if it was running.
    fn set(self: &Arc<Self>, again: Option<Duration>) -> bool {
        probe::look(self.obj);
        probe::emit(|| What::Access { obj: self.obj.id(), access: Access::Update, value: Value::Unit });
        let mut state = lock(&self.state);
        state.settings += 1;
        let before = state.alarm.take();
        if let Some((handle, id)) = &before {
            handle.runtime().cancel_timer(*id);
        }
        if again.is_some() {
            probe::emit(|| What::Arm { timer: self.obj.id() });
        }
        state.alarm = again.map(|d| {
            let (handle, setting) = (Handle::current(), state.settings);
            let waker = Waker::from(Arc::new(Alarm { timer: self.clone(), setting }));
            let id = handle.runtime().set_timer(now() + d, waker);
            (handle, id)
        });
        before.is_some()
    }
}

/// Starts the task.
struct Alarm {
    timer: Arc<Inner>,
    setting: u64,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        let timer = &self.timer;
        probe::emit(|| What::Look { obj: timer.obj.id() });
        let due = {
            let mut state = lock(&timer.state);
            state.settings == self.setting && state.alarm.take().is_some()
        };
        if due {
            let timer = timer.clone();
            // In the task, not in what lets alarms go off: a slow function would hold up the other timers.
            go_at(timer.site, async move {
                let task = (timer.f)();
                drop(timer);
                task.await;
            });
        }
    }
}
