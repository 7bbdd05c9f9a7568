//! Timers and tickers as sources of a receive or a select.
//!
//! They are no channels with a buffer: a value exists only as "the instant `next` has come", so length
//! and capacity are zero, stop and reset take an undelivered value back, and the runtime's clock knows of
//! a timer only while someone waits for it.

use super::{
    case::{Alone, Arm, Attempt, Case, Operation, Single},
    claim::Claim,
    waiter::{Key, Party, WaitList},
};
use crate::{
    lock::{Mutex, lock},
    probe::{self, Access, CaseOp, Fault, Obj, ObjKind, Op, Run, Site, Value, What},
    rt::{
        Handle, TimerId,
        time::{Instant, now},
    },
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

/// Delivers one instant after a time, as Go's `time.Timer`.
///
/// ```
/// use fanin::{select, time::Timer};
/// use std::time::Duration;
/// fanin::sim::run(async {
///     let timer = Timer::new(Duration::from_millis(5));
///     select! {
///         at = timer.recv() => assert_eq!(at.nanos(), 5_000_000),
///     }
/// });
/// ```
#[derive(Debug)]
pub struct Timer {
    source: Arc<Source>,
}

/// Delivers an instant every period, as Go's `time.Ticker`; a slow receiver misses ticks.
///
/// ```
/// use fanin::time::Ticker;
/// use std::time::Duration;
/// fanin::sim::run(async {
///     let ticker = Ticker::new(Duration::from_millis(5));
///     assert_eq!(ticker.recv().await.nanos(), 5_000_000);
///     assert_eq!(ticker.recv().await.nanos(), 10_000_000);
/// });
/// ```
#[derive(Debug)]
pub struct Ticker {
    source: Arc<Source>,
}

/// A [`Timer`] for use in a select, as Go's `time.After`.
///
/// # Panics
///
/// Outside a runtime.
///
/// ```
/// use fanin::{Receiver, select, time::after};
/// fanin::sim::run(async {
///     select! {
///         _ = Receiver::<u32>::never().recv() => unreachable!(),
///         _ = after(std::time::Duration::from_secs(1)).recv() => {},
///     }
/// });
/// ```
#[track_caller]
pub fn after(d: Duration) -> Timer {
    Timer::new(d)
}

impl Timer {
    /// A timer that is due after `d`.
    ///
    /// # Panics
    ///
    /// Outside a runtime.
    ///
    /// ```
    /// use fanin::time::{Timer, now};
    /// fanin::sim::run(async {
    ///     Timer::new(std::time::Duration::from_secs(1)).recv().await;
    ///     assert_eq!(now().nanos(), 1_000_000_000);
    /// });
    /// ```
    #[track_caller]
    pub fn new(d: Duration) -> Self {
        Self::at(Site::here(), d)
    }

    /// A timer on behalf of the caller at `site`.
    #[track_caller]
    pub(crate) fn at(site: Site, d: Duration) -> Self {
        Self { source: Source::new(site, d, None) }
    }

    /// Waits for the instant at which the timer was due.
    ///
    /// # Cancel safety
    ///
    /// A value that was handed to a dropped receive can be received again.
    ///
    /// ```
    /// use fanin::time::{Timer, sleep};
    /// use std::time::Duration;
    /// fanin::sim::run(async {
    ///     let timer = Timer::new(Duration::from_secs(1));
    ///     sleep(Duration::from_secs(9)).await;
    ///     assert_eq!(timer.recv().await.nanos(), 1_000_000_000);
    /// });
    /// ```
    #[track_caller]
    pub fn recv(&self) -> TimerRecv<'_> {
        TimerRecv { source: &self.source, key: None, single: Single::new() }
    }

    /// Stops the timer: true if nothing had been received from it.
    ///
    /// ```
    /// use fanin::time::Timer;
    /// use std::time::Duration;
    /// fanin::sim::run(async {
    ///     let timer = Timer::new(Duration::from_secs(1));
    ///     assert!(timer.stop());
    ///     assert!(!timer.stop());
    /// });
    /// ```
    pub fn stop(&self) -> bool {
        self.source.set(None)
    }

    /// Starts the timer again for `d` from now: true if nothing had been received from it.
    ///
    /// # Panics
    ///
    /// Outside a runtime.
    ///
    /// ```
    /// use fanin::time::Timer;
    /// use std::time::Duration;
    /// fanin::sim::run(async {
    ///     let timer = Timer::new(Duration::from_secs(1));
    ///     assert!(timer.reset(Duration::from_secs(5)));
    ///     assert_eq!(timer.recv().await.nanos(), 5_000_000_000);
    /// });
    /// ```
    pub fn reset(&self, d: Duration) -> bool {
        self.source.set(Some((d, None)))
    }
}

