use super::stage::forward;
use crate::{Context, Receiver, chan, go};

/// Sends the values of an iterator, in order, then closes.
///
/// ```go
/// func generator[T any](done <-chan struct{}, values ...T) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         for _, v := range values {
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
/// The iterator may be endless. It is asked for a value only when the one before it was taken.
///
/// # Cancel
///
/// Closes without sending the rest.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::generator};
///
/// let run = fanin::sim::Config::new().run(async {
///     let numbers = generator(&Context::background(), [1, 2]);
///     (numbers.recv().await, numbers.recv().await, numbers.recv().await)
/// });
/// assert_eq!(run.value, Some((Some(1), Some(2), None)));
/// ```
#[track_caller]
pub fn generator<I>(ctx: &Context, values: I) -> Receiver<I::Item>
where
    I: IntoIterator<Item: Send + 'static, IntoIter: Send + 'static>,
{
    let done = ctx.done();
    let values = values.into_iter();
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        for value in values {
            if !forward(&done, &tx, value).await {
                return;
            }
        }
    });
    rx
}
