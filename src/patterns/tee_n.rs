use super::stage::{forward_any, receive};
use crate::{Context, Receiver, Sender, chan, go};

/// Sends each value to `n` outputs, in step: [`tee`](super::tee()) for any number.
///
/// ```go
/// func teeN[T any](done <-chan struct{}, in <-chan T, n int) []<-chan T {
///     outs := make([]chan T, n)
///     // ...
///     go func() {
///         for v := range in {
///             cases := []reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(done)}}
///             for _, out := range outs {
///                 cases = append(cases, reflect.SelectCase{
///                     Dir: reflect.SelectSend, Chan: reflect.ValueOf(out), Send: reflect.ValueOf(v),
///                 })
///             }
///             for range outs {
///                 chosen, _, _ := reflect.Select(cases)
///                 if chosen == 0 {
///                     return
///                 }
///                 cases[chosen].Chan = reflect.Value{} // as a nil channel: off
///             }
///         }
///     }()
///     return readable(outs)
/// }
/// ```
///
/// The slowest output sets the pace of all. With none the values are received and dropped.
///
/// # Cancel
///
/// Closes all; a value may have reached some of them only.
///
/// # Examples
///
/// ```
/// use fanin::{Context, patterns::{generator, tee_n}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let ctx = Context::background();
///     let copies = tee_n(&ctx, generator(&ctx, [7]), 3);
///     let mut seen = Vec::new();
///     for copy in copies {
///         seen.extend(copy.recv().await);
///     }
///     seen
/// });
/// assert_eq!(run.value, Some(vec![7, 7, 7]));
/// ```
#[track_caller]
pub fn tee_n<T: Clone + Send + 'static>(ctx: &Context, input: Receiver<T>, n: usize) -> Vec<Receiver<T>> {
    let done = ctx.done();
    let (outputs, receivers): (Vec<_>, Vec<_>) = (0..n).map(|_| chan(0)).unzip();
    go(async move {
        let _close: Vec<_> = outputs.iter().map(Sender::close_on_drop).collect();
        while let Some(value) = receive(&done, &input).await {
            let mut waiting: Vec<_> = outputs.iter().collect();
            while !waiting.is_empty() {
                let Some(took) = forward_any(&done, &waiting, &value).await else { return };
                waiting.swap_remove(took);
            }
        }
    });
    receivers
}
