use super::stage::{forward, receive};
use crate::{Context, Receiver, chan, go};

/// Passes the values on through a queue of `cap`, in order: the stages before it can run ahead by that many.
///
/// ```go
/// func buffer[T any](done <-chan struct{}, in <-chan T, size int) <-chan T {
///     out := make(chan T, size)
///     go func() {
///         defer close(out)
///         for v := range in {
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
/// Counting the value in its hand, `cap + 1` are under way when nobody receives. A queue evens out bursts;
/// it does not make the slowest stage faster.
///
/// # Cancel
///
/// Closes. What is in the queue can still be received, as from any closed channel.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{buffer, generator}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let queue = buffer(&ctx, generator(&ctx, 0..3), 2);
///     (queue.cap(), queue.recv().await, queue.recv().await, queue.recv().await, queue.recv().await)
/// });
/// assert_eq!(run.value, Some((2, Some(0), Some(1), Some(2), None)));
/// ```
#[track_caller]
pub fn buffer<T: Send + 'static>(ctx: &Context, input: Receiver<T>, cap: usize) -> Receiver<T> {
    let done = ctx.done();
    let (tx, rx) = chan(cap);
    go(async move {
        let _close = tx.close_on_drop();
        while let Some(value) = receive(&done, &input).await {
            if !forward(&done, &tx, value).await {
                return;
            }
        }
    });
    rx
}
