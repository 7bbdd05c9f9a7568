use super::buffer;
use crate::{Context, Receiver};

/// Passes on a stream that one does not control, and ends when the context does.
///
/// ```go
/// func orDone[T any](done <-chan struct{}, in <-chan T) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         for {
///             select {
///             case <-done:
///                 return
///             case v, ok := <-in:
///                 if !ok {
///                     return
///                 }
///                 select {
///                 case out <- v:
///                 case <-done:
///                 }
///             }
///         }
///     }()
///     return out
/// }
/// ```
///
/// The consumer can then be a plain loop over the stream, and need not select. The other patterns of this
/// module already receive in this way and do not need it in front.
///
/// # Cancel
///
/// Closes, also while `input` neither sends nor closes; a value already received is dropped.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use fanin::{Context, Receiver, patterns::or_done};
///
/// let run = fanin::sim::Config::new().run(async {
///     let (ctx, _cancel) = Context::background().with_timeout(Duration::from_secs(1));
///     let silent: Receiver<u8> = Receiver::never();
///     or_done(&ctx, silent).recv().await
/// });
/// assert_eq!(run.value, Some(None));
/// ```
#[track_caller]
pub fn or_done<T: Send + 'static>(ctx: &Context, input: Receiver<T>) -> Receiver<T> {
    buffer(ctx, input, 0)
}
