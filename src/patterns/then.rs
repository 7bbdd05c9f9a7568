use super::stage::{forward, receive};
use crate::{Context, Receiver, chan, go};

/// Applies an `async` function to each value: [`map`](super::map()), for work that waits or may panic.
///
/// ```go
/// func then[T, U any](done <-chan struct{}, in <-chan T, f func(T) U) <-chan U {
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
/// Sends in the order received: it does not receive the next value before this one is sent.
///
/// # Cancel
///
/// Closes once the work on the value at hand is done: `f` is not interrupted.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{generator, then}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let checked = then(&ctx, generator(&ctx, [2, 0]), |n: u32| async move {
///         if n == 0 {
///             fanin::panic("integer divide by zero").await;
///         }
///         6 / n
///     });
///     while let Some(n) = checked.recv().await {
///         fanin::output(&n);
///     }
/// });
/// assert_eq!(run.recording.outputs(), ["3"]);
/// assert_eq!(run.recording.outcome.unwrap().to_string(), "panic: integer divide by zero");
/// ```
#[track_caller]
pub fn then<T, U, F>(
    ctx: &Context,
    input: Receiver<T>,
    mut f: impl FnMut(T) -> F + Send + 'static,
) -> Receiver<U>
where
    T: Send + 'static,
    U: Send + 'static,
    F: Future<Output = U> + Send + 'static,
{
    let done = ctx.done();
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        while let Some(value) = receive(&done, &input).await {
            let value = f(value).await;
            if !forward(&done, &tx, value).await {
                return;
            }
        }
    });
    rx
}
