use std::time::Duration;

use crate::{Context, JoinHandle, go};

/// Starts work that outlives a request: it has the values of the request's context, and neither its cancel nor its
/// deadline, but at most the time that it is given.
///
/// ```go
/// func detached(ctx context.Context, limit time.Duration, work func(context.Context)) {
///     ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
///     go func() {
///         defer cancel()
///         work(ctx)
///     }()
/// }
/// ```
///
/// For what has to be done after the answer, such as publishing that it was given. The values, such as the
/// request's id, stay readable; the limit is there because nobody else would ever stop it.
///
/// # Cancel
///
/// That of `ctx` changes nothing, before or after. The work's own context ends at its limit.
///
/// # Panics
///
/// Outside a runtime.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use fanin::{Context, output, patterns::detached, time::sleep};
///
/// let run = fanin::sim::Config::new().run(async {
///     let (ctx, cancel) = Context::background().with_value("id", "r-17").with_cancel();
///     detached(&ctx, Duration::from_secs(60), |ctx| async move {
///         sleep(Duration::from_secs(1)).await;
///         assert_eq!(ctx.err(), None);
///         output(ctx.value::<_, &str>(&"id").unwrap());
///     });
///     cancel.cancel();
/// });
/// assert_eq!(run.recording.outputs(), ["r-17"]);
/// ```
#[track_caller]
pub fn detached<F>(ctx: &Context, limit: Duration, work: impl FnOnce(Context) -> F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let (ctx, cancel) = ctx.without_cancel().with_timeout(limit);
    let cancel = cancel.on_drop();
    let work = work(ctx);
    go(async move {
        let _cancel = cancel;
        work.await
    })
}
