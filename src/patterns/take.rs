use super::stage::{forward, receive};
use crate::{Context, Receiver, chan, go};

/// Passes on the first `n` values, then closes.
///
/// ```go
/// func take[T any](done <-chan struct{}, in <-chan T, n int) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         for range n {
///             select {
///             case v, ok := <-in:
///                 if !ok {
///                     return
///                 }
///                 select {
///                 case out <- v:
///                 case <-done:
///                     return
///                 }
///             case <-done:
///                 return
///             }
///         }
///     }()
///     return out
/// }
/// ```
///
/// Closes early when `in` does. A shorter `case out <- <-in:` would be wrong: Go receives before the select waits, so
/// that the stage does not hear of `done` meanwhile, and once `in` is closed it sends zero values.
///
/// The stages before it are not told that no more is wanted: they wait in their sends until the context
/// is cancelled.
///
/// # Cancel
///
/// Closes; a value already received is dropped.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{generator, take}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let (ctx, cancel) = Context::background().with_cancel();
///     let _cancel = cancel.on_drop();
///     let two = take(&ctx, generator(&ctx, 1..), 2);
///     (two.recv().await, two.recv().await, two.recv().await)
/// });
/// assert_eq!(run.value, Some((Some(1), Some(2), None)));
/// ```
#[track_caller]
pub fn take<T: Send + 'static>(ctx: &Context, input: Receiver<T>, n: usize) -> Receiver<T> {
    let done = ctx.done();
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        for _ in 0..n {
            let Some(value) = receive(&done, &input).await else { return };
            if !forward(&done, &tx, value).await {
                return;
            }
        }
    });
    rx
}
