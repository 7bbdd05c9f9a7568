use super::stage::{forward, receive};
use crate::{Context, Receiver, chan, go};

/// Reads a channel of channels as one stream: the first to its end, then the second, and so on.
///
/// ```go
/// func bridge[T any](done <-chan struct{}, streams <-chan <-chan T) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         for stream := range streams {
///             for v := range stream {
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
/// # Cancel
///
/// Closes, whichever of the channels it waits for; a value already received is dropped.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{bridge, generator, map}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let within = ctx.clone();
///     let pages = map(&ctx, generator(&ctx, [1, 2]), move |page| generator(&within, [10 * page]));
///     let lines = bridge(&ctx, pages);
///     (lines.recv().await, lines.recv().await, lines.recv().await)
/// });
/// assert_eq!(run.value, Some((Some(10), Some(20), None)));
/// ```
#[track_caller]
pub fn bridge<T: Send + 'static>(ctx: &Context, streams: Receiver<Receiver<T>>) -> Receiver<T> {
    let done = ctx.done();
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        while let Some(stream) = receive(&done, &streams).await {
            while let Some(value) = receive(&done, &stream).await {
                if !forward(&done, &tx, value).await {
                    return;
                }
            }
        }
    });
    rx
}
