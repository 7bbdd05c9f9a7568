//! The thread that keeps a program: it lets alarms go off, and ends the program when its time has come.

use super::{
    program::{Ended, Left},
    shared::Threads,
};
use crate::rt::{Handle, JoinHandle, time::now};
use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::Duration,
};

pub(super) struct Keeper<T> {
    pub(super) threads: Arc<Threads>,
    pub(super) executor: tokio::runtime::Runtime,
    pub(super) main: JoinHandle<T>,
    pub(super) grace: Duration,
}

/// Wakes the keeper.
struct Call(Thread);

impl Wake for Call {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

impl<T: Send> Keeper<T> {
    /// Keeps the program to its end.
    pub(super) fn keep(mut self) -> Ended<T> {
        let _entered = Handle::new(self.threads.clone()).enter();
        self.threads.keep_here();
        let value = self.main();
        if value.is_some() {
            self.grace();
        }
        // Waits for what the workers are doing, and drops the tasks that wait.
        drop(self.executor);
        self.threads.end();
        let value = match self.threads.take_panic() {
            Some(payload) => Err(payload),
            None => Ok(value.expect("without a panic the main task returns")),
        };
        Ended { value, left: self.threads.left().into_iter().map(Left::from).collect() }
    }

    /// Waits for the main task, or for a panic.
    fn main(&mut self) -> Option<T> {
        let waker = Waker::from(Arc::new(Call(thread::current())));
        loop {
            if let Poll::Ready(value) = Pin::new(&mut self.main).poll(&mut Context::from_waker(&waker)) {
                return value.ok();
            }
            if self.threads.panicked() {
                return None;
            }
            self.threads.wait(None);
        }
    }

    /// Lets the other tasks go on for a while.
    fn grace(&self) {
        let end = now() + self.grace;
        while !self.threads.is_alone() && !self.threads.panicked() && now() < end {
            self.threads.wait(Some(end));
        }
    }
}
