use std::collections::VecDeque;

use super::stage::{forward, receive};
use crate::{Context, Receiver, chan, go};

/// Merges many channels into one in the order of the inputs: a value of the first, one of the second, and so on,
/// round and round.
///
/// ```go
/// func fanInOrder[T any](done <-chan struct{}, ins ...<-chan T) <-chan T {
///     out := make(chan T)
///     go func() {
///         defer close(out)
///         for len(ins) > 0 {
///             in := ins[0]
///             ins = ins[1:]
///             v, ok := <-in
///             if !ok {
///                 continue
///             }
///             ins = append(ins, in)
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
/// The order is always the same, where that of [`fan_in`](super::fan_in()) is that of arrival; the price is that a
/// slow input holds back the others. An input that has closed is left out; after the last one it closes.
///
/// # Cancel
///
/// Closes, whichever of the inputs it waits for; a value already received is dropped.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{fan_in_order, generator}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let merged = fan_in_order(&ctx, [generator(&ctx, [1, 2, 3]), generator(&ctx, [10])]);
///     while let Some(n) = merged.recv().await {
///         fanin::output(&n);
///     }
/// });
/// assert_eq!(run.recording.outputs(), ["1", "10", "2", "3"]);
/// ```
#[track_caller]
pub fn fan_in_order<T: Send + 'static>(
    ctx: &Context,
    inputs: impl IntoIterator<Item = Receiver<T>>,
) -> Receiver<T> {
    let ctx = ctx.clone();
    let mut inputs: VecDeque<_> = inputs.into_iter().collect();
    let (tx, rx) = chan(0);
    go(async move {
        let done = ctx.done();
        let _close = tx.close_on_drop();
        while let Some(input) = inputs.pop_front() {
            if let Some(value) = receive(&done, &input).await {
                if !forward(&done, &tx, value).await {
                    return;
                }
                inputs.push_back(input);
            } else if ctx.err().is_some() {
                return;
            }
        }
    });
    rx
}
