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

use super::{Handle, Runtime, TimerId, alarms::Alarms, clock::Clock, go, time::Instant};
use crate::{lock::lock, probe::TaskId};
use futures::{FutureExt, future::BoxFuture};
use std::{
    cell::RefCell,
    collections::VecDeque,
    future::Future,
    panic::Location,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
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
        let local = Arc::new(Local {
            clock: Clock::new(self.paused),
            alarms: Mutex::default(),
            tasks: AtomicU32::new(0),
            outside: Mutex::default(),
            called: AtomicBool::new(false),
            thread: std::thread::current(),
        });
        let _entered = Handle::new(local.clone()).enter();
        let _here = Here::enter(&local);
        let main = go(main);
        Executor { local, tasks: Vec::new(), free: Vec::new() }.run();
        main.now_or_never().and_then(Result::ok).expect("the main task has returned")
    }
}

struct Local {
    clock: Clock,
    alarms: Mutex<Alarms>,
    /// How many tasks were started.
    tasks: AtomicU32,
    /// What other threads have started and woken.
    outside: Mutex<Ready>,
    /// There is something in `outside`.
    called: AtomicBool,
    thread: Thread,
}

/// Tasks to be started, and tasks to be polled.
#[derive(Default)]
struct Ready {
    started: Vec<BoxFuture<'static, ()>>,
    woken: VecDeque<u32>,
}

thread_local! {
    /// The runtime that runs on this thread, by its address, with what is ready in it.
    static HERE: RefCell<(usize, Ready)> =
        const { RefCell::new((0, Ready { started: Vec::new(), woken: VecDeque::new() })) };
}

/// Restores, when dropped, the runtime that ran on this thread before.
struct Here((usize, Ready));

impl Here {
    fn enter(local: &Arc<Local>) -> Self {
        Self(HERE.replace((Arc::as_ptr(local).addr(), Ready::default())))
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        let ready = HERE.replace(std::mem::take(&mut self.0));
        drop(ready);
    }
}

impl Local {
    /// Changes what is ready, if this thread is the one that runs it.
    #[inline]
    fn here(&self, change: impl FnOnce(&mut Ready)) -> bool {
        let changed = HERE.try_with(|here| {
            let (running, ready) = &mut *here.borrow_mut();
            let here = *running == std::ptr::from_ref(self).addr();
            if here {
                change(ready);
            }
            here
        });
        changed == Ok(true)
    }

    /// Changes what is ready, from another thread.
    fn outside(&self, change: impl FnOnce(&mut Ready)) {
        change(&mut lock(&self.outside));
        self.called.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

impl Runtime for Local {
    fn spawn(&self, task: BoxFuture<'static, ()>, _: &'static Location<'static>) -> TaskId {
        let mut task = Some(task);
        if !self.here(|ready| ready.started.extend(task.take())) {
            self.outside(|ready| ready.started.extend(task));
        }
        TaskId(self.tasks.fetch_add(1, Ordering::Relaxed) + 1)
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

    fn random(&self) -> Option<u64> {
        Some(fastrand::u64(..))
    }
}

/// Wakes a task, by its place among the tasks. A place is used again, so a late wake may reach another task, which
/// then finds that it still waits.
struct Wakeup {
    local: Arc<Local>,
    place: u32,
    /// It is among those that this thread woke. Other threads do not look at it.
    queued: AtomicBool,
}

impl Wake for Wakeup {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let here = self.local.here(|ready| {
            if !self.queued.load(Ordering::Relaxed) {
                self.queued.store(true, Ordering::Relaxed);
                ready.woken.push_back(self.place);
            }
        });
        if !here {
            self.local.outside(|ready| ready.woken.push_back(self.place));
        }
    }
}

struct Task {
    future: BoxFuture<'static, ()>,
    wakeup: Arc<Wakeup>,
    waker: Waker,
}

struct Executor {
    local: Arc<Local>,
    tasks: Vec<Option<Task>>,
    free: Vec<u32>,
}

/// The place of the main task.
const MAIN: u32 = 0;

/// How many polls there are between two looks at the clock and at the other threads.
const ROUND: u32 = 64;

impl Executor {
    /// Runs until the main task, the first, has ended.
    fn run(mut self) {
        let mut polls = 0;
        while self.main_lives() {
            match self.next() {
                Some(place) => {
                    self.poll(place);
                    polls += 1;
                    if polls % ROUND == 0 {
                        self.look_outside();
                    }
                }
                None if self.look_outside() => {}
                None => self.local.clock.wait(lock(&self.local.alarms).next(), true),
            }
        }
    }

    /// Before its first poll main is among those that were started.
    fn main_lives(&self) -> bool {
        self.tasks.get(MAIN as usize).is_none_or(Option::is_some)
    }

    fn poll(&mut self, place: u32) {
        let Some(task) = &mut self.tasks[place as usize] else { return };
        task.wakeup.queued.store(false, Ordering::Relaxed);
        let polled = task.future.as_mut().poll(&mut Context::from_waker(&task.waker));
        if polled == Poll::Ready(()) {
            self.tasks[place as usize] = None;
            // Main's place stays empty, whatever main started last.
            if place != MAIN {
                self.free.push(place);
            }
        }
    }

    /// The next task to poll. Those that were started come after those that were woken before.
    fn next(&mut self) -> Option<u32> {
        HERE.with_borrow_mut(|(_, ready)| {
            for future in ready.started.drain(..) {
                let next = u32::try_from(self.tasks.len()).expect("fewer than 2^32 tasks");
                let place = self.free.pop().unwrap_or(next);
                let wakeup =
                    Arc::new(Wakeup { local: self.local.clone(), place, queued: AtomicBool::new(true) });
                let task = Some(Task { future, waker: wakeup.clone().into(), wakeup });
                if place == next {
                    self.tasks.push(task);
                } else {
                    self.tasks[place as usize] = task;
                }
                ready.woken.push_back(place);
            }
            ready.woken.pop_front()
        })
    }

    /// Takes in what other threads did and lets alarms go off; true if there was anything.
    fn look_outside(&mut self) -> bool {
        let mut found = false;
        if self.local.called.swap(false, Ordering::AcqRel) {
            let Ready { started, woken } = std::mem::take(&mut *lock(&self.local.outside));
            HERE.with_borrow_mut(|(_, ready)| {
                ready.started.extend(started);
                ready.woken.extend(woken);
            });
            found = true;
        }
        if lock(&self.local.alarms).next().is_none() {
            return found;
        }
        let now = self.local.clock.now();
        while let Some(waker) = { lock(&self.local.alarms).due(now) } {
            waker.wake();
            found = true;
        }
        found
    }
}
