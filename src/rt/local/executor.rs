//! The loop that polls.

use super::{
    Local,
    here::{Here, Ready, here, if_here},
};
use crate::lock::lock;
use futures::future::BoxFuture;
use std::{
    sync::{Arc, atomic::Ordering},
    task::{Context, Poll, Wake, Waker},
};

/// Wakes the task at a place, for who must have a waker.
struct Wakeup {
    local: Arc<Local>,
    index: u32,
}

impl Wake for Wakeup {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !if_here(self.local.run, |here| here.wake(self.index)) {
            self.local.outside(|ready| ready.woken.push_back(self.index));
        }
    }
}

struct Task {
    future: BoxFuture<'static, ()>,
    waker: Waker,
}

pub(super) struct Executor {
    local: Arc<Local>,
    tasks: Vec<Option<Task>>,
    free: Vec<u32>,
}

/// The place of the main task.
const MAIN: u32 = 0;

/// How many polls there are between two looks at the clock and at the other threads.
const ROUND: u32 = 64;

impl Executor {
    pub(super) fn new(local: Arc<Local>) -> Self {
        Self { local, tasks: Vec::new(), free: Vec::new() }
    }

    /// Runs until the main task, the first, has ended.
    pub(super) fn run(mut self) {
        let mut polls = 0;
        loop {
            let Some(index) = self.next() else {
                if !self.look_outside() {
                    self.local.clock.wait(lock(&self.local.alarms).next(), true);
                }
                continue;
            };
            if self.poll(index).is_ready() {
                if index == MAIN {
                    return;
                }
                self.free.push(index);
            }
            polls = (polls + 1) % ROUND;
            if polls == 0 {
                self.look_outside();
            }
        }
    }

    /// Ready when the task has ended just now.
    fn poll(&mut self, index: u32) -> Poll<()> {
        let Some(task) = &mut self.tasks[index as usize] else { return Poll::Pending };
        let polled = task.future.as_mut().poll(&mut Context::from_waker(&task.waker));
        if polled.is_ready() {
            here(Here::rests);
            self.tasks[index as usize] = None;
        }
        polled
    }

    /// The next task to poll. Those that were started come after those that were woken before.
    #[inline]
    fn next(&mut self) -> Option<u32> {
        here(|here| {
            if !here.ready.started.is_empty() {
                let mut started = std::mem::take(&mut here.ready.started);
                started.drain(..).for_each(|future| here.start(self.settle(future)));
                here.ready.started = started;
            }
            let index = here.next()?;
            if let Some(task) = &self.tasks[index as usize] {
                here.polls(&task.waker, index);
            }
            Some(index)
        })
    }

    /// Gives a task a place.
    fn settle(&mut self, future: BoxFuture<'static, ()>) -> u32 {
        let next = u32::try_from(self.tasks.len()).expect("fewer than 2^32 tasks");
        let index = self.free.pop().unwrap_or(next);
        let waker = Waker::from(Arc::new(Wakeup { local: self.local.clone(), index }));
        let task = Some(Task { future, waker });
        if index == next {
            self.tasks.push(task);
        } else {
            self.tasks[index as usize] = task;
        }
        index
    }

    /// Takes in what other threads did and lets alarms go off; true if there was anything.
    fn look_outside(&mut self) -> bool {
        let mut found = false;
        if self.local.called.swap(false, Ordering::AcqRel) {
            let Ready { started, woken } = std::mem::take(&mut *lock(&self.local.outside));
            here(|here| {
                here.ready.started.extend(started);
                woken.into_iter().for_each(|index| here.wake(index));
            });
            found = true;
        }
        if lock(&self.local.alarms).next().is_none() {
            return found;
        }
        let now = self.local.clock.now();
        while let Some(waker) = { lock(&self.local.alarms).due(now) } {
            waker.wake();
            found = true;
        }
        found
    }
}

impl Drop for Executor {
    fn drop(&mut self) {
        // The wakers go now: none that is made at the place of one may pass for it.
        here(Here::rests);
    }
}
