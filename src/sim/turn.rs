//! A step's two ends: what is to be done, and what it leaves behind.

use super::{
    Choice,
    moves::Move,
    state::{State, TaskState},
    tasks::Tasks,
};
use crate::probe::{Effect, Ending, Event, Fault, LimitKind, Line, Outcome, Probe, TaskId, What};
use futures::future::BoxFuture;
use std::{collections::VecDeque, sync::Arc, task::Waker};

impl State {
    /// The acting task's step is over: finds out what it does next, or that it has ended.
    pub(super) fn settle(&mut self) {
        let id = self.actor;
        let Some(task) = self.task_mut(id) else { return };
        if task.gone && task.effects.is_empty() && task.ended.is_none() {
            let how = match &task.died {
                None => Ending::Returned,
                Some(Fault::Goexit) => Ending::Goexit,
                Some(_) => Ending::Faulted,
            };
            task.ended = Some(how);
            self.living -= 1;
            self.missed += u64::from(self.living == 0 && self.timers.next().is_some());
            self.line = None;
            self.record(id, What::End { how }, None);
        } else {
            self.tell_next(id);
            self.tell_wait(id);
        }
        self.refresh(id);
        self.actor = TaskId::CLOCK;
        self.line = None;
    }

    /// The first task whose fault ends the run now.
    pub(super) fn casualty(&self) -> Option<Outcome> {
        self.tasks.iter().zip(1..).find_map(|(t, id)| match &t.died {
            Some(Fault::Panic(_)) if self.outlive_panics => None,
            Some(Fault::Goexit) | None => None,
            // A fatal error leaves no time for deferred work.
            Some(fault) if t.ended.is_some() || matches!(fault, Fault::Fatal(_)) => {
                Some(Outcome::Faulted { task: TaskId(id), fault: fault.clone() })
            }
            Some(_) => None,
        })
    }

    /// Begins a step: one of the things that can be done, of which there are some. The choices are the given ones, as
    /// far as they go, and then the strategy's.
    pub(super) fn begin(&mut self, pick: Option<u32>, within: &[u32]) -> Turn {
        self.step += 1;
        let of = self.count();
        self.forced.clear();
        self.forced.extend(pick.filter(|_| of > 1).into_iter().chain(within.iter().copied()));
        let pick = self.pick(Choice::Next, of);
        match self.nth(pick) {
            Some(Move::Task(task)) => self.resume(task),
            Some(Move::Timer(key)) => self.fire(key),
            None => Turn::Over,
        }
    }

    /// Lets a task do its next operation, start, or go on after a wait.
    fn resume(&mut self, id: TaskId) -> Turn {
        self.actor = id;
        let Some(task) = self.task_mut(id) else { return Turn::Over };
        if let Some(queued) = task.effects.pop_front() {
            task.told = false;
            let depth = std::mem::replace(&mut task.depth, queued.depth);
            self.line = queued.op.map(|(_, line)| line);
            self.acting = true;
            return Turn::Perform { task: id, effect: queued.effect, depth };
        }
        let grant = task.announced.is_some();
        let first = !std::mem::replace(&mut task.started, true);
        task.woken = false;
        let parked = task.parked.take();
        self.grant = grant;
        self.line = parked.map(|p| p.line);
        if first {
            self.record(id, What::Start, None);
        }
        Turn::Poll(id)
    }

