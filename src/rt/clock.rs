//! The clocks of the runtimes that are not simulated.

use super::time::Instant;
use crate::lock::lock;
use std::{sync::Mutex, time::Duration};

/// A monotonic clock that starts at zero.
#[derive(Debug)]
pub(super) enum Clock {
    /// The machine's.
    Real(Start),
    /// One that is moved from alarm to alarm.
    Paused(Mutex<Instant>),
}

impl Clock {
    pub(super) fn new(paused: bool) -> Self {
        if paused { Self::Paused(Mutex::new(Instant::ZERO)) } else { Self::Real(Start::now()) }
    }

    #[cfg(feature = "threads")]
    pub(super) fn is_paused(&self) -> bool {
        matches!(self, Self::Paused(_))
    }

    pub(super) fn now(&self) -> Instant {
        match self {
            Self::Real(start) => Instant::ZERO + start.elapsed(),
            Self::Paused(now) => *lock(now),
        }
    }

    /// Stops the thread until the alarm `next`, or until it is unparked. A paused clock is moved there instead, if
    /// nothing else can happen before.
    pub(super) fn wait(&self, next: Option<Instant>, idle: bool) {
        match (self, next) {
            (Self::Real(_), Some(next)) => park(next.since(self.now())),
            (Self::Paused(now), Some(next)) if idle => {
                let mut now = lock(now);
                *now = next.max(*now);
            }
            _ => park(Duration::MAX),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug)]
pub(super) struct Start(std::time::Instant);

#[cfg(not(target_arch = "wasm32"))]
impl Start {
    #[expect(clippy::disallowed_methods, reason = "this is the clock of the runtimes")]
    fn now() -> Self {
        Self(std::time::Instant::now())
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn park(longest: Duration) {
    if longest > Duration::ZERO {
        std::thread::park_timeout(longest);
    }
}

/// WebAssembly has no clock of its own, and its only thread cannot wait.
#[cfg(target_arch = "wasm32")]
#[derive(Debug)]
pub(super) struct Start;

#[cfg(target_arch = "wasm32")]
impl Start {
    fn now() -> Self {
        Self
    }

    fn elapsed(&self) -> Duration {
        panic!(
            "WebAssembly has no clock of its own: run this with fanin::rt::browser::spawn, or pause the clock"
        )
    }
}

#[cfg(target_arch = "wasm32")]
fn park(_: Duration) {
    panic!("all goroutines are asleep - deadlock!")
}
