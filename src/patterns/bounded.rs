use std::sync::Arc;

use super::stage::{forward, receive};
use crate::{Context, Receiver, WaitGroup, chan, go};

/// Does jobs that may fail with a fixed number of workers: the results on one channel, the errors on another.
///
/// ```go
/// func bounded[J, R any](
///     ctx context.Context, workers int, jobs <-chan J, work func(J) (R, error),
/// ) (<-chan R, <-chan error) {
///     results, errs := make(chan R), make(chan error)
///     var wg sync.WaitGroup
///     for range workers {
///         wg.Go(func() {
///             for job := range jobs {
///                 result, err := work(job)
///                 if err != nil {
///                     select {
///                     case errs <- err:
///                         continue
///                     case <-ctx.Done():
///                         return
///                     }
///                 }
///                 select {
///                 case results <- result:
///                 case <-ctx.Done():
///                     return
///                 }
///             }
///         })
///     }
///     go func() {
///         wg.Wait()
///         close(results)
///         close(errs)
///     }()
///     return results, errs
/// }
/// ```
///
/// However many jobs there are, at most `workers` are under way, so that a tree of any size can be digested with a
/// few open files. An error does not end it: that is for the consumer to decide, who cancels. Both channels
/// have to be received from, for a worker waits with an error as it does with a result; both close
/// after the last job.
///
/// # Cancel
///
/// Idle workers end, and so do those whose result or error nobody takes. A job under way is not cut off.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{bounded, generator}};
/// use futures::StreamExt;
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let texts = generator(&ctx, ["1", "two", "3"]);
///     let (numbers, errors) = bounded(&ctx, 2, texts, |text| async move { text.parse::<u32>() });
///     let failed = fanin::go(async move { errors.stream().count().await });
///     let sum = numbers.stream().fold(0, |sum, n| async move { sum + n }).await;
///     (sum, failed.await.unwrap())
/// });
/// assert_eq!(run.value, Some((4, 1)));
/// ```
#[track_caller]
pub fn bounded<J, R, E, F>(
    ctx: &Context,
    workers: usize,
    jobs: Receiver<J>,
    work: impl Fn(J) -> F + Send + Sync + 'static,
) -> (Receiver<R>, Receiver<E>)
where
    J: Send + 'static,
    R: Send + 'static,
    E: Send + 'static,
    F: Future<Output = Result<R, E>> + Send + 'static,
{
    let work = Arc::new(work);
    let wg = WaitGroup::new();
    let ((results, results_rx), (errors, errors_rx)) = (chan(0), chan(0));
    for _ in 0..workers {
        let (done, jobs, work) = (ctx.done(), jobs.clone(), work.clone());
        let (results, errors) = (results.clone(), errors.clone());
        wg.go(async move {
            while let Some(job) = receive(&done, &jobs).await {
                let taken = match work(job).await {
                    Ok(result) => forward(&done, &results, result).await,
                    Err(error) => forward(&done, &errors, error).await,
                };
                if !taken {
                    return;
                }
            }
        });
    }
    go(async move {
        wg.wait().await;
        results.close();
        errors.close();
    });
    (results_rx, errors_rx)
}