    /// Takes in a task, unless the run is over; it is to be [born](Self::bear).
    pub(super) fn adopt(&mut self, task: BoxFuture<'static, ()>) -> Result<TaskId, BoxFuture<'static, ()>> {
        if self.over {
            return Err(task);
        }
        if self.tasks.len() >= self.limits.tasks as usize {
            self.reached = Some(Outcome::Limit(LimitKind::Tasks(self.limits.tasks)));
        }
        self.tasks.push(TaskState::default());
        self.started.push(task);
        Ok(TaskId(u32::try_from(self.tasks.len()).expect("within the limit")))
    }

    /// From now on a task can be chosen.
    pub(super) fn bear(&mut self, child: TaskId, name: Arc<str>, line: Line) {
        let actor = self.actor;
        self.record(actor, What::Go { child, name }, Some(line));
        if let Some(task) = self.task_mut(child) {
            task.born = true;
            self.living += 1;
            self.refresh(child);
        }
    }

    /// A task was polled; true if it faulted. What it announced and then gave up is forgotten.
    pub(super) fn polled(&mut self, id: TaskId) -> bool {
        let unused = std::mem::replace(&mut self.grant, false);
        let Some(task) = self.task_mut(id) else { return false };
        if unused {
            task.announced = None;
        }
        let instead = task.instead.take();
        if task.announced.is_none() {
            task.announced = instead;
            task.told = false;
        }
        task.fault.is_some()
    }

    /// A queued operation of a task was done, or what follows one.
    pub(super) fn performed(&mut self, id: TaskId, depth: u32) -> Performed {
        let next = self.task_mut(id).and_then(|task| task.effects.pop_front_if(|q| q.op.is_none()));
        if let Some(next) = next {
            return Performed::Followed(next.effect);
        }
        self.acting = false;
        let settled = self.task_mut(id).is_some_and(|task| {
            task.depth = depth;
            task.effects.is_empty() && std::mem::take(&mut task.settling)
        });
        Performed::All { settled }
    }

    /// A task dies of its fault.
    pub(super) fn die(&mut self, id: TaskId) {
        let Some(task) = self.task_mut(id) else { return };
        task.died = task.fault.take().map(|(fault, _)| fault);
        task.depth = 0;
        self.lost |= !matches!(task.died, None | Some(Fault::Goexit));
    }

    /// A task's future goes.
    pub(super) fn forget(&mut self, id: TaskId) {
        if let Some(task) = self.task_mut(id) {
            task.gone = true;
            task.announced = None;
        }
    }

    /// The run ends.
    pub(super) fn over(&mut self, outcome: Outcome) {
        let what = What::Over { outcome: outcome.clone() };
        let event = Event { step: self.step, at: self.now, task: TaskId::CLOCK, what, place: None };
        self.recording.events.push(event);
        self.recording.outcome = Some(outcome);
    }

    /// From now on nothing happens; gives what is to be dropped.
    pub(super) fn close(&mut self) -> impl Sized + use<> {
        self.over = true;
        self.ready = Tasks::default();
        let queued: Vec<_> = self.tasks.iter_mut().flat_map(|t| t.effects.drain(..)).collect();
        (std::mem::take(&mut self.timers), std::mem::take(&mut self.started), queued)
    }

    /// A queued operation of the acting task faults: of what it has queued after it only deferred work happens.
    /// Gives the rest.
    pub(super) fn fail(&mut self, fault: Fault) -> Vec<Effect> {
        self.raise(fault);
        let Some(task) = self.actor() else { return Vec::new() };
        let queued = std::mem::take(&mut task.effects).into_iter();
        let (deferred, dropped): (VecDeque<_>, VecDeque<_>) = queued.partition(|q| q.deferred);
        task.effects = deferred;
        dropped.into_iter().map(|q| q.effect).collect()
    }

    /// How the run ends after this step, if it does.
    pub(super) fn ending(&mut self) -> Option<Outcome> {
        let faulted = if self.lost { self.casualty() } else { None };
        let main_is_done = self.exit_with_main
            && self.task_mut(TaskId::MAIN).is_some_and(|t| t.ended == Some(Ending::Returned));
        if faulted.is_some() {
            faulted
        } else if main_is_done {
            Some(Outcome::Exited)
        } else if self.step >= self.limits.steps {
            Some(Outcome::Limit(LimitKind::Steps(self.limits.steps)))
        } else {
            self.reached.take()
        }
    }
}

/// What is left of a task's queued operation.
pub(super) enum Performed {
    /// This follows it.
    Followed(Effect),
    /// Nothing; the task may be waiting for that.
    All { settled: bool },
}

/// What is to be done in a step, with code of the program.
pub(super) enum Turn {
    /// A task is polled.
    Poll(TaskId),
    /// A task's queued operation is done; then it is in so many regions that catch faults again.
    Perform { task: TaskId, effect: Effect, depth: u32 },
    /// A timer's waiter is woken.
    Fire(Waker),
    /// Nothing.
    Over,
}
