//! The workloads of the benchmarks, generic over a library of channels and an executor.
//!
//! Every contender does the same work with the same counts, and every workload checks what came out. A message is a
//! `u64`; an operation is one message over one channel, unless a workload says otherwise.

pub mod channels;
mod clock;
pub mod entry;
pub mod executors;
pub mod workload;

use std::future::Future;

/// A library of channels.
///
/// The methods take `&mut` because some libraries want it. A capacity that a library does not have becomes
/// its smallest.
pub trait Channels: 'static {
    type Tx<T: Send + 'static>: Clone + Send + 'static;
    type Rx<T: Send + 'static>: Send + 'static;
    /// What keeps a done signal from being given.
    type Stop: Send;
    /// Told when the work is to end; in the workloads it never is.
    type Done: Send + 'static;

    fn chan<T: Send + 'static>(cap: usize) -> (Self::Tx<T>, Self::Rx<T>);

    fn send<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T) -> impl Future<Output = ()> + Send;

    /// The next value, or `None` once the channel is closed and drained.
    fn recv<T: Send + 'static>(rx: &mut Self::Rx<T>) -> impl Future<Output = Option<T>> + Send;

    /// No value will come after those already sent. Elsewhere than in Go dropping the last sender does it.
    fn close<T: Send + 'static>(tx: Self::Tx<T>) {
        drop(tx);
    }

    /// One done signal for each of `tasks` tasks.
    fn done(tasks: usize) -> (Self::Stop, Vec<Self::Done>);

    /// Go's `select { case tx <- value: case <-done: }`; whether the value was sent.
    fn send_or_done<T: Send + 'static>(
        tx: &mut Self::Tx<T>,
        value: T,
        done: &mut Self::Done,
    ) -> impl Future<Output = bool> + Send;

    /// Receives from one of two channels, in a random order if both are ready.
    fn select2(rxs: &mut [Self::Rx<u64>; 2]) -> impl Future<Output = (usize, Option<u64>)> + Send {
        async move {
            let [a, b] = rxs;
            tokio::select! {
                v = Self::recv(a) => (0, v),
                v = Self::recv(b) => (1, v),
            }
        }
    }

    /// Receives from one of eight channels, in a random order if several are ready.
    fn select8(rxs: &mut [Self::Rx<u64>; 8]) -> impl Future<Output = (usize, Option<u64>)> + Send {
        async move {
            let [a, b, c, d, e, f, g, h] = rxs;
            tokio::select! {
                v = Self::recv(a) => (0, v),
                v = Self::recv(b) => (1, v),
                v = Self::recv(c) => (2, v),
                v = Self::recv(d) => (3, v),
                v = Self::recv(e) => (4, v),
                v = Self::recv(f) => (5, v),
                v = Self::recv(g) => (6, v),
                v = Self::recv(h) => (7, v),
            }
        }
    }
}

/// Channels that several tasks can receive from.
pub trait Shared: Channels {
    fn share<T: Send + 'static>(rx: &Self::Rx<T>) -> Self::Rx<T>;
}

/// What runs the tasks.
pub trait Executor: 'static {
    /// Runs `main`, and whatever it starts, until main has returned.
    fn run<T: Send + 'static>(main: impl Future<Output = T> + Send + 'static) -> T;

    /// Starts a task whose value can be awaited.
    fn spawn<T: Send + 'static>(
        task: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = T> + Send;

    /// Starts a task that nobody waits for.
    fn go(task: impl Future<Output = ()> + Send + 'static);
}
