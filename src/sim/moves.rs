//! What can move: the tasks that are ready, and the clock.

use super::{core::State, exec::Sim};
use crate::{
    probe::{LimitKind, Outcome, TaskId, What},
    rt::{TimerId, time::nanos},
};

/// What a step can be.
#[derive(Clone, Copy)]
pub(super) enum Move {
    /// A task does its next operation, starts, or goes on after a wait.
    Task(TaskId),
    /// A timer fires.
    Timer((u64, TimerId)),
}

impl State {
    /// The timers that may fire.
    fn due(&self) -> impl Iterator<Item = (u64, TimerId)> {
        let next = self.timers.keys().next().map_or(0, |(at, _)| *at);
        let early = self.early_timers && next <= nanos(self.limits.time) && self.living > 0;
        let now = if early { self.now.max(next) } else { self.now };
        self.timers.range(..=(now, TimerId(u64::MAX))).map(|(key, _)| *key)
    }

    /// How much can be done now.
    pub(super) fn count(&self) -> u32 {
        let timers = if self.timers.is_empty() { 0 } else { self.due().count() };
        self.ready.count() + u32::try_from(timers).expect("fewer than steps")
    }

    /// One of the [`count`](Self::count) things that can be done.
    pub(super) fn nth(&self, n: u32) -> Option<Move> {
        let timer = |n: u32| self.due().nth(n as usize).map(Move::Timer);
        self.ready.nth(n).map(Move::Task).or_else(|| timer(n - self.ready.count()))
    }

    /// Who can move, in the same order: the clock as often as there are timers that may fire.
    pub(super) fn movers(&self, movers: &mut Vec<TaskId>) {
        movers.clear();
        self.ready.iter().for_each(|task| movers.push(task));
        if !self.timers.is_empty() {
            movers.extend(self.due().map(|_| TaskId::CLOCK));
        }
    }
}

impl Sim {
    /// Who can move now, with time moved on if nobody could: each place among them is that of a step.
    pub(crate) fn movers_in_time(&mut self, movers: &mut Vec<TaskId>) {
        self.core.lock().movers(movers);
        if movers.is_empty() && self.outcome().is_none() && self.advance() {
            self.core.lock().movers(movers);
        }
    }

    /// How many timers were cancelled before they fired.
    pub(crate) fn cancelled(&self) -> u64 {
        self.core.lock().cancelled
    }

    /// Moves the clock to the next timer, if any task is left to care; or to where it is, for one that waits
    /// for all others.
    pub(crate) fn advance(&mut self) -> bool {
        let mut state = self.core.lock();
        if state.living == 0 {
            return false;
        }
        let idle = state.idle.take().filter(|waiting| !waiting.is_canceled());
        let next = state.timers.keys().next().map(|(at, _)| *at);
        let Some(to) = idle.as_ref().map(|_| state.now).or(next) else { return false };
        let limit = nanos(state.limits.time);
        if to > limit {
            drop(state);
            self.end(Outcome::Limit(LimitKind::Time(limit)));
            return false;
        }
        state.now = to;
        state.line = None;
        // It belongs to the step that it leads to.
        state.step += 1;
        state.emit(TaskId::CLOCK, What::Advance { to }, None);
        drop(state);
        if let Some(waiting) = idle {
            // Dropped meanwhile, it is not told.
            let _told = waiting.send(());
        }
        self.core.lock().step -= 1;
        true
    }

    /// Lets a timer fire; time moves on to it if it is early.
    pub(super) fn fire(&self, key: (u64, TimerId)) {
        let mut state = self.core.lock();
        let waker = state.timers.remove(&key);
        state.line = None;
        if key.0 > state.now {
            state.now = key.0;
            state.emit(TaskId::CLOCK, What::Advance { to: key.0 }, None);
        }
        state.emit(TaskId::CLOCK, What::Fire, None);
        drop(state);
        if let Some(waker) = waker {
            let _entered = self.handle.enter();
            waker.wake();
        }
    }
}
