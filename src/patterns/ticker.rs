use std::time::Duration;

use super::stage::forward;
use crate::{Context, Receiver, chan, go, select, time};

/// Sends what `f` gives, once every period, for ever.
///
/// ```go
/// func ticker[T any](done <-chan struct{}, period time.Duration, f func() T) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         ticker := time.NewTicker(period)
///         defer ticker.Stop()
///         for {
///             select {
///             case <-ticker.C:
///             case <-done:
///                 return
///             }
///             select {
///             case out <- f():
///             case <-done:
///                 return
///             }
///         }
///     }()
///     return out
/// }
/// ```
///
/// A receiver that is slower than the period makes it miss ticks, not catch up on them.
///
/// # Cancel
///
/// Closes at once.
///
/// # Panics
///
/// With `non-positive interval for NewTicker` if the period is zero.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use fanin::{Context, patterns::ticker, time};
///
/// let run = fanin::sim::Config::new().run(async {
///     let (ctx, cancel) = Context::background().with_cancel();
///     let _cancel = cancel.on_drop();
///     let ticks = ticker(&ctx, Duration::from_millis(10), time::now);
///     ticks.recv().await;
///     ticks.recv().await
/// });
/// assert_eq!(run.value.unwrap().unwrap().nanos(), 20_000_000);
/// ```
#[track_caller]
pub fn ticker<T: Send + 'static>(
    ctx: &Context,
    period: Duration,
    mut f: impl FnMut() -> T + Send + 'static,
) -> Receiver<T> {
    let done = ctx.done();
    let (tx, rx) = chan(0);
    let ticker = time::Ticker::new(period);
    go(async move {
        let _close = tx.close_on_drop();
        loop {
            select! {
                _ = ticker.recv() => {},
                _ = done.recv() => return,
            }
            if !forward(&done, &tx, f()).await {
                return;
            }
        }
    });
    rx
}
