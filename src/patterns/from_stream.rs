use futures::{
    Stream, StreamExt,
    future::{Either, select},
};

use super::stage::forward;
use crate::{Context, Receiver, chan, go};

/// Sends the items of a stream of the ecosystem, in order, then closes.
///
/// ```go
/// func fromIter[T any](done <-chan struct{}, values iter.Seq[T]) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         for v := range values {
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
/// The way back is [`Receiver::stream`]. The stream is asked for an item only when the one before it was taken.
///
/// # Cancel
///
/// Closes, also while the stream has nothing to give; the stream is dropped.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{from_stream, map}};
/// use futures::stream;
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let squares = map(&ctx, from_stream(&ctx, stream::iter([3, 4])), |n| n * n);
///     (squares.recv().await, squares.recv().await, squares.recv().await)
/// });
/// assert_eq!(run.value, Some((Some(9), Some(16), None)));
/// ```
#[track_caller]
pub fn from_stream<S>(ctx: &Context, stream: S) -> Receiver<S::Item>
where
    S: Stream<Item: Send + 'static> + Send + 'static,
{
    let done = ctx.done();
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        let mut stream = Box::pin(stream);
        while let Either::Left((Some(value), _)) = select(stream.next(), done.recv()).await {
            if !forward(&done, &tx, value).await {
                return;
            }
        }
    });
    rx
}
