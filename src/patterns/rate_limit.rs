use std::time::Duration;

use super::stage::{forward, receive};
use crate::{Context, Receiver, chan, go, select, time};

/// Passes on at most one value a period, after up to `burst` at once that it has not passed on before.
///
/// ```go
/// func rateLimit[T any](done <-chan struct{}, in <-chan T, every time.Duration, burst int) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         due := time.Now() // of the next value, if none were let ahead
///         for v := range in {
///             select {
///             case <-time.After(time.Until(due) - time.Duration(burst-1)*every):
///             case <-done:
///                 return
///             }
///             if now := time.Now(); due.Before(now) {
///                 due = now
///             }
///             due = due.Add(every)
///             select {
///             case out <- v:
///             case <-done:
///                 return
///             }
///         }
///     }()
///     return out
/// }
/// ```
///
/// While nothing comes it saves up for a burst again, one value a period. With a burst of 0 or 1 two values are
/// never closer than a period. Nothing is dropped: the stages before it wait.
///
/// # Cancel
///
/// Closes at once, also while it holds a value back, which is dropped.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use fanin::{Context, patterns::{generator, rate_limit}, time};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let limited = rate_limit(&ctx, generator(&ctx, 0..4), Duration::from_secs(1), 2);
///     let mut seconds = Vec::new();
///     while limited.recv().await.is_some() {
///         seconds.push(time::now().nanos() / 1_000_000_000);
///     }
///     seconds
/// });
/// assert_eq!(run.value, Some(vec![0, 0, 1, 2]));
/// ```
#[track_caller]
pub fn rate_limit<T: Send + 'static>(
    ctx: &Context,
    input: Receiver<T>,
    every: Duration,
    burst: u32,
) -> Receiver<T> {
    let done = ctx.done();
    let ahead = every.saturating_mul(burst.saturating_sub(1));
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        let mut due = time::now();
        while let Some(value) = receive(&done, &input).await {
            let early = due.since(time::now()).saturating_sub(ahead);
            if !early.is_zero() {
                let timer = time::after(early);
                select! {
                    _ = timer.recv() => {},
                    _ = done.recv() => return,
                }
            }
            due = due.max(time::now()) + every;
            if !forward(&done, &tx, value).await {
                return;
            }
        }
    });
    rx
}
