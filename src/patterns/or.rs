use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering::Relaxed},
};

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
    or_counted(channels).0
}

/// As [`or`], and counts the tasks that it is made of.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use fanin::{Context, patterns::or_counted, time::sleep};
///
/// let run = fanin::sim::Config::new().run(async {
///     let (ctx, cancel) = Context::background().with_cancel();
///     let (done, tasks) = or_counted((0..100).map(|_| ctx.done()));
///     cancel.cancel();
///     done.recv().await;
///     sleep(Duration::from_secs(1)).await;
///     (tasks.made(), tasks.closed())
/// });
/// assert_eq!(run.value, Some((50, 50)));
/// ```
#[track_caller]
pub fn or_counted<T: Send + 'static>(
    channels: impl IntoIterator<Item = Receiver<T>>,
) -> (Receiver<T>, OrTasks) {
    let tasks = OrTasks::default();
    (any_of(channels.into_iter(), &tasks), tasks)
}

/// How many tasks an [`or_counted`] is made of: they are made one after the other, down the tree, and closed when
/// it closes.
#[derive(Clone, Debug, Default)]
pub struct OrTasks {
    counts: Arc<(AtomicU32, AtomicU32)>,
}

impl OrTasks {
    /// How many have been started so far.
    ///
    /// ```
    /// use fanin::{Receiver, patterns::or_counted};
    /// let one = fanin::sim::run(async { or_counted([Receiver::<u8>::never()]).1.made() });
    /// assert_eq!(one, 0);
    /// ```
    pub fn made(&self) -> u32 {
        self.counts.0.load(Relaxed)
    }

    /// How many of them have ended and closed their channel.
    ///
    /// ```
    /// use fanin::{Receiver, patterns::or_counted};
    /// let two = fanin::sim::run(async {
    ///     let (_done, tasks) = or_counted([Receiver::<u8>::never(), Receiver::never()]);
    ///     (tasks.made(), tasks.closed())
    /// });
    /// assert_eq!(two, (1, 0));
    /// ```
    pub fn closed(&self) -> u32 {
        self.counts.1.load(Relaxed)
    }

    /// Counts a task that is made, and when the guard is dropped that it has closed.
    fn begin(&self) -> OrTask {
        self.counts.0.fetch_add(1, Relaxed);
        OrTask(self.clone())
    }
}

struct OrTask(OrTasks);

impl Drop for OrTask {
    fn drop(&mut self) {
        self.0.counts.1.fetch_add(1, Relaxed);
    }
}

#[track_caller]
fn any_of<T: Send + 'static>(
    mut channels: impl Iterator<Item = Receiver<T>>,
    tasks: &OrTasks,
) -> Receiver<T> {
    let (Some(first), second) = (channels.next(), channels.next()) else {
        let (tx, rx) = chan(0);
        tx.close();
        return rx;
    };
    let Some(second) = second else { return first };
    tree(first, second, channels.collect(), tasks)
}

/// Two channels or more.
#[track_caller]
fn tree<T: Send + 'static>(
    first: Receiver<T>,
    second: Receiver<T>,
    rest: Vec<Receiver<T>>,
    tasks: &OrTasks,
) -> Receiver<T> {
    let (tx, rx) = chan(0);
    let (or_done, task) = (rx.clone(), tasks.begin());
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
        let below = any_of(rest.chain([or_done]), &task.0);
        select! {
            _ = first.recv() => {},
            _ = second.recv() => {},
            _ = third.recv() => {},
            _ = below.recv() => {},
        }
    });
    rx
}
