use super::stage::{forward, receive};
use crate::{Context, Receiver, chan, go};

/// Passes on the values that `keep` holds for, in order.
///
/// ```go
/// func filter[T any](done <-chan struct{}, in <-chan T, keep func(T) bool) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         for v := range in {
///             if !keep(v) {
///                 continue
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
/// # Cancel
///
/// Closes, also while it waits for `input`; a value already received is dropped.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{filter, generator}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let even = filter(&ctx, generator(&ctx, 1..5), |n| n % 2 == 0);
///     (even.recv().await, even.recv().await, even.recv().await)
/// });
/// assert_eq!(run.value, Some((Some(2), Some(4), None)));
/// ```
#[track_caller]
pub fn filter<T: Send + 'static>(
    ctx: &Context,
    input: Receiver<T>,
    mut keep: impl FnMut(&T) -> bool + Send + 'static,
) -> Receiver<T> {
    let done = ctx.done();
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        while let Some(value) = receive(&done, &input).await {
            if keep(&value) && !forward(&done, &tx, value).await {
                return;
            }
        }
    });
    rx
}
