use std::sync::Arc;

use super::stage::{forward, receive};
use crate::{Context, Receiver, WaitGroup, chan, go};

/// A fixed number of workers on one queue of jobs; the results come in the order in which they are done.
///
/// ```go
/// func workerPool[J, R any](ctx context.Context, workers int, jobs <-chan J, work func(J) R) <-chan R {
///     results := make(chan R)
///     var wg sync.WaitGroup
///     for range workers {
///         wg.Go(func() {
///             for job := range jobs {
///                 select {
///                 case results <- work(job):
///                 case <-ctx.Done():
///                     return
///                 }
///             }
///         })
///     }
///     go func() {
///         wg.Wait()
///         close(results)
///     }()
///     return results
/// }
/// ```
///
/// At most `workers` jobs are under way at a time. The results close once the jobs are closed and every worker
/// has ended; with no workers, at once. For a queue ahead of the workers give it a buffered channel.
///
/// # Cancel
///
/// Idle workers end, and so do those whose result nobody takes. A job under way is not cut off: it ends by
/// itself, or watches the context itself.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use fanin::{Context, patterns::{generator, worker_pool}, time};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let jobs = generator(&ctx, [3, 1, 2]);
///     let results = worker_pool(&ctx, 3, jobs, |secs| async move {
///         time::sleep(Duration::from_secs(secs)).await;
///         secs
///     });
///     (results.recv().await, results.recv().await, results.recv().await, results.recv().await)
/// });
/// assert_eq!(run.value, Some((Some(1), Some(2), Some(3), None)));
/// ```
#[track_caller]
pub fn worker_pool<J, R, F>(
    ctx: &Context,
    workers: usize,
    jobs: Receiver<J>,
    work: impl Fn(J) -> F + Send + Sync + 'static,
) -> Receiver<R>
where
    J: Send + 'static,
    R: Send + 'static,
    F: Future<Output = R> + Send + 'static,
{
    let work = Arc::new(work);
    let wg = WaitGroup::new();
    let (tx, rx) = chan(0);
    for _ in 0..workers {
        let (done, jobs, work, tx) = (ctx.done(), jobs.clone(), work.clone(), tx.clone());
        wg.go(async move {
            while let Some(job) = receive(&done, &jobs).await {
                if !forward(&done, &tx, work(job).await).await {
                    return;
                }
            }
        });
    }
    go(async move {
        wg.wait().await;
        tx.close();
    });
    rx
}
