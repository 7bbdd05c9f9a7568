use super::stage::{forward, receive};
use crate::{Context, Receiver, chan, go};

/// Passes values on for as long as `keep` holds, then closes.
///
/// ```go
/// func takeWhile[T any](done <-chan struct{}, in <-chan T, keep func(T) bool) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         for v := range in {
///             if !keep(v) {
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
/// The value that ends it has been received, and is dropped. As with [`take`](super::take()), the stages before
/// it wait in their sends until the context is cancelled.
///
/// # Cancel
///
/// Closes, also while it waits for `input`; a value already received is dropped.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{generator, take_while}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let (ctx, cancel) = Context::background().with_cancel();
///     let _cancel = cancel.on_drop();
///     let small = take_while(&ctx, generator(&ctx, 1..), |n| *n < 3);
///     (small.recv().await, small.recv().await, small.recv().await)
/// });
/// assert_eq!(run.value, Some((Some(1), Some(2), None)));
/// ```
#[track_caller]
pub fn take_while<T: Send + 'static>(
    ctx: &Context,
    input: Receiver<T>,
    mut keep: impl FnMut(&T) -> bool + Send + 'static,
) -> Receiver<T> {
    let done = ctx.done();
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        while let Some(value) = receive(&done, &input).await {
            if !keep(&value) || !forward(&done, &tx, value).await {
                return;
            }
        }
    });
    rx
}
