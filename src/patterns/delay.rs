use std::time::Duration;

use super::stage::{forward, receive};
use crate::{Context, Receiver, chan, go, select, time};

/// Holds each value back for as long as `by` says, one after the other, in order.
///
/// ```go
/// func delay[T any](done <-chan struct{}, in <-chan T, by func(T) time.Duration) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         for v := range in {
///             select {
///             case <-time.After(by(v)):
///             case <-done:
///                 return
///             }
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
/// While it holds a value back it does not receive: a slow stage, which holds back those before it.
///
/// # Cancel
///
/// Closes at once, also in the middle of a delay; a value already received is dropped.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use fanin::{Context, patterns::{delay, generator}, time};
///
/// let run = fanin::sim::Config::new().run(async {
///     let (ctx, start) = (Context::background(), time::now());
///     let slow = delay(&ctx, generator(&ctx, 0..2), |_| Duration::from_millis(5));
///     while slow.recv().await.is_some() {}
///     time::now().since(start)
/// });
/// assert_eq!(run.value, Some(Duration::from_millis(10)));
/// ```
#[track_caller]
pub fn delay<T: Send + 'static>(
    ctx: &Context,
    input: Receiver<T>,
    mut by: impl FnMut(&T) -> Duration + Send + 'static,
) -> Receiver<T> {
    let done = ctx.done();
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        while let Some(value) = receive(&done, &input).await {
            let timer = time::after(by(&value));
            select! {
                _ = timer.recv() => {},
                _ = done.recv() => return,
            }
            if !forward(&done, &tx, value).await {
                return;
            }
        }
    });
    rx
}
