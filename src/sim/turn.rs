//! What a step leaves behind: where its task has come to, and what was recorded.

use super::{Recording, core::State};
use crate::probe::{Ending, Fault, Outcome, TaskId, What};

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
    pub(super) fn record_into(&mut self, recording: &mut Recording) {
        std::mem::swap(&mut self.recording.events, &mut recording.events);
        std::mem::swap(&mut self.recording.picks, &mut recording.picks);
        self.recording.events.append(&mut recording.events);
        self.recording.picks.append(&mut recording.picks);
    }

    /// Gives the recording back, or what is new in it: nothing is copied if all of it is here.
    pub(super) fn hand_over(&mut self, recording: &mut Recording) {
        move_over(&mut self.recording.events, &mut recording.events);
        move_over(&mut self.recording.picks, &mut recording.picks);
    }
}

fn move_over<T>(from: &mut Vec<T>, to: &mut Vec<T>) {
    if to.is_empty() {
        std::mem::swap(from, to);
    } else {
        to.append(from);
    }
}