impl Ticker {
    /// A ticker with this period.
    ///
    /// # Panics
    ///
    /// With `non-positive interval for NewTicker` if the period is zero, and outside a runtime.
    ///
    /// ```
    /// use fanin::time::Ticker;
    /// let run = fanin::sim::Config::new().run(async { drop(Ticker::new(std::time::Duration::ZERO)) });
    /// assert_eq!(run.recording.outcome.unwrap().to_string(), "panic: non-positive interval for NewTicker");
    /// ```
    #[track_caller]
    pub fn new(period: Duration) -> Self {
        let source = Source::new(Site::here(), period, Some(period));
        if period.is_zero() {
            source.set(None);
            panics("non-positive interval for NewTicker");
        }
        Self { source }
    }

    /// Waits for the next tick.
    ///
    /// # Cancel safety
    ///
    /// A tick that was handed to a dropped receive can be received again.
    ///
    /// ```
    /// use fanin::time::Ticker;
    /// fanin::sim::run(async {
    ///     let ticker = Ticker::new(std::time::Duration::from_secs(1));
    ///     assert_eq!(ticker.recv().await.nanos(), 1_000_000_000);
    /// });
    /// ```
    #[track_caller]
    pub fn recv(&self) -> TimerRecv<'_> {
        TimerRecv { source: &self.source, key: None, single: Single::new() }
    }

    /// Stops the ticker. It does not close anything: a receive waits for ever.
    ///
    /// ```
    /// use fanin::time::{Ticker, timeout};
    /// use std::time::Duration;
    /// fanin::sim::run(async {
    ///     let ticker = Ticker::new(Duration::from_secs(1));
    ///     ticker.stop();
    ///     assert!(timeout(Duration::from_secs(9), ticker.recv()).await.is_err());
    /// });
    /// ```
    pub fn stop(&self) {
        self.source.set(None);
    }

    /// Goes on with another period, counted from now.
    ///
    /// # Panics
    ///
    /// With `non-positive interval for Ticker.Reset` if the period is zero, and outside a runtime.
    ///
    /// ```
    /// use fanin::time::Ticker;
    /// use std::time::Duration;
    /// fanin::sim::run(async {
    ///     let ticker = Ticker::new(Duration::from_secs(1));
    ///     ticker.reset(Duration::from_secs(5));
    ///     assert_eq!(ticker.recv().await.nanos(), 5_000_000_000);
    /// });
    /// ```
    #[track_caller]
    pub fn reset(&self, period: Duration) {
        if period.is_zero() {
            return panics("non-positive interval for Ticker.Reset");
        }
        self.source.set(Some((period, Some(period))));
    }
}

/// Go's panic in a call that cannot wait: under a simulator the task ends before its next operation.
#[track_caller]
fn panics(text: &'static str) {
    probe::act(Site::here(), || Op::Panic, move || Err(Fault::panic(text)));
}

struct Source {
    obj: Obj,
    state: Mutex<State>,
}

struct State {
    /// When the value that nobody has received yet is or was due.
    next: Option<Instant>,
    period: Option<Duration>,
    /// How often it was stopped or started again.
    settings: u64,
    waiters: WaitList<Given>,
    /// The runtime of who came last to wait, while anyone does.
    clock: Option<Handle>,
    alarm: Option<(Handle, TimerId)>,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("next", &lock(&self.state).next).finish_non_exhaustive()
    }
}

