use super::stage::receive;
use crate::{Context, Receiver, chan, go, select};

/// Sends each value to both outputs, in step: the next one is received only when both have taken this one.
///
/// ```go
/// func tee[T any](done <-chan struct{}, in <-chan T) (_, _ <-chan T) {
///     out1, out2 := make(chan T), make(chan T)
///     go func() {
///         defer close(out1)
///         defer close(out2)
///         for v := range in {
///             out1, out2 := out1, out2 // a copy that can be set to nil
///             for range 2 {
///                 select {
///                 case out1 <- v:
///                     out1 = nil
///                 case out2 <- v:
///                     out2 = nil
///                 case <-done:
///                     return
///                 }
///             }
///         }
///     }()
///     return out1, out2
/// }
/// ```
///
/// So a slow consumer holds back the fast one, by at most one value. An output that nobody reads stops both.
///
/// # Cancel
///
/// Closes both; a value may have reached one of them only.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{generator, tee}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let (left, right) = tee(&ctx, generator(&ctx, [1, 2]));
///     let mut pairs = Vec::new();
///     while let (Some(l), Some(r)) = (left.recv().await, right.recv().await) {
///         pairs.push((l, r));
///     }
///     pairs
/// });
/// assert_eq!(run.value, Some(vec![(1, 1), (2, 2)]));
/// ```
#[track_caller]
pub fn tee<T: Clone + Send + 'static>(ctx: &Context, input: Receiver<T>) -> (Receiver<T>, Receiver<T>) {
    let done = ctx.done();
    let (left, left_rx) = chan(0);
    let (right, right_rx) = chan(0);
    go(async move {
        let _close = (left.close_on_drop(), right.close_on_drop());
        while let Some(value) = receive(&done, &input).await {
            let (mut to_left, mut to_right) = (Some(&left), Some(&right));
            for _ in 0..2 {
                select! {
                    to_left.map(|tx| tx.send(value.clone())) => to_left = None,
                    to_right.map(|tx| tx.send(value.clone())) => to_right = None,
                    _ = done.recv() => return,
                }
            }
        }
    });
    (left_rx, right_rx)
}
