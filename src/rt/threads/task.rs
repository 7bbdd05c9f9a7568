//! A task as the executor runs it.

use super::shared::Threads;
use crate::rt::Handle;
use futures::{future::BoxFuture, task::AtomicWaker};
use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

/// Tells the program of its end and of its panic.
pub(super) struct Task {
    number: u64,
    threads: Arc<Threads>,
    running: Option<BoxFuture<'static, ()>>,
    /// Where the clock is paused.
    counted: Option<Arc<Counted>>,
}

impl Task {
    pub(super) fn new(number: u64, threads: Arc<Threads>, future: BoxFuture<'static, ()>) -> Self {
        let counted = threads.is_paused().then(|| Counted::new(&threads));
        Self { number, threads, running: Some(future), counted }
    }

    fn run(&mut self, waker: &Waker) -> Poll<()> {
        let Some(future) = &mut self.running else { return Poll::Ready(()) };
        let poll = || future.as_mut().poll(&mut Context::from_waker(waker));
        let polled = self.threads.catch(poll).unwrap_or(Poll::Ready(()));
        if polled.is_ready() {
            self.threads.ended(self.number);
        }
        polled
    }
}

impl Future for Task {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(counted) = self.counted.clone() else { return self.run(cx.waker()) };
        counted.waker.register(cx.waker());
        let counts = counted.ready.swap(false, Ordering::SeqCst);
        let polled = self.run(&Waker::from(counted));
        if counts {
            self.threads.rests();
        }
        polled
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let _entered = Handle::new(self.threads.clone()).enter();
        let running = self.running.take();
        self.threads.catch(|| drop(running));
    }
}

/// Counts a task among those that are ready or run, for a clock that stands still while there are any.
struct Counted {
    threads: Arc<Threads>,
    ready: AtomicBool,
    waker: AtomicWaker,
}

impl Counted {
    fn new(threads: &Arc<Threads>) -> Arc<Self> {
        threads.works();
        let (threads, ready) = (threads.clone(), AtomicBool::new(true));
        Arc::new(Self { threads, ready, waker: AtomicWaker::new() })
    }
}

impl Wake for Counted {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.ready.swap(true, Ordering::SeqCst) {
            self.threads.works();
        }
        self.waker.wake();
    }
}
