//! A moment of a run, as the page shows it.

use crate::model::view::View;
use fanin::{
    detect::{Finding, Kind},
    explore::TokenError,
    probe::{Event, Outcome, TaskId},
    sim::Enabled,
};
use std::rc::Rc;

/// A run at a step.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What is seen after the step.
    pub now: Rc<View>,
    /// What is known of the run, also after the step.
    pub whole: Rc<View>,
    /// What was found, if this is the end.
    pub findings: Rc<[Finding]>,
    /// What may be wrong in it all the same, if this is the end.
    pub lints: Rc<[Finding]>,
    /// The events of this step and of some before it.
    pub recent: Rc<[Event]>,
    /// Who could act next.
    pub next: Rc<[Enabled]>,
    /// How the run ended, if this is its end.
    pub outcome: Option<Outcome>,
    /// Why this is not the run that the schedule was made from, if it follows one and is not.
    pub mismatch: Option<TokenError>,
    /// True if no step comes after those that are known.
    pub ended: bool,
}

/// A view is never changed once a frame shares it.
impl PartialEq for Frame {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.now, &other.now)
            && Rc::ptr_eq(&self.whole, &other.whole)
            && Rc::ptr_eq(&self.findings, &other.findings)
            && self.ended == other.ended
    }
}

impl Frame {
    pub fn t(&self) -> u32 {
        self.now.step
    }

    /// The events of the step.
    pub fn events(&self) -> &[Event] {
        let start = self.recent.partition_point(|e| e.step < self.t());
        &self.recent[start..]
    }

    /// The last step that is known.
    pub fn last(&self) -> u32 {
        self.whole.step
    }

    /// What was found of a goroutine that it will not come out of.
    pub fn finding(&self, task: TaskId) -> Option<&Finding> {
        self.waits_for_ever().find(|f| f.tasks.contains(&task))
    }

    /// That finding in words; of a deadlock, what is told of this goroutine.
    pub fn told(&self, task: TaskId) -> Option<&str> {
        let Finding { tasks, message, .. } = self.finding(task)?;
        let at = tasks.iter().position(|t| *t == task)?;
        Some(message.split('\n').nth(at + 1).unwrap_or(message))
    }

    /// How many goroutines were found to wait for ever, of those that `of` holds for.
    pub fn stuck(&self, of: impl Fn(TaskId) -> bool) -> u32 {
        self.waits_for_ever().flat_map(|f| &f.tasks).filter(|task| of(**task)).count() as u32
    }

    /// The word for them: who waits in a deadlock has not leaked.
    pub fn stuck_word(&self) -> &'static str {
        if self.outcome == Some(Outcome::Deadlock) { "deadlocked" } else { "leaked" }
    }

    fn waits_for_ever(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| matches!(f.kind, Kind::Leak | Kind::Deadlock))
    }
}
