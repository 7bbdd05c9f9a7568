//! Since when a finding cannot be averted: searches below the beginnings of its schedule, an execution at a time.

use super::{
    driver::Driver,
    explorer::{Explorer, Method},
    search::{Execution, Next, Search, Transition},
};

/// What takes more executions than this to prove is not.
const MOST_PROOFS: usize = 100;

/// The search for the first step from which on all executions lead to a finding.
pub(super) struct Dating {
    settings: Explorer,
    schedule: Vec<Transition>,
    /// After fewer steps than these it can be averted.
    low: usize,
    /// After so many, once that is proved, it cannot.
    high: usize,
    /// How many steps are tried now, and what follows them.
    tried: usize,
    below: Search,
    executions: usize,
}

/// How far a dating is.
pub(super) enum Dated {
    Going,
    /// After so many steps of the schedule; `None` if that cannot be told.
    Known(Option<usize>),
}

impl Dating {
    pub(super) fn new(settings: &Explorer, schedule: Vec<Transition>) -> Self {
        let settings = Explorer { method: Method::Reduced, ..settings.clone() };
        let (high, below) = (schedule.len(), Search::below(&settings, &schedule));
        Self { settings, schedule, low: 0, high, tried: high, below, executions: 0 }
    }

    /// Takes one more execution, which has the finding or not.
    pub(super) fn advance(
        &mut self,
        loops_are_endless: bool,
        start: impl Fn(&Explorer) -> Driver,
        has: impl Fn(&Execution) -> bool,
    ) -> Dated {
        let unavoidable = match self.below.next(|| start(&self.settings)) {
            Next::Ran(execution) if !has(&execution) => false,
            // What was cut short could lead elsewhere.
            Next::Done { .. } => self.below.loops.untried.is_empty() || loops_are_endless,
            Next::Astray(_) => false,
            Next::Anew => return Dated::Going,
            Next::Ran(_) | Next::Blocked => {
                self.executions += 1;
                if self.executions < MOST_PROOFS {
                    return Dated::Going;
                }
                false
            }
        };
        if unavoidable {
            self.high = self.tried;
        } else if self.tried == self.schedule.len() {
            return Dated::Known(None);
        } else {
            self.low = self.tried + 1;
        }
        if self.low == self.high {
            return Dated::Known(Some(self.high));
        }
        // What is unavoidable stays so.
        self.tried = usize::midpoint(self.low, self.high);
        self.below = Search::below(&self.settings, &self.schedule[..self.tried]);
        self.executions = 0;
        Dated::Going
    }
}
