//! Time: instants, sleep, timeout. Virtual under the simulator.

use super::{Handle, TimerId};
use crate::probe::{self, Op, Point, Site};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, Waker, ready},
    time::Duration,
};

/// A moment of a runtime's clock, in nanoseconds since a fixed one before the run.
///
/// Arithmetic saturates.
///
/// ```
/// use fanin::time::Instant;
/// use std::time::Duration;
/// let later = Instant::ZERO + Duration::from_millis(3);
/// assert_eq!(later.since(Instant::ZERO), Duration::from_millis(3));
/// assert_eq!(Instant::ZERO.since(later), Duration::ZERO);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(u64);

impl Instant {
    /// The start of a simulated run.
    pub const ZERO: Self = Self(0);

    /// The instant that many nanoseconds after [`ZERO`](Instant::ZERO).
    ///
    /// ```
    /// use fanin::time::Instant;
    /// assert_eq!(Instant::from_nanos(0), Instant::ZERO);
    /// ```
    pub const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    /// Nanoseconds since [`ZERO`](Instant::ZERO).
    ///
    /// ```
    /// use fanin::time::Instant;
    /// assert_eq!(Instant::from_nanos(7).nanos(), 7);
    /// ```
    pub const fn nanos(self) -> u64 {
        self.0
    }

    /// How long after `earlier` this is; zero if it is not.
    ///
    /// ```
    /// use fanin::time::Instant;
    /// let later = Instant::from_nanos(7);
    /// assert_eq!(later.since(Instant::ZERO).as_nanos(), 7);
    /// assert_eq!(Instant::ZERO.since(later).as_nanos(), 0);
    /// ```
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }
}

impl std::ops::Add<Duration> for Instant {
    type Output = Self;

    fn add(self, d: Duration) -> Self {
        Self(self.0.saturating_add(nanos(d)))
    }
}

pub(crate) fn nanos(d: Duration) -> u64 {
    u64::try_from(d.as_nanos()).unwrap_or(u64::MAX)
}

/// The current time of the runtime.
///
/// # Panics
///
/// Outside a runtime.
///
/// ```
/// assert_eq!(fanin::sim::run(async { fanin::time::now() }), fanin::time::Instant::ZERO);
/// ```
#[track_caller]
pub fn now() -> Instant {
    super::ask(|rt| rt.now())
}

/// An alarm of the current runtime; cancelled when dropped.
#[derive(Debug)]
pub(crate) struct Alarm {
    at: Instant,
    set: Option<Set>,
}

/// What an alarm that was set will wake.
#[derive(Debug)]
struct Set {
    handle: Handle,
    id: TimerId,
    waker: Waker,
}

impl Alarm {
    pub(crate) fn new(at: Instant) -> Self {
        Self { at, set: None }
    }

    /// True once the moment has come; until then `waker` will be woken.
    pub(crate) fn due(&mut self, waker: &Waker) -> bool {
        let due = now() >= self.at;
        // What is polled with each message of a channel is not set anew each time.
        if due || self.set.as_ref().is_none_or(|set| !set.waker.will_wake(waker)) {
            self.clear();
        }
        if !due && self.set.is_none() {
            let handle = Handle::current();
            let id = handle.runtime().set_timer(self.at, waker.clone());
            self.set = Some(Set { handle, id, waker: waker.clone() });
        }
        due
    }