impl Source {
    #[track_caller]
    fn new(site: Site, d: Duration, period: Option<Duration>) -> Arc<Self> {
        let obj = Obj::new(site, || ObjKind::Timer);
        probe::follow(move || probe::emit(|| What::Arm { timer: obj.id() }));
        let state = State {
            next: Some(now() + d),
            period,
            settings: 0,
            waiters: WaitList::new(),
            clock: None,
            alarm: None,
        };
        Arc::new(Self { obj, state: Mutex::new(state) })
    }

    /// Stops it, or starts it again; true if it was running or its value not received.
    fn set(self: &Arc<Self>, again: Option<(Duration, Option<Duration>)>) -> bool {
        probe::look(self.obj);
        probe::emit(|| What::Access { obj: self.obj.id(), access: Access::Update, value: Value::Unit });
        if again.is_some() {
            probe::emit(|| What::Arm { timer: self.obj.id() });
        }
        let mut state = lock(&self.state);
        let active = state.next.is_some();
        state.next = again.map(|(d, _)| now() + d);
        state.period = again.and_then(|(_, period)| period);
        state.settings += 1;
        self.arm(&mut state);
        active
    }

    /// Lets the clock know of the timer exactly while someone waits for it.
    fn arm(self: &Arc<Self>, state: &mut State) {
        if let Some((clock, id)) = state.alarm.take() {
            clock.runtime().cancel_timer(id);
        }
        if !state.waiters.is_waited() {
            state.clock = None;
        }
        // Not the current runtime: whoever gives up a receive may do so outside of any.
        if let Some(clock) = state.clock.clone()
            && let Some(at) = state.next
        {
            let id = clock.runtime().set_timer(at, Waker::from(self.clone()));
            state.alarm = Some((clock, id));
        }
    }
}

/// The value that a waiter was given, with the number of settings before that.
type Given = Option<(Instant, u64)>;

impl State {
    fn is_due(&self) -> bool {
        self.next.is_some_and(|at| at <= now())
    }

    /// Takes the value that is due, and looks for the one after it.
    fn take(&mut self) -> Option<Instant> {
        let at = self.next.take_if(|at| *at <= now())?;
        if let Some(period) = self.period {
            let late = now().since(at).as_nanos() / period.as_nanos();
            let missed = u32::try_from(late).unwrap_or(u32::MAX);
            self.next = Some(at + period.saturating_mul(missed.saturating_add(1)));
        }
        Some(at)
    }
}

/// The alarm: gives the value that is due to the first who waits.
impl Wake for Source {
    fn wake(self: Arc<Self>) {
        let mut state = lock(&self.state);
        let mut woken = None;
        if state.is_due()
            && state.waiters.is_waited()
            && let Some(at) = state.take()
        {
            let settings = state.settings;
            match state.waiters.pop() {
                Some((slot, wake)) => {
                    *slot = Some((at, settings));
                    woken = Some(wake);
                }
                // Its claim was lost to another thread meanwhile.
                None => state.next = Some(at),
            }
        }
        self.arm(&mut state);
        drop(state);
        if let Some(wake) = woken {
            wake.fire();
        }
    }
}

/// Returned by [`Timer::recv`] and [`Ticker::recv`].
#[must_use = "futures do nothing unless awaited"]
pub struct TimerRecv<'a> {
    source: &'a Arc<Source>,
    key: Option<Key>,
    single: Single,
}

