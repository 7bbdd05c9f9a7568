use std::time::Duration;

use crate::{Context, Receiver, chan, go, select, time};

/// Passes values on and gives a pulse every period, by which others know that it lives, also while it has
/// nothing to do or nobody takes its value.
///
/// ```go
/// func heartbeat[T any](
///     done <-chan struct{}, in <-chan T, period time.Duration,
/// ) (pulses <-chan struct{}, out <-chan T) {
///     beats, values := make(chan struct{}, 1), make(chan T)
///     go func() {
///         defer close(beats)
///         defer close(values)
///         ticker := time.NewTicker(period)
///         defer ticker.Stop()
///         var hand T
///         var next chan T // nil while the hand is empty
///         for {
///             select {
///             case <-ticker.C:
///                 select {
///                 case beats <- struct{}{}:
///                 default: // nobody has taken the last one
///                 }
///             case v, ok := <-in:
///                 if !ok {
///                     return
///                 }
///                 hand, next, in = v, values, nil // and the input is back when the hand is empty
///             case next <- hand:
///                 next = nil
///             case <-done:
///                 return
///             }
///         }
///     }()
///     return beats, values
/// }
/// ```
///
/// A pulse that nobody takes is not kept waiting for: at most one is there to be received. So pulses need not be
/// listened to.
///
/// # Cancel
///
/// Closes both; a value already received is dropped.
///
/// # Panics
///
/// With `non-positive interval for NewTicker` if the period is zero.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use fanin::{Context, Receiver, patterns::heartbeat, time};
///
/// let run = fanin::sim::Config::new().run(async {
///     let (ctx, cancel) = Context::background().with_cancel();
///     let _cancel = cancel.on_drop();
///     let (pulses, _values) = heartbeat(&ctx, Receiver::<u8>::never(), Duration::from_secs(1));
///     (pulses.recv().await, pulses.recv().await, time::now().nanos())
/// });
/// assert_eq!(run.value, Some((Some(()), Some(()), 2_000_000_000)));
/// ```
#[track_caller]
pub fn heartbeat<T: Clone + Send + 'static>(
    ctx: &Context,
    input: Receiver<T>,
    period: Duration,
) -> (Receiver<()>, Receiver<T>) {
    let done = ctx.done();
    let ticker = time::Ticker::new(period);
    let ((beats, pulses), (tx, rx)) = (chan(1), chan(0));
    go(async move {
        let _close = (beats.close_on_drop(), tx.close_on_drop());
        let mut hand = None;
        loop {
            let empty = hand.is_none().then_some(&input);
            select! {
                _ = ticker.recv() => select! {
                    beats.send(()) => {},
                    default => {}, // nobody has taken the last one
                },
                value = empty.map(Receiver::recv) => match value {
                    Some(value) => hand = Some(value),
                    None => return,
                },
                hand.clone().map(|value| tx.send(value)) => hand = None,
                _ = done.recv() => return,
            }
        }
    });
    (pulses, rx)
}
