use super::stage::{forward, receive};
use crate::{Context, Receiver, chan, go};

/// Sends `f` of each value, in order.
///
/// ```go
/// func transform[T, U any](done <-chan struct{}, in <-chan T, f func(T) U) <-chan U {
///     out := make(chan U)
///     go func() {
///         defer close(out)
///         for v := range in {
///             select {
///             case out <- f(v):
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
/// use fanin::{Context, patterns::{generator, map}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let squares = map(&ctx, generator(&ctx, [3, 4]), |n| n * n);
///     (squares.recv().await, squares.recv().await, squares.recv().await)
/// });
/// assert_eq!(run.value, Some((Some(9), Some(16), None)));
/// ```
#[track_caller]
pub fn map<T, U>(ctx: &Context, input: Receiver<T>, mut f: impl FnMut(T) -> U + Send + 'static) -> Receiver<U>
where
    T: Send + 'static,
    U: Send + 'static,
{
    let done = ctx.done();
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        while let Some(value) = receive(&done, &input).await {
            if !forward(&done, &tx, f(value)).await {
                return;
            }
        }
    });
    rx
}