impl TimerRecv<'_> {
    fn tell(&self) {
        probe::emit(|| What::Tick { timer: self.source.obj.id() });
    }

    fn wait(&mut self, state: &mut State, party: Party<'_>) {
        self.key = Some(state.waiters.push(party, None));
        state.clock = Some(Handle::current());
        self.source.arm(state);
    }

    /// Takes the value that is due; else this is done under the same lock.
    fn take_or(&mut self, wait: impl FnOnce(&mut Self, &mut State)) -> Attempt<Instant> {
        let mut state = lock(&self.source.state);
        if let Some(at) = state.take() {
            drop(state);
            self.tell();
            return Attempt::Done(at);
        }
        wait(self, &mut state);
        Attempt::Not
    }

    /// The value that the alarm has put into the slot.
    fn given(&mut self, take: impl FnOnce(&mut WaitList<Given>, Key) -> Option<Given>) -> Attempt<Instant> {
        let Some(key) = self.key else { return Attempt::Not };
        let mut state = lock(&self.source.state);
        let Some(given) = take(&mut state.waiters, key) else { return Attempt::Not };
        drop(state);
        self.key = None;
        self.tell();
        let (at, _) = given.expect("woken with a value");
        Attempt::Done(at)
    }

    /// Stops waiting; a value that it was given is taken back.
    fn give_up(&mut self) {
        let Some(key) = self.key.take() else { return };
        let mut old = None;
        let mut state = lock(&self.source.state);
        // A stop or a reset since then has taken the value back.
        if let (Some((at, settings)), _) = state.waiters.remove(key, &mut old)
            && settings == state.settings
        {
            state.next = Some(at);
        }
        self.source.arm(&mut state);
    }
}

impl Operation for TimerRecv<'_> {
    type Output = Instant;

    fn op(&self) -> CaseOp {
        CaseOp::Recv { ch: self.source.obj.id() }
    }

    fn check(&self, run: Run) -> Result<(), Fault> {
        self.source.obj.check_in(run, "receive from a timer")
    }
}

impl Alone for TimerRecv<'_> {
    fn single(&mut self) -> &mut Single {
        &mut self.single
    }

    fn attempt(&mut self, waker: &Waker) -> Attempt<Instant> {
        self.take_or(|this, state| this.wait(state, Party::Task(waker)))
    }

    fn finish(&mut self, waker: &Waker) -> Attempt<Instant> {
        let mut old = None;
        self.given(|waiters, key| waiters.finish(key, waker, &mut old))
    }
}

impl Case for TimerRecv<'_> {
    type Output = Instant;
    type Arm = Self;

    fn arm(self) -> Self {
        self
    }
}

impl Arm for TimerRecv<'_> {
    fn ready(&self) -> bool {
        lock(&self.source.state).is_due()
    }

    fn attempt(&mut self) -> Attempt<Instant> {
        self.take_or(|_, _| {})
    }

    fn park(&mut self, claim: Claim, case: u32) -> bool {
        let mut state = lock(&self.source.state);
        let waits = !state.is_due();
        if waits {
            self.wait(&mut state, Party::Select(claim, case));
        }
        waits
    }

    fn finish(&mut self, _: Claim) -> Attempt<Instant> {
        self.given(|waiters, key| Some(waiters.take(key)))
    }

    fn unpark(&mut self, _: Claim) {
        self.give_up();
    }

    fn leave(&mut self) {
        self.give_up();
    }
}

impl Future for TimerRecv<'_> {
    type Output = Instant;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Instant> {
        self.poll_alone(cx)
    }
}

impl Drop for TimerRecv<'_> {
    fn drop(&mut self) {
        self.give_up();
    }
}

impl fmt::Debug for TimerRecv<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TimerRecv").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Timer;
    use crate::{
        rt::local::Config,
        time::{Instant, sleep},
    };
    use futures::FutureExt;
    use std::time::Duration;

    #[test]
    fn a_receive_can_be_given_up_outside_of_a_runtime() {
        let ms = Duration::from_millis;
        let (timer, first, second) = Config::new().paused_clock().run(async move {
            let timer: &Timer = Box::leak(Box::new(Timer::new(ms(1))));
            let (mut first, mut second) = (timer.recv(), timer.recv());
            assert_eq!([(&mut first).now_or_never(), (&mut second).now_or_never()], [None, None]);
            sleep(ms(5)).await;
            (timer, first, second)
        });
        drop(first); // its value is for the second, who has nobody to tell the time
        drop(second);
        assert_eq!(Config::new().paused_clock().run(timer.recv()), Instant::ZERO + ms(1));
    }
}
