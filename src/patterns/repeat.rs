use super::generator;
use crate::{Context, Receiver};

/// Sends the values over and over, until cancelled.
///
/// ```go
/// func repeat[T any](done <-chan struct{}, values ...T) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         for {
///             for _, v := range values {
///                 select {
///                 case out <- v:
///                 case <-done:
///                     return
///                 }
///             }
///         }
///     }()
///     return out
/// }
/// ```
///
/// With no values it closes at once, where the Go listing would spin.
///
/// # Cancel
///
/// Closes. Nothing else ends it.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{repeat, take}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let (ctx, cancel) = Context::background().with_cancel();
///     let _cancel = cancel.on_drop();
///     let ticks = take(&ctx, repeat(&ctx, ["tick", "tock"]), 3);
///     (ticks.recv().await, ticks.recv().await, ticks.recv().await)
/// });
/// assert_eq!(run.value, Some((Some("tick"), Some("tock"), Some("tick"))));
/// ```
#[track_caller]
pub fn repeat<T, I>(ctx: &Context, values: I) -> Receiver<T>
where
    T: Clone + Send + 'static,
    I: IntoIterator<Item = T>,
{
    let values: Vec<T> = values.into_iter().collect();
    generator(ctx, values.into_iter().cycle())
}
