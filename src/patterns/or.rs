use crate::{Receiver, chan, go, select};

/// One done channel out of many: closes as soon as any of them does.
///
/// ```go
/// func or[T any](channels ...<-chan T) <-chan T {
///     switch len(channels) {
///     case 0:
///         closed := make(chan T)
///         close(closed)
///         return closed
///     case 1:
///         return channels[0]
///     }
///     orDone := make(chan T)
///     go func() {
///         defer close(orDone)
///         switch len(channels) {
///         case 2:
///             select {
///             case <-channels[0]:
///             case <-channels[1]:
///             }
///         default:
///             select {
///             case <-channels[0]:
///             case <-channels[1]:
///             case <-channels[2]:
///             case <-or(append(channels[3:], orDone)...):
///             }
///         }
///     }()
///     return orDone
/// }
/// ```
///
/// A tree of tasks, each watching three channels and the rest through a task below it, which in turn watches the
/// one above: whichever ends first, all end. One channel is given back as it is; with none there is
/// nothing to wait for, and the result is closed. A value counts as the signal too, and is dropped.
///
/// To also stop with a context, pass its [`done`](crate::Context::done) as one of the channels.
///
/// # Cancel
///
/// When the result closes, all its tasks end. If no signal ever comes they wait for ever.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use fanin::{chan, go, patterns::or, time};
///
/// fn signal(after: Duration) -> fanin::Receiver<()> {
///     let (tx, rx) = chan(0);
///     go(async move {
///         let _close = tx.close_on_drop();
///         time::sleep(after).await;
///     });
///     rx
/// }
///
/// let run = fanin::sim::Config::new().run(async {
///     let start = time::now();
///     let secs = |n| signal(Duration::from_secs(n));
///     or([secs(3600), secs(60), secs(1), secs(60)]).recv().await;
///     time::now().since(start)
/// });
/// assert_eq!(run.value, Some(Duration::from_secs(1)));
/// ```
#[track_caller]
pub fn or<T: Send + 'static>(channels: impl IntoIterator<Item = Receiver<T>>) -> Receiver<T> {
    let mut channels = channels.into_iter();
    let (Some(first), second) = (channels.next(), channels.next()) else {
        let (tx, rx) = chan(0);
        tx.close();
        return rx;
    };
    let Some(second) = second else { return first };
    tree(first, second, channels.collect())
}

/// Two channels or more.
fn tree<T: Send + 'static>(first: Receiver<T>, second: Receiver<T>, rest: Vec<Receiver<T>>) -> Receiver<T> {
    let (tx, rx) = chan(0);
    let or_done = rx.clone();
    go(async move {
        let _close = tx.close_on_drop();
        let mut rest = rest.into_iter();
        let Some(third) = rest.next() else {
            select! {
                _ = first.recv() => {},
                _ = second.recv() => {},
            }
            return;
        };
        let below = or(rest.chain([or_done]));
        select! {
            _ = first.recv() => {},
            _ = second.recv() => {},
            _ = third.recv() => {},
            _ = below.recv() => {},
        }
    });
    rx
}
