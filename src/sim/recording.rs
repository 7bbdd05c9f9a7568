//! What a run leaves behind.

use super::Pick;
use crate::probe::{Event, Op, Outcome, TaskId, What};
use std::collections::BTreeMap;

/// A run as data: its events, the choices that led to them, and how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// The seed that the choices came from.
    pub seed: u64,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// Every choice among at least two possibilities.
    pub picks: Vec<Pick>,
    /// How the run ended, once it has.
    pub outcome: Option<Outcome>,
}

impl Recording {
    /// What the program put out, as text.
    ///
    /// ```
    /// let run = fanin::sim::Config::new().run(async {
    ///     fanin::output(&1);
    ///     fanin::output(&"two");
    /// });
    /// assert_eq!(run.recording.outputs(), ["1", "two"]);
    /// ```
    pub fn outputs(&self) -> Vec<String> {
        let outputs = self.events.iter().filter_map(|e| match &e.what {
            What::Output { value } => Some(value.to_string()),
            _ => None,
        });
        outputs.collect()
    }

    /// How many steps the run has taken.
    ///
    /// ```
    /// let recording = fanin::sim::Config::new().run(async {}).recording;
    /// assert_eq!(recording.steps(), recording.events.last().unwrap().step);
    /// ```
    pub fn steps(&self) -> u32 {
        self.events.last().map_or(0, |e| e.step)
    }

    /// Makes it empty, but for the room that it takes.
    pub(super) fn clear(&mut self) {
        self.events.clear();
        self.picks.clear();
        self.outcome = None;
    }

    /// The tasks that have not ended, and the operation in which each waits, if it does.
    ///
    /// ```
    /// use fanin::{Receiver, go, sim::Config};
    /// let run = Config::new().run(async {
    ///     go(async { Receiver::<u32>::never().recv().await });
    /// });
    /// let left: Vec<_> = run.recording.unfinished().into_values().flatten().collect();
    /// assert_eq!(left[0].wait_reason(), "chan receive (nil chan)");
    /// ```
    pub fn unfinished(&self) -> BTreeMap<TaskId, Option<Op>> {
        let mut tasks = BTreeMap::new();
        tasks.insert(TaskId::MAIN, None);
        for e in &self.events {
            match &e.what {
                What::Go { child, .. } => {
                    tasks.insert(*child, None);
                }
                What::Park { op } => {
                    tasks.insert(e.task, Some(op.clone()));
                }
                What::Wake { task } => {
                    tasks.insert(*task, None);
                }
                What::End { .. } => {
                    tasks.remove(&e.task);
                }
                _ => {}
            }
        }
        tasks
    }
}
