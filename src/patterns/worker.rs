use crate::{
    Context, Receiver, chan,
    context::{CancelFunc, CancelOnDrop},
    go,
};

/// A task with a handle to stop it and to wait for its end.
///
/// ```go
/// type worker struct {
///     cancel context.CancelFunc
///     done   chan struct{}
/// }
///
/// func startWorker(ctx context.Context, run func(context.Context)) *worker {
///     ctx, cancel := context.WithCancel(ctx)
///     w := &worker{cancel, make(chan struct{})}
///     go func() {
///         defer close(w.done)
///         run(ctx)
///     }()
///     return w
/// }
///
/// func (w *worker) stop() { w.cancel() }
/// func (w *worker) wait() { <-w.done }
/// ```
///
/// Whoever has the worker owns its end: a stop asks for it and returns, a wait is for the end itself, however
/// long the task takes to notice. Clones are handles to the same worker.
///
/// # Cancel
///
/// The task's context ends with the one it was started with; it is for the task to heed it.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use fanin::{Context, output, patterns::Worker, select, time::Ticker};
///
/// let run = fanin::sim::Config::new().run(async {
///     let worker = Worker::start(&Context::background(), |ctx| async move {
///         let ticker = Ticker::new(Duration::from_secs(1));
///         loop {
///             select! {
///                 _ = ticker.recv() => output(&"flush"),
///                 _ = ctx.done().recv() => break,
///             }
///         }
///         output(&"last flush");
///     });
///     fanin::time::sleep(Duration::from_millis(2500)).await;
///     worker.stop();
///     worker.wait().await;
/// });
/// assert_eq!(run.recording.outputs(), ["flush", "flush", "last flush"]);
/// ```
#[derive(Clone, Debug)]
pub struct Worker {
    cancel: CancelFunc,
    ended: Receiver<()>,
}

impl Worker {
    /// Starts the task, which gets a context of its own.
    ///
    /// ```
    /// use fanin::{Context, patterns::Worker};
    /// fanin::sim::run(async {
    ///     let worker = Worker::start(&Context::background(), |ctx| async move { _ = ctx.done().recv().await });
    ///     worker.stop();
    ///     worker.wait().await;
    /// });
    /// ```
    #[track_caller]
    pub fn start<F>(parent: &Context, run: impl FnOnce(Context) -> F) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (ctx, cancel) = parent.with_cancel();
        let (tx, ended) = chan(0);
        let close = tx.close_on_drop();
        let running = run(ctx);
        go(async move {
            let _close = close;
            running.await;
        });
        Self { cancel, ended }
    }

    /// Asks the task to end, and does not wait for it.
    ///
    /// ```
    /// use fanin::{Context, patterns::Worker};
    /// fanin::sim::run(async {
    ///     let worker = Worker::start(&Context::background(), |ctx| async move { _ = ctx.done().recv().await });
    ///     worker.stop();
    ///     worker.stop();
    /// });
    /// ```
    #[track_caller]
    pub fn stop(&self) {
        self.cancel.cancel();
    }

    /// Asks the task to end when the guard is dropped.
    ///
    /// ```
    /// use fanin::{Context, patterns::Worker};
    /// fanin::sim::run(async {
    ///     let worker = Worker::start(&Context::background(), |ctx| async move { _ = ctx.done().recv().await });
    ///     drop(worker.stop_on_drop());
    ///     worker.wait().await;
    /// });
    /// ```
    #[must_use = "stopped when the guard is dropped"]
    #[track_caller]
    pub fn stop_on_drop(&self) -> CancelOnDrop {
        self.cancel.clone().on_drop()
    }

    /// Waits until the task has ended: returned, panicked, or left by Goexit.
    ///
    /// # Cancel safety
    ///
    /// Dropping it changes nothing.
    ///
    /// ```
    /// use fanin::{Context, patterns::Worker};
    /// fanin::sim::run(async {
    ///     let worker = Worker::start(&Context::background(), |_| async {});
    ///     worker.wait().await;
    ///     worker.wait().await;
    /// });
    /// ```
    #[track_caller]
    pub fn wait(&self) -> impl Future<Output = ()> + Send + '_ {
        let ended = self.ended.recv();
        async move {
            ended.await;
        }
    }
}
