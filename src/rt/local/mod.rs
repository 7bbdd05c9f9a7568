//! A runtime for one thread, on the real clock: the quickest there is.
//!
//! ```
//! use fanin::{chan, go, rt::local};
//!
//! let sum: u32 = local::run(async {
//!     let (tx, rx) = chan(0);
//!     go(async move {
//!         for n in 1..=3 {
//!             tx.send(n).await;
//!         }
//!         tx.close();
//!     });
//!     let mut sum = 0;
//!     while let Some(n) = rx.recv().await {
//!         sum += n;
//!     }
//!     sum
//! });
//! assert_eq!(sum, 6);
//! ```

mod executor;
mod here;
mod wakers;

pub(super) use here::Place;

use super::{Handle, Runtime, TimerId, alarms::Alarms, clock::Clock, go, time::Instant};
use crate::{lock::lock, probe::TaskId};
use executor::Executor;
use futures::{FutureExt, future::BoxFuture};
use here::RunId;
use std::{
    future::Future,
    mem,
    panic::Location,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    task::Waker,
    thread::Thread,
};

/// Runs a program on this thread and gives the value of its main task; see [`Config::run`].
///
/// # Panics
///
/// With the panic of a task. In WebAssembly, which cannot wait, also when every task waits.
///
/// ```
/// assert_eq!(fanin::rt::local::run(async { 6 * 7 }), 42);
/// ```
pub fn run<F>(main: F) -> F::Output
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    Config::new().run(main)
}

/// How a program runs on one thread.
#[derive(Clone, Debug, Default)]
pub struct Config {
    paused: bool,
}

impl Config {
    /// On the real clock.
    ///
    /// ```
    /// assert_eq!(fanin::rt::local::Config::new().run(async { 6 * 7 }), 42);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the clock while any task can run, and moves it to the next timer when none can: for tests that take no
    /// time.
    ///
    /// ```
    /// use fanin::{rt::local::Config, time::{now, sleep}};
    /// use std::time::Duration;
    ///
    /// let hour = Duration::from_secs(3600);
    /// let slept = Config::new().paused_clock().run(async move {
    ///     let start = now();
    ///     sleep(hour).await;
    ///     now().since(start)
    /// });
    /// assert_eq!(slept, hour);
    /// ```
    #[must_use]
    pub fn paused_clock(self) -> Self {
        Self { paused: true }
    }

    /// Runs a program on this thread and gives the value of its main task.
    ///
    /// As in Go, the program ends when its main task returns: the others are dropped where they wait. A panic of any
    /// task ends it too. Where nothing can move any more this waits for ever, or for what another thread may do.
    ///
    /// # Panics
    ///
    /// With the panic of a task. In WebAssembly, which cannot wait, also when every task waits.
    ///
    /// ```
    /// use fanin::{chan, go, rt::local::Config};
    /// let (tx, rx) = chan(1);
    /// Config::new().run(async move {
    ///     go(async move { tx.send(7).await });
    ///     assert_eq!(rx.recv().await, Some(7));
    /// });
    /// ```
    pub fn run<F>(&self, main: F) -> F::Output
    where
        F: Future + Send + 'static,
        F::Output: Send,
    {
        let run = RunId::new();
        let local = Arc::new(Local {
            run,
            clock: Clock::new(self.paused),
            alarms: Mutex::default(),
            tasks: AtomicU32::new(0),
            outside: Mutex::default(),
            called: AtomicBool::new(false),
            thread: std::thread::current(),
        });
        here::enrol(run, Arc::downgrade(&local));
        let _entered = Handle::new(local.clone()).enter();
        let _left = Left(local.clone());
        let _here = here::enter(run);
        let main = go(main);
        Executor::new(local).run();
        main.now_or_never().and_then(Result::ok).expect("the main task has returned")
    }
}

/// Tasks, each at its place until it has ended.
type Tasks = Vec<Option<BoxFuture<'static, ()>>>;

struct Local {
    run: RunId,
    clock: Clock,
    alarms: Mutex<Alarms>,
    /// How many tasks were started.
    tasks: AtomicU32,
    /// What other threads have started and woken.
    outside: Mutex<Outside>,
    /// There is something in `outside`.
    called: AtomicBool,
    thread: Thread,
}

/// Tasks to be started, and places of tasks to be polled.
#[derive(Default)]
struct Outside {
    started: Tasks,
    woken: Vec<u32>,
}

impl Local {
    /// Changes what is to be done, from another thread.
    fn outside(&self, change: impl FnOnce(&mut Outside)) {
        change(&mut lock(&self.outside));
        self.called.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// Drops, after the tasks, what else a run leaves behind: it may hold the runtime that holds it.
struct Left(Arc<Local>);

impl Drop for Left {
    fn drop(&mut self) {
        let alarms = mem::take(&mut *lock(&self.0.alarms));
        drop(alarms);
        let outside = mem::take(&mut *lock(&self.0.outside));
        drop(outside);
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        here::strike_off(self.run);
    }
}

impl Runtime for Local {
    fn spawn(&self, task: BoxFuture<'static, ()>, _: &'static Location<'static>) -> TaskId {
        let mut task = Some(task);
        if !here::if_here(self.run, |here| here.started.push(task.take())) {
            self.outside(|outside| outside.started.push(task));
        }
        TaskId(self.tasks.fetch_add(1, Ordering::Relaxed).wrapping_add(1))
    }

    fn now(&self) -> Instant {
        self.clock.now()
    }

    fn set_timer(&self, at: Instant, waker: Waker) -> TimerId {
        let (id, first) = lock(&self.alarms).set(at, waker);
        if first {
            self.thread.unpark();
        }
        id
    }

    fn cancel_timer(&self, timer: TimerId) {
        let waker = lock(&self.alarms).cancel(timer);
        drop(waker);
    }

    fn choose(&self, n: u32) -> u32 {
        fastrand::u32(..n)
    }

    fn leaves_to_chance(&self) -> bool {
        true
    }
}
