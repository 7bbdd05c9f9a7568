use super::stage::{forward, receive};
use crate::{Context, Receiver, WaitGroup, chan, go};

/// Merges many channels into one, in the order of arrival, and closes after the last has ended.
///
/// ```go
/// func fanIn[T any](done <-chan struct{}, ins ...<-chan T) <-chan T {
///     out := make(chan T)
///     var wg sync.WaitGroup
///     for _, in := range ins {
///         wg.Go(func() {
///             for v := range in {
///                 select {
///                 case out <- v:
///                 case <-done:
///                     return
///                 }
///             }
///         })
///     }
///     go func() {
///         wg.Wait()
///         close(out)
///     }()
///     return out
/// }
/// ```
///
/// The values of one input stay in their order; between inputs any order can happen. With no inputs it
/// closes at once.
///
/// # Cancel
///
/// Closes after every input's task has ended; a value already received is dropped.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{fan_in, generator}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let merged = fan_in(&ctx, [generator(&ctx, [1, 2]), generator(&ctx, [10, 20])]);
///     let mut seen = Vec::new();
///     while let Some(n) = merged.recv().await {
///         seen.push(n);
///     }
///     seen.sort();
///     seen
/// });
/// assert_eq!(run.value, Some(vec![1, 2, 10, 20]));
/// ```
#[track_caller]
pub fn fan_in<T: Send + 'static>(
    ctx: &Context,
    inputs: impl IntoIterator<Item = Receiver<T>>,
) -> Receiver<T> {
    let (tx, rx) = chan(0);
    let wg = WaitGroup::new();
    for input in inputs {
        let (done, tx) = (ctx.done(), tx.clone());
        wg.go(async move {
            while let Some(value) = receive(&done, &input).await {
                if !forward(&done, &tx, value).await {
                    return;
                }
            }
        });
    }
    go(async move {
        wg.wait().await;
        tx.close();
    });
    rx
}
