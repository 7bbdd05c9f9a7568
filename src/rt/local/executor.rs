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
        let mut left = ROUND;
        loop {
            match self.poll_next() {
                Some((MAIN, Poll::Ready(()))) => return,
                Some(_) => {
                    left -= 1;
                    if left == 0 {
                        left = ROUND;
                        self.look_outside();
                    }
                }
                None => {
                    if !self.look_outside() {
                        self.local.clock.wait(lock(&self.local.alarms).next(), true);
                    }
                }
            }
        }
    }

    /// Polls the next task, if one can run: its place, and whether it has ended. Those that were started come after
    /// those that were woken before.
    #[inline]
    fn poll_next(&mut self) -> Option<(u32, Poll<()>)> {
        let Self { tasks, free, wakers, .. } = self;
        let (index, waker) = here(|here| {
            if !here.started.is_empty() {
                settle(tasks, free, here);
            }
            let index = here.next()?;
            let waker = wakers.of(index);
            here.polls(waker, index);
            Some((index, waker))
        })?;
        let place = &mut tasks[index as usize];
        let Some(task) = place else { return Some((index, Poll::Pending)) };
        let polled = task.as_mut().poll(&mut Context::from_waker(waker));
        if polled.is_ready() {
            here(Here::rests);
            *place = None;
            free.push(index);
            wakers.ended(index);
        } else {
            wakers.waits(index);
        }
        Some((index, polled))
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

/// Gives the tasks that were started their places.
#[cold]
fn settle(tasks: &mut Tasks, free: &mut Vec<u32>, here: &mut Here) {
    let again = free.len().min(here.started.len());
    let mut started = mem::take(&mut here.started);
    for (index, task) in free.drain(free.len() - again..).zip(started.drain(..again)) {
        tasks[index as usize] = task;
        here.wake(index);
    }
    let next = tasks.len();
    // The longer list stays where it is: a million tasks that one has started are not copied.
    if started.len() > next {
        let few = mem::replace(tasks, started);
        tasks.splice(..0, few);
    } else {
        tasks.append(&mut started);
        here.started = started;
    }
    for index in next..tasks.len() {
        here.start(u32::try_from(index).expect("fewer than 2^32 tasks"));
    }
}

impl Drop for Executor {
    fn drop(&mut self) {
        // The wakers go now: none that is made at the place of one may pass for it.
        here(Here::rests);
    }
}
