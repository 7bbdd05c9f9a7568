//! Loops that look in vain: whether one would end by itself.
//!
//! A search lets a loop look in vain a few times, and then only after a change. That loses nothing if the loop keeps no count;
//! one that gives up after some rounds is seen to do so only where nobody else can move. So each such loop is tried, once.

use super::{driver::Driver, search::Transition};
use crate::probe::{Place, TaskId};

/// A loop that takes more steps than this for its last rounds is taken for one that ends.
const MOST_STEPS: u32 = 1_000;

/// A task that looked in vain and was held back while others could move.
pub(super) struct Doubt {
    /// The steps that led there.
    first: Vec<Transition>,
    task: TaskId,
}

impl Doubt {
    /// True if the task would do something else after some more rounds, if it went on alone.
    pub(super) fn is_counted(&self, mut driver: Driver) -> bool {
        for step in &self.first {
            driver.movers();
            driver.take(step.task, &step.picks);
        }
        for _ in 0..MOST_STEPS {
            driver.movers();
            if driver.is_tired(self.task, true) {
                return false;
            }
            // After a yield it goes on without an operation.
            let goes_on = driver.next(self.task).is_none() && driver.can_move(self.task);
            if !goes_on && !driver.is_tired(self.task, false) {
                return true;
            }
            driver.take(self.task, &[]);
        }
        true
    }
}

/// The loops that a search has met.
#[derive(Default)]
pub(super) struct Loops {
    /// By where the looks are made.
    known: Vec<(TaskId, Option<Place>)>,
    pub(super) untried: Vec<Doubt>,
}

impl Loops {
    /// Takes note of those who were held back after some steps, each of their loops once.
    pub(super) fn note<'a>(&mut self, driver: &Driver, steps: impl Iterator<Item = &'a Transition> + Clone) {
        for task in driver.tired().iter() {
            let Some(look) = driver.next(task) else { continue };
            if !self.known.iter().any(|(known, place)| (*known, place) == (task, &look.place)) {
                self.known.push((task, look.place.clone()));
                self.untried.push(Doubt { first: steps.clone().cloned().collect(), task });
            }
        }
    }
}
