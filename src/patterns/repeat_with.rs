use super::generator;
use crate::{Context, Receiver};

/// Sends what `f` gives, call after call, until cancelled.
///
/// ```go
/// func repeatFn[T any](done <-chan struct{}, fn func() T) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         for {
///             select {
///             case out <- fn():
///             case <-done:
///                 return
///             }
///         }
///     }()
///     return out
/// }
/// ```
///
/// As in the Go listing, `f` is called before the wait: when the stage is cancelled it has been called once more
/// than values were taken.
///
/// # Cancel
///
/// Closes. Nothing else ends it.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{repeat_with, take}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let (ctx, cancel) = Context::background().with_cancel();
///     let _cancel = cancel.on_drop();
///     let mut power = 1;
///     let powers = take(&ctx, repeat_with(&ctx, move || { power *= 2; power }), 2);
///     (powers.recv().await, powers.recv().await, powers.recv().await)
/// });
/// assert_eq!(run.value, Some((Some(2), Some(4), None)));
/// ```
#[track_caller]
pub fn repeat_with<T: Send + 'static>(ctx: &Context, f: impl FnMut() -> T + Send + 'static) -> Receiver<T> {
    generator(ctx, std::iter::repeat_with(f))
}
