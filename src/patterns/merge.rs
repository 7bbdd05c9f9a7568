use super::stage::forward;
use crate::{Context, Receiver, chan, go, select};

/// Merges two channels in one task, in the order of arrival, and closes after both have ended.
///
/// ```go
/// func merge[T any](done <-chan struct{}, left, right <-chan T) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         for left != nil || right != nil {
///             var v T
///             var ok bool
///             select {
///             case v, ok = <-left:
///                 if !ok {
///                     left = nil // and its case is never taken again
///                     continue
///                 }
///             case v, ok = <-right:
///                 if !ok {
///                     right = nil
///                     continue
///                 }
///             case <-done:
///                 return
///             }
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
/// A closed channel can always be received from; so the case of one that has ended is switched off, or the
/// select would take it again and again. For any number of channels see [`fan_in`](super::fan_in()).
///
/// # Cancel
///
/// Closes; a value already received is dropped.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{generator, merge}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let merged = merge(&ctx, generator(&ctx, [1, 2]), generator(&ctx, [10]));
///     let mut seen = Vec::new();
///     while let Some(n) = merged.recv().await {
///         seen.push(n);
///     }
///     seen.sort();
///     seen
/// });
/// assert_eq!(run.value, Some(vec![1, 2, 10]));
/// ```
#[track_caller]
pub fn merge<T: Send + 'static>(ctx: &Context, left: Receiver<T>, right: Receiver<T>) -> Receiver<T> {
    let done = ctx.done();
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        let (mut left, mut right) = (Some(left), Some(right));
        while left.is_some() || right.is_some() {
            let (value, from) = select! {
                value = left.as_ref().map(Receiver::recv) => (value, &mut left),
                value = right.as_ref().map(Receiver::recv) => (value, &mut right),
                _ = done.recv() => return,
            };
            let Some(value) = value else {
                *from = None;
                continue;
            };
            if !forward(&done, &tx, value).await {
                return;
            }
        }
    });
    rx
}
