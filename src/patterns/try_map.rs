use super::map;
use crate::{Context, Receiver};

/// Sends `f` of each `Ok`, and passes each `Err` on as it is, in order: errors travel with the results, to
/// somebody who knows what to do about them.
///
/// ```go
/// type Result[T any] struct {
///     Value T
///     Err   error
/// }
///
/// func tryMap[T, U any](done <-chan struct{}, in <-chan Result[T], f func(T) (U, error)) <-chan Result[U] {
///     out := make(chan Result[U])
///     go func() {
///         defer close(out)
///         for r := range in {
///             next := Result[U]{Err: r.Err}
///             if r.Err == nil {
///                 next.Value, next.Err = f(r.Value)
///             }
///             select {
///             case out <- next:
///             case <-done:
///                 return
///             }
///         }
///     }()
///     return out
/// }
/// ```
///
/// An error does not end the stream: that is for the consumer to decide, who cancels.
///
/// # Cancel
///
/// As [`map`](super::map()).
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{generator, try_map}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let halves = try_map(&ctx, generator(&ctx, [Ok(4), Err("lost"), Ok(3)]), |n: u32| {
///         if n % 2 == 0 { Ok(n / 2) } else { Err("odd") }
///     });
///     (halves.recv().await, halves.recv().await, halves.recv().await)
/// });
/// assert_eq!(run.value, Some((Some(Ok(2)), Some(Err("lost")), Some(Err("odd")))));
/// ```
#[track_caller]
pub fn try_map<T, U, E>(
    ctx: &Context,
    input: Receiver<Result<T, E>>,
    mut f: impl FnMut(T) -> Result<U, E> + Send + 'static,
) -> Receiver<Result<U, E>>
where
    T: Send + 'static,
    U: Send + 'static,
    E: Send + 'static,
{
    map(ctx, input, move |result| result.and_then(&mut f))
}
