//! The wakers that the tasks are polled with.
//!
//! Most tasks wait by their place and keep no waker. So all of them are lent the same one, each while it is polled. A task
//! that has cloned it has it for good, and the others are lent a new one.

use super::{Local, here::if_here};
use std::{
    mem,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering, fence},
    },
    task::{Wake, Waker},
};

/// Wakes the task at a place.
struct Wakeup {
    local: Arc<Local>,
    index: AtomicU32,
}

impl Wake for Wakeup {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let index = self.index.load(Ordering::Relaxed);
        if !if_here(self.local.run, |here| here.wake(index)) {
            self.local.outside(|outside| outside.woken.push(index));
        }
    }
}

pub(super) struct Wakers {
    lent: Lent,
    /// Of those tasks that have one for good, by place.
    own: Vec<Option<Waker>>,
}

/// The waker that is lent. No task that waits has a clone of it.
struct Lent {
    wakeup: Arc<Wakeup>,
    waker: Waker,
}

impl Lent {
    fn new(local: Arc<Local>) -> Self {
        let wakeup = Arc::new(Wakeup { local, index: AtomicU32::new(0) });
        Self { waker: Waker::from(wakeup.clone()), wakeup }
    }

    #[inline]
    fn is_cloned(&self) -> bool {
        let cloned = Arc::strong_count(&self.wakeup) > 2;
        // A clone that another thread has dropped no longer reads the place, which changes now.
        fence(Ordering::Acquire);
        cloned
    }
}

impl Wakers {
    pub(super) fn new(local: Arc<Local>) -> Self {
        Self { lent: Lent::new(local), own: Vec::new() }
    }

    /// The waker for the task at a place, which is about to be polled.
    #[inline]
    pub(super) fn of(&self, index: u32) -> &Waker {
        match self.own.get(index as usize) {
            Some(Some(own)) => own,
            _ => {
                self.lent.wakeup.index.store(index, Ordering::Relaxed);
                &self.lent.waker
            }
        }
    }

    /// The task at a place was polled, and waits.
    #[inline]
    pub(super) fn waits(&mut self, index: u32) {
        if self.lent.is_cloned() {
            self.keep(index);
        }
    }

    /// The waker that is lent is that of this task from now on, and another is lent.
    #[cold]
    fn keep(&mut self, index: u32) {
        let new = Lent::new(self.lent.wakeup.local.clone());
        let own = mem::replace(&mut self.lent, new).waker;
        let index = index as usize;
        self.own.resize_with(self.own.len().max(index + 1), || None);
        self.own[index] = Some(own);
    }

    /// The task at a place has ended. If it was lent a waker and has cloned it, the next one that waits keeps that.
    #[inline]
    pub(super) fn ended(&mut self, index: u32) {
        if let Some(own) = self.own.get_mut(index as usize) {
            *own = None;
        }
    }
}
