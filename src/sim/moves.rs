//! What can move: the tasks that are ready, and the clock.

use super::{exec::Sim, state::State, tasks::Tasks, turn::Turn};
use crate::{
    probe::{LimitKind, Outcome, TaskId, What},
    rt::{
        TimerId,
        time::{Instant, nanos},
    },
};
use futures::channel::oneshot;

/// What a step can be.
#[derive(Clone, Copy)]
pub(super) enum Move {
    /// A task does its next operation, starts, or goes on after a wait.
    Task(TaskId),
    /// A timer fires.
    Timer((Instant, TimerId)),
}

/// Who can move: tasks, and after them the clock, as often as there are timers that may fire.
#[derive(Clone, Debug, Default)]
pub(crate) struct Movers {
    pub(crate) tasks: Tasks,
    pub(crate) timers: u32,
}

impl Movers {
    pub(crate) fn count(&self) -> u32 {
        self.tasks.count() + self.timers
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.timers == 0 && self.tasks.is_empty()
    }

    pub(crate) fn nth(&self, n: u32) -> Option<TaskId> {
        self.tasks.nth(n).or_else(|| (n < self.count()).then_some(TaskId::CLOCK))
    }

    pub(crate) fn contains(&self, task: TaskId) -> bool {
        if task == TaskId::CLOCK { self.timers > 0 } else { self.tasks.contains(task) }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = TaskId> {
        self.tasks.iter().chain((0..self.timers).map(|_| TaskId::CLOCK))
    }

    /// Keeps those who are to be kept.
    pub(crate) fn retain(&mut self, keep: impl Fn(TaskId) -> bool) {
        let gone: Vec<_> = self.tasks.iter().filter(|task| !keep(*task)).collect();
        gone.into_iter().for_each(|task| self.tasks.remove(task));
        if self.timers > 0 && !keep(TaskId::CLOCK) {
            self.timers = 0;
        }
    }
}

/// What becomes of time when nobody can move.
enum Advance {
    /// Nobody is left to care, or nothing is to come.
    No,
    /// The next timer is beyond this limit, in nanoseconds.
    TooFar(u64),
    /// It has moved on; whoever waits for all others is to be told.
    Done(Option<oneshot::Sender<()>>),
}

impl State {
    /// The timers that may fire.
    fn due(&self) -> impl Iterator<Item = (Instant, TimerId)> {
        let next = self.timers.next().map_or(0, Instant::nanos);
        let early = self.early_timers && next <= nanos(self.limits.time) && self.living > 0;
        let now = if early { self.now.max(next) } else { self.now };
        self.timers.until(Instant::from_nanos(now))
    }

    /// How much can be done now.
    pub(super) fn count(&self) -> u32 {
        let timers = if self.timers.next().is_none() { 0 } else { self.due().count() };
        self.ready.count() + u32::try_from(timers).expect("fewer than steps")
    }

    /// One of the [`count`](Self::count) things that can be done.
    pub(super) fn nth(&self, n: u32) -> Option<Move> {
        let timer = |n: u32| self.due().nth(n as usize).map(Move::Timer);
        self.ready.nth(n).map(Move::Task).or_else(|| timer(n - self.ready.count()))
    }

    /// Lets a timer fire; time moves on to it if it is early.
    pub(super) fn fire(&mut self, (at, timer): (Instant, TimerId)) -> Turn {
        let waker = self.timers.cancel(timer);
        self.line = None;
        if at.nanos() > self.now {
            self.now = at.nanos();
            self.record(TaskId::CLOCK, What::Advance { to: self.now }, None);
        }
        self.record(TaskId::CLOCK, What::Fire, None);
        waker.map_or(Turn::Over, Turn::Fire)
    }

    fn advance(&mut self) -> Advance {
        if self.living == 0 {
            return Advance::No;
        }
        let idle = self.idle.take().filter(|waiting| !waiting.is_canceled());
        let next = self.timers.next().map(Instant::nanos);
        let Some(to) = idle.as_ref().map(|_| self.now).or(next) else { return Advance::No };
        let limit = nanos(self.limits.time);
        if to > limit {
            return Advance::TooFar(limit);
        }
        self.now = to;
        self.line = None;
        // It belongs to the step that it leads to.
        self.step += 1;
        self.record(TaskId::CLOCK, What::Advance { to }, None);
        Advance::Done(idle)
    }

    /// Who can move, in the same order.
    pub(super) fn movers(&self, movers: &mut Movers) {
        movers.tasks.clone_from(&self.ready);
        movers.timers = if self.timers.next().is_none() { 0 } else { self.due().count() as u32 };
    }
}

impl Sim {
    /// Who can move now, with time moved on if nobody could: each place among them is that of a step.
    pub(crate) fn movers_in_time(&mut self, movers: &mut Movers) {
        self.hear();
        self.state.movers(movers);
        if movers.is_empty() && self.outcome().is_none() && self.advance() {
            self.state.movers(movers);
        }
    }

    /// How many timers will not fire: they were cancelled, or no task is left to care.
    pub(crate) fn missed(&self) -> u64 {
        self.state.missed
    }

    /// Moves the clock to the next timer, if any task is left to care; or to where it is, for one that waits
    /// for all others.
    pub(crate) fn advance(&mut self) -> bool {
        match self.state.advance() {
            Advance::No => false,
            Advance::TooFar(limit) => {
                self.end(Outcome::Limit(LimitKind::Time(limit)));
                false
            }
            Advance::Done(idle) => {
                if let Some(waiting) = idle {
                    // Dropped meanwhile, it is not told.
                    let _told = self.run(|| waiting.send(()));
                }
                self.state.step -= 1;
                true
            }
        }
    }
}
