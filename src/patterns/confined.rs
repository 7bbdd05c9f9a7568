use futures::future::select;

use crate::{Context, Receiver, Sender, chan, go};

/// A channel with one owner: `owner` alone gets the sending side, and the channel closes when it has returned.
///
/// ```go
/// func confined[T any](ctx context.Context, size int, owner func(context.Context, chan<- T)) <-chan T {
///     out := make(chan T, size)
///     go func() {
///         defer close(out)
///         owner(ctx, out)
///     }()
///     return out
/// }
/// ```
///
/// Whoever has the returned side can only receive. What stands in the owner's scope nobody else can reach, so
/// that it needs no lock; [`generator`](super::generator()) and the other stages are made in this way.
///
/// # Cancel
///
/// The owner is dropped where it waits, and the channel closes.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::confined};
///
/// let run = fanin::sim::Config::new().run(async {
///     let squares = confined(&Context::background(), 0, |tx| async move {
///         let mut square = 0;
///         for odd in [1, 3, 5] {
///             square += odd;
///             tx.send(square).await;
///         }
///     });
///     (squares.recv().await, squares.recv().await, squares.recv().await, squares.recv().await)
/// });
/// assert_eq!(run.value, Some((Some(1), Some(4), Some(9), None)));
/// ```
#[track_caller]
pub fn confined<T, F>(ctx: &Context, cap: usize, owner: impl FnOnce(Sender<T>) -> F) -> Receiver<T>
where
    T: Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let done = ctx.done();
    let (tx, rx) = chan(cap);
    let close = tx.close_on_drop();
    let owner = owner(tx);
    go(async move {
        let _close = close;
        select(Box::pin(owner), done.recv()).await;
    });
    rx
}
