//! The loop that polls.

use super::{
    Local, Outside, Tasks,
    here::{Here, here},
    wakers::Wakers,
};
use crate::lock::lock;
use std::{
    mem,
    sync::{Arc, atomic::Ordering},
    task::{Context, Poll},
};

pub(super) struct Executor {
    tasks: Tasks,
    free: Vec<u32>,
    wakers: Wakers,
    local: Arc<Local>,
}

/// The place of the main task.
const MAIN: u32 = 0;

/// How many polls there are between two looks at the clock and at the other threads.
const ROUND: u32 = 64;

impl Executor {
    pub(super) fn new(local: Arc<Local>) -> Self {
        Self { tasks: Vec::new(), free: Vec::new(), wakers: Wakers::new(local.clone()), local }
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
    #[inline]
    fn poll(&mut self, index: u32) -> Poll<()> {
        let Some(task) = &mut self.tasks[index as usize] else { return Poll::Pending };
        let polled = task.as_mut().poll(&mut Context::from_waker(self.wakers.of(index)));
        if polled.is_ready() {
            here(Here::rests);
            self.tasks[index as usize] = None;
            self.wakers.ended(index);
        } else {
            self.wakers.waits(index);
        }
        polled
    }

    /// The next task to poll. Those that were started come after those that were woken before.
    #[inline]
    fn next(&mut self) -> Option<u32> {
        here(|here| {
            if !here.started.is_empty() {
                self.settle(here);
            }
            let index = here.next()?;
            here.polls(self.wakers.of(index), index);
            Some(index)
        })
    }

    /// Gives the tasks that were started their places.
    #[cold]
    fn settle(&mut self, here: &mut Here) {
        let free = self.free.len().min(here.started.len());
        let mut started = mem::take(&mut here.started);
        for (index, task) in self.free.drain(self.free.len() - free..).zip(started.drain(..free)) {
            self.tasks[index as usize] = task;
            here.wake(index);
        }
        let next = self.tasks.len();
        // The longer list stays where it is: a million tasks that one has started are not copied.
        if started.len() > next {
            let few = mem::replace(&mut self.tasks, started);
            self.tasks.splice(..0, few);
        } else {
            self.tasks.append(&mut started);
            here.started = started;
        }
        for index in next..self.tasks.len() {
            here.start(u32::try_from(index).expect("fewer than 2^32 tasks"));
        }
    }

    /// Takes in what other threads did and lets alarms go off; true if there was anything.
    fn look_outside(&mut self) -> bool {
        let mut found = false;
        if self.local.called.swap(false, Ordering::AcqRel) {
            let Outside { started, woken } = mem::take(&mut *lock(&self.local.outside));
            here(|here| {
                here.started.extend(started);
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
