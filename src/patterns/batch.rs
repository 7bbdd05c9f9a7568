use std::num::NonZeroUsize;

use super::stage::{forward, receive};
use crate::{Context, Receiver, chan, go};

/// Collects the values into groups of `size`, in order; the last group is what is left.
///
/// ```go
/// func batch[T any](done <-chan struct{}, in <-chan T, size int) <-chan []T {
///     out := make(chan []T)
///     go func() {
///         defer close(out)
///         var group []T
///         for v := range in {
///             group = append(group, v)
///             if len(group) < size {
///                 continue
///             }
///             select {
///             case out <- group:
///                 group = nil
///             case <-done:
///                 return
///             }
///         }
///         if len(group) > 0 {
///             select {
///             case out <- group:
///             case <-done:
///             }
///         }
///     }()
///     return out
/// }
/// ```
///
/// The stages after it work on whole groups: fewer operations for each value, more memory, and a longer wait for
/// the first.
///
/// # Cancel
///
/// Closes; a group that is not full is dropped.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
/// use fanin::{Context, patterns::{batch, generator}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let pairs = batch(&ctx, generator(&ctx, 1..=3), NonZeroUsize::new(2).unwrap());
///     (pairs.recv().await, pairs.recv().await, pairs.recv().await)
/// });
/// assert_eq!(run.value, Some((Some(vec![1, 2]), Some(vec![3]), None)));
/// ```
#[track_caller]
pub fn batch<T: Send + 'static>(ctx: &Context, input: Receiver<T>, size: NonZeroUsize) -> Receiver<Vec<T>> {
    let ctx = ctx.clone();
    let size = size.get();
    let (tx, rx) = chan(0);
    go(async move {
        let done = ctx.done();
        let _close = tx.close_on_drop();
        let mut group = Vec::new();
        while let Some(value) = receive(&done, &input).await {
            group.push(value);
            if group.len() == size && !forward(&done, &tx, std::mem::take(&mut group)).await {
                return;
            }
        }
        if !group.is_empty() && ctx.err().is_none() {
            forward(&done, &tx, group).await;
        }
    });
    rx
}