    fn clear(&mut self) {
        if let Some(Set { handle, id, .. }) = self.set.take() {
            handle.runtime().cancel_timer(id);
        }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Pauses the task, as Go's `time.Sleep`; zero returns without waiting.
///
/// The time runs from the first poll: a sleep that is made now and awaited later ends `d` after that.
///
/// # Panics
///
/// When awaited outside a runtime.
///
/// ```
/// use std::time::Duration;
/// let slept = fanin::sim::run(async {
///     let start = fanin::time::now();
///     fanin::time::sleep(Duration::from_secs(3600)).await;
///     fanin::time::now().since(start)
/// });
/// assert_eq!(slept, Duration::from_secs(3600));
/// ```
#[track_caller]
pub fn sleep(d: Duration) -> Sleep {
    Sleep { duration: d, alarm: None, point: Point::default(), site: Site::here() }
}

/// Returned by [`sleep`].
///
/// # Cancel safety
///
/// Dropping it forgets the timer.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Sleep {
    duration: Duration,
    alarm: Option<Alarm>,
    point: Point,
    site: Site,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let op = Op::Sleep { nanos: nanos(this.duration) };
        ready!(this.point.pass(cx, this.site, || op.clone()));
        let first = this.alarm.is_none();
        let at = now() + this.duration;
        if this.alarm.get_or_insert_with(|| Alarm::new(at)).due(cx.waker()) {
            return Poll::Ready(());
        }
        probe::park(this.site, !first, || op);
        Poll::Pending
    }
}

/// Runs a future for at most this long, from the first poll on.
///
/// # Errors
///
/// [`Elapsed`] if the time ran out first; the future is then dropped with the returned one.
///
/// # Panics
///
/// When awaited outside a runtime.
///
/// ```
/// use fanin::time::{sleep, timeout};
/// use std::time::Duration;
/// let ms = Duration::from_millis;
/// fanin::sim::run(async move {
///     assert!(timeout(ms(2), sleep(ms(1))).await.is_ok());
///     assert!(timeout(ms(1), sleep(ms(2))).await.is_err());
/// });
/// ```
pub fn timeout<F: Future>(d: Duration, future: F) -> Timeout<F> {
    Timeout { future: Box::pin(future), duration: d, alarm: None }
}

/// Returned by [`timeout`].
///
/// # Cancel safety
///
/// That of the future within.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Timeout<F> {
    future: Pin<Box<F>>,
    duration: Duration,
    alarm: Option<Alarm>,
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let start = now();
        let alarm = this.alarm.get_or_insert_with(|| Alarm::new(start + this.duration));
        if let Poll::Ready(value) = this.future.as_mut().poll(cx) {
            return Poll::Ready(Ok(value));
        }
        if alarm.due(cx.waker()) { Poll::Ready(Err(Elapsed)) } else { Poll::Pending }
    }
}

/// The time of a [`timeout`] ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed;

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the time ran out")
    }
}

impl std::error::Error for Elapsed {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{probe::TaskId, rt::Runtime};
    use futures::future::BoxFuture;
    use std::{
        panic::Location,
        sync::{
            Arc,
            atomic::{AtomicU64, Ordering::Relaxed},
        },
        task::Wake,
    };

    /// Counts its timers, of which none goes off.
    #[derive(Default)]
    struct Counts {
        set: AtomicU64,
        cancelled: AtomicU64,
    }

    impl Runtime for Counts {
        fn spawn(&self, _: BoxFuture<'static, ()>, _: &'static Location<'static>) -> TaskId {
            TaskId::MAIN
        }
        fn now(&self) -> Instant {
            Instant::ZERO
        }
        fn set_timer(&self, _: Instant, _: Waker) -> TimerId {
            TimerId(self.set.fetch_add(1, Relaxed))
        }
        fn cancel_timer(&self, _: TimerId) {
            self.cancelled.fetch_add(1, Relaxed);
        }
        fn choose(&self, _: u32) -> u32 {
            0
        }
    }

    struct Nobody;

    impl Wake for Nobody {
        fn wake(self: Arc<Self>) {}
    }

    #[test]
    fn an_alarm_is_set_anew_only_for_another_waker() {
        let counts = Arc::new(Counts::default());
        let _entered = Handle::new(counts.clone()).enter();
        let timers = || (counts.set.load(Relaxed), counts.cancelled.load(Relaxed));
        let mut alarm = Alarm::new(Instant::from_nanos(1));
        let (one, other) = (Waker::from(Arc::new(Nobody)), Waker::from(Arc::new(Nobody)));
        assert!(!alarm.due(&one) && !alarm.due(&one));
        assert_eq!(timers(), (1, 0));
        assert!(!alarm.due(&other));
        assert_eq!(timers(), (2, 1));
        drop(alarm);
        assert_eq!(timers(), (2, 2));
    }
}
