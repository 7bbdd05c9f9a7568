//! An exploration in progress.

use super::{
    report::{Bound, Found, Outcomes, Report, Verdict},
    schedule::{order, past, rerun},
    search::{Execution, Search},
    story::story,
    token::Token,
};
use crate::{
    detect::{Finding, Kind, findings},
    probe::{Outcome, Place, What},
    sim::{Config, Limits, Recording, Sim},
};
use std::collections::{BTreeMap, BTreeSet};

/// What makes two findings of different runs the same.
type Signature = (Kind, Vec<String>);

/// An exploration that goes on one execution at a time, and can be stopped after any.
///
/// ```
/// use fanin::{explore::Explorer, sim::Config};
/// let mut exploration = Explorer::new().start(|config: Config| config.start(async {}));
/// while exploration.advance() {}
/// assert!(exploration.report().is_proof());
/// ```
pub struct Exploration<P> {
    search: Search<P>,
    max_executions: u64,
    max_steps: u32,
    verdict: Verdict,
    limited: bool,
    outcomes: BTreeMap<(Vec<String>, Vec<Kind>), (u64, Token)>,
    found: BTreeMap<Signature, Found>,
    last: Option<Recording>,
}

impl<P: Fn(Config) -> Sim> Exploration<P> {
    pub(super) fn new(program: P, reduce: bool, max_executions: u64, max_steps: u32) -> Self {
        Self {
            search: Search::new(program, reduce),
            max_executions,
            max_steps,
            verdict: Verdict::Bounded(Bound::Stopped),
            limited: false,
            outcomes: BTreeMap::new(),
            found: BTreeMap::new(),
            last: None,
        }
    }

    /// Takes one more execution; false once there is none left, or the bound is reached.
    pub fn advance(&mut self) -> bool {
        if self.search.executions >= self.max_executions {
            self.verdict = Verdict::Bounded(Bound::Executions(self.max_executions));
            return false;
        }
        match self.search.next(self.config()) {
            Some(Some(execution)) => {
                self.take(&execution);
                self.last = Some(execution.recording);
            }
            Some(None) => {}
            None => {
                self.verdict = if self.limited { Verdict::Bounded(Bound::Run) } else { Verdict::Complete };
                return false;
            }
        }
        true
    }

    /// How many alternatives are known that have not been explored: a hint at what is left.
    pub fn frontier(&self) -> u64 {
        self.search.frontier()
    }

    /// The execution that was taken last.
    pub fn last(&self) -> Option<&Recording> {
        self.last.as_ref()
    }

    /// What is known so far.
    pub fn report(&self) -> Report {
        let outcomes = self.outcomes.iter().map(|((outputs, findings), (count, token))| Outcomes {
            outputs: outputs.clone(),
            findings: findings.clone(),
            count: *count,
            token: token.clone(),
        });
        let mut outcomes: Vec<_> = outcomes.collect();
        outcomes.sort_by_key(|outcome| std::cmp::Reverse(outcome.count));
        Report {
            verdict: self.verdict,
            executions: self.search.executions,
            blocked: self.search.blocked,
            steps: self.search.steps,
            outcomes,
            findings: self.found.values().cloned().collect(),
        }
    }

    fn config(&self) -> Config {
        Config::new().limits(Limits { steps: self.max_steps, ..Limits::default() })
    }

    fn take(&mut self, execution: &Execution) {
        self.limited |= matches!(execution.recording.outcome, Some(Outcome::Limit(_)));
        let found = findings(&execution.recording.events);
        let mut kinds: Vec<_> = found.iter().map(|f| f.kind).collect();
        kinds.sort_unstable();
        let key = (execution.recording.outputs(), kinds);
        let entry = self.outcomes.entry(key).or_insert_with(|| (0, Token::of(&execution.recording)));
        entry.0 += 1;
        for finding in found {
            self.shorten(execution, finding);
        }
    }

    /// Keeps the finding if it needs fewer steps than the one that is known.
    fn shorten(&mut self, execution: &Execution, finding: Finding) {
        let needed = past(&execution.steps, &decisive(execution, &finding));
        let length = needed.iter().filter(|&&i| !execution.steps[i].resumes).count();
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        let signature = signature(&finding);
        if self.found.get(&signature).is_some_and(|known| known.length <= length) {
            return;
        }
        let order = order(&execution.steps, &needed);
        let recording = rerun(self.search.program(), self.config(), execution, &order);
        let again = findings(&recording.events).into_iter().find(|f| self::signature(f) == signature);
        let told = u32::try_from(needed.len()).unwrap_or(u32::MAX);
        let (finding, story, token) = match again {
            Some(again) => (again, story(&recording.events, told), Token::of(&recording)),
            // The order of births mattered to the program: the run as it was explored will do.
            None => {
                let story = story(&execution.recording.events, finding.step);
                (finding, story, Token::of(&execution.recording))
            }
        };
        self.found.insert(signature, Found { finding, length, story, token });
    }
}

impl<P> std::fmt::Debug for Exploration<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exploration").field("verdict", &self.verdict).finish_non_exhaustive()
    }
}

fn signature(finding: &Finding) -> Signature {
    let places: BTreeSet<_> = finding.places.iter().map(Place::to_string).collect();
    (finding.kind, places.into_iter().collect())
}

/// The steps that make up a finding: the fault, or the last step of each task that waits.
fn decisive(execution: &Execution, finding: &Finding) -> Vec<usize> {
    let steps = &execution.steps;
    match finding.kind {
        Kind::Fault => fault_step(&execution.recording, finding).into_iter().collect(),
        // The later of the two: it depends on the earlier.
        Kind::DataRace | Kind::Misuse => (finding.step as usize).checked_sub(1).into_iter().collect(),
        // Nobody can move only after all have.
        Kind::Deadlock => (0..steps.len()).collect(),
        Kind::Leak => {
            finding.tasks.iter().filter_map(|task| steps.iter().rposition(|s| s.task == *task)).collect()
        }
    }
}

fn fault_step(recording: &Recording, finding: &Finding) -> Option<usize> {
    let fault = recording.events.iter().find(|e| {
        matches!(e.what, What::Fault { .. }) && e.step == finding.step && finding.tasks.contains(&e.task)
    })?;
    (fault.step as usize).checked_sub(1)
}
