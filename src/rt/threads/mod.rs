//! Native threads as a runtime, on the real clock (feature `threads`).
//!
//! The tasks run on the multi-threaded executor of [tokio](https://docs.rs/tokio), and on nothing else of it: time,
//! and all that waits, are this crate's. Each program has workers of its own, and can be [started](Config::start) and
//! awaited inside any other runtime, one of tokio's too.
//!
//! ```
//! use fanin::{chan, go, rt::threads};
//!
//! let total: u32 = threads::run(async {
//!     let (tx, rx) = chan(8);
//!     for n in 0..4 {
//!         let tx = tx.clone();
//!         go(async move { tx.send(n).await });
//!     }
//!     let mut total = 0;
//!     for _ in 0..4 {
//!         total += rx.recv().await.unwrap();
//!     }
//!     total
//! });
//! assert_eq!(total, 6);
//! ```

mod keeper;
mod program;
mod shared;
mod task;

pub use program::{Ended, Left, Program};

use super::{Handle, go};
use keeper::Keeper;
use shared::Threads;
use std::{future::Future, mem, num::NonZero, panic::resume_unwind, sync::Arc, thread, time::Duration};

/// Runs a program on as many workers as the machine runs threads at once; see [`Config::run`].
///
/// # Panics
///
/// With the panic of a task.
///
/// ```
/// assert_eq!(fanin::rt::threads::run(async { 6 * 7 }), 42);
/// ```
pub fn run<F>(main: F) -> F::Output
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    Config::new().run(main)
}

/// How a program runs on threads.
#[derive(Clone, Debug)]
pub struct Config {
    workers: Option<NonZero<usize>>,
    grace: Duration,
    paused: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}

impl Config {
    /// As many workers as the machine runs threads at once, and no grace.
    ///
    /// ```
    /// assert_eq!(fanin::rt::threads::Config::new().run(async { 6 * 7 }), 42);
    /// ```
    pub fn new() -> Self {
        Self { workers: None, grace: Duration::ZERO, paused: false }
    }

    /// Sets how many tasks can run at the same moment.
    ///
    /// # Panics
    ///
    /// If `n` is 0.
    ///
    /// ```
    /// use fanin::rt::threads::Config;
    /// assert_eq!(Config::new().workers(2).run(async { fanin::go(async { 7 }).await.unwrap() }), 7);
    /// ```
    #[must_use]
    pub fn workers(self, n: usize) -> Self {
        Self { workers: Some(NonZero::new(n).expect("a program needs a worker")), ..self }
    }

    /// Sets how long the other tasks may go on after the main task has returned. Go gives them no time at all, as
    /// does this without a grace.
    ///
    /// ```
    /// use fanin::{go, rt::threads::Config, time::sleep};
    /// use std::{sync::mpsc, time::Duration};
    ///
    /// let (tx, rx) = mpsc::channel();
    /// Config::new().grace(Duration::from_secs(60)).run(async move {
    ///     go(async move {
    ///         sleep(Duration::from_millis(1)).await;
    ///         tx.send("flushed").unwrap();
    ///     });
    /// });
    /// assert_eq!(rx.try_recv(), Ok("flushed"));
    /// ```
    #[must_use]
    pub fn grace(self, grace: Duration) -> Self {
        Self { grace, ..self }
    }

    /// Stops the clock while any task can run, and moves it to the next timer when none can: for tests on threads
    /// that take no time. What other threads do meanwhile does not hold it back.
    ///
    /// ```
    /// use fanin::{rt::threads::Config, time::{now, sleep}};
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
        Self { paused: true, ..self }
    }

    /// Runs a program and gives the value of its main task. The calling thread waits, also where that is a worker of
    /// another executor.
    ///
    /// As in Go, the program ends when its main task returns: once the [grace](Self::grace) is over the others are
    /// dropped where they wait. A panic of any task ends it too.
    ///
    /// # Panics
    ///
    /// With the panic of a task, or if the system gives no thread.
    ///
    /// ```
    /// use fanin::{WaitGroup, rt::threads::Config};
    /// Config::new().workers(2).run(async {
    ///     let wg = WaitGroup::new();
    ///     for _ in 0..8 {
    ///         wg.go(async {});
    ///     }
    ///     wg.wait().await;
    /// });
    /// ```
    pub fn run<F>(&self, main: F) -> F::Output
    where
        F: Future + Send + 'static,
        F::Output: Send,
    {
        self.keep(main, |ended| ended.value).join().flatten().unwrap_or_else(|payload| resume_unwind(payload))
    }

    /// Starts a program, to be awaited from any runtime.
    ///
    /// # Panics
    ///
    /// If the system gives no thread.
    ///
    /// ```
    /// use fanin::{go, rt::threads::Config, sync::Receiver};
    ///
    /// let service = tokio::runtime::Builder::new_current_thread().build().unwrap();
    /// let ended = service.block_on(Config::new().workers(1).start(async {
    ///     go(async { Receiver::<u32>::never().recv().await });
    ///     "done"
    /// }));
    /// assert_eq!(ended.value.unwrap(), "done");
    /// assert_eq!(ended.left.len(), 1, "it waits for ever: {:?}", ended.left);
    /// ```
    pub fn start<F>(&self, main: F) -> Program<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send,
    {
        let (end, program) = Program::new();
        self.keep(main, |ended| end.send(ended));
        program
    }

    /// Starts a program and a thread that keeps it to its end, and then does `then`: the caller's may be a worker of
    /// another executor, where none may be dropped.
    fn keep<F, R>(
        &self,
        main: F,
        then: impl FnOnce(Ended<F::Output>) -> R + Send + 'static,
    ) -> thread::JoinHandle<R>
    where
        F: Future + Send + 'static,
        F::Output: Send,
        R: Send + 'static,
    {
        let keeper = self.prepare(main);
        let keep = move || then(keeper.keep());
        thread::Builder::new().name("fanin-keeper".into()).spawn(keep).expect("the system gives a thread")
    }

    fn prepare<F>(&self, main: F) -> Keeper<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send,
    {
        let threads = Threads::new(self.paused);
        let mut executor = tokio::runtime::Builder::new_multi_thread();
        if let Some(workers) = self.workers {
            executor.worker_threads(workers.get());
        }
        executor.thread_name("fanin").on_thread_start({
            // The program holds the executor, which holds this.
            let threads = Arc::downgrade(&threads);
            move || {
                if let Some(threads) = threads.upgrade() {
                    // For as long as the thread lives.
                    mem::forget(Handle::new(threads).enter());
                }
            }
        });
        let executor = executor.build().expect("the system gives a thread");
        threads.run_on(executor.handle());
        let main = {
            let _entered = Handle::new(threads.clone()).enter();
            go(main)
        };
        Keeper { threads, executor, main, grace: self.grace }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_of_a_program() {
        let keeper = Config::new().workers(2).prepare(async { 7 });
        let left = Arc::downgrade(&keeper.threads);
        assert!(keeper.keep().value.is_ok_and(|n| n == 7));
        assert!(left.upgrade().is_none());
    }
}
