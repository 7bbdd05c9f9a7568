//! A step's two ends: what is to be done, and what it leaves behind.

use super::{Recording, core::State};
use crate::probe::{Effect, Ending, Fault, LimitKind, Outcome, TaskId, What};
use std::task::Waker;

impl State {
    /// The task's step is over: finds out what it does next, or that it has ended.
    pub(super) fn settle(&mut self, id: TaskId) {
        let Some(task) = self.task(id) else { return };
        if task.gone && task.effects.is_empty() && task.ended.is_none() {
            let how = match &task.died {
                None => Ending::Returned,
                Some(Fault::Goexit) => Ending::Goexit,
                Some(_) => Ending::Faulted,
            };
            task.ended = Some(how);
            self.living -= 1;
            self.line = None;
            self.emit(id, What::End { how }, None);
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

    /// Goes on with a recording, after what happened since it was [handed over](Self::hand_over).
    pub(super) fn record_into(&mut self, recording: &mut Box<Recording>) {
        std::mem::swap(&mut self.recording, recording);
        if !recording.is_empty() {
            self.recording.append(recording);
        }
    }

    /// Gives the recording back, or what is new in it.
    pub(super) fn hand_over(&mut self, recording: &mut Box<Recording>) {
        if recording.is_empty() {
            std::mem::swap(&mut self.recording, recording);
        } else {
            recording.append(&mut self.recording);
        }
    }

    /// Lets a task do its next operation, start, or go on after a wait.
    pub(super) fn begin(&mut self, id: TaskId) -> Turn {
        self.actor = id;
        let Some(task) = self.task(id) else { return Turn::Over };
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
            self.emit(id, What::Start, None);
        }
        Turn::Poll(id)
    }

    /// A task was polled; true if it faulted. What it announced and then gave up is forgotten.
    pub(super) fn polled(&mut self, id: TaskId) -> bool {
        let unused = std::mem::replace(&mut self.grant, false);
        let Some(task) = self.task(id) else { return false };
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

    /// How the run ends after this step, if it does.
    pub(super) fn ending(&mut self) -> Option<Outcome> {
        let faulted = if self.lost { self.casualty() } else { None };
        let main_is_done =
            self.exit_with_main && self.task(TaskId::MAIN).is_some_and(|t| t.ended == Some(Ending::Returned));
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
