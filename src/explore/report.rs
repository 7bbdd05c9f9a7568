//! What an exploration finds.

use super::{story::Sentence, token::Token};
use crate::{
    detect::{Finding, Kind},
    probe::LimitKind,
};
use std::fmt;

/// What is known of a program's runs.
#[must_use = "what went wrong is in it; `Explorer::check` fails for that"]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whether this is all of them.
    pub verdict: Verdict,
    /// How many runs were taken to their end: one for each class of equivalent schedules, unless every one is taken or some
    /// by chance.
    pub executions: u64,
    /// How many were given up because all that was left of them had been seen.
    pub blocked: u64,
    /// How many steps were taken in all.
    pub steps: u64,
    /// The outcomes that were seen, the most frequent first; at most 10,000.
    pub outcomes: Vec<Outcomes>,
    /// How many executions had an outcome for which there was no room among these.
    pub unlisted: u64,
    /// What went wrong, each with its shortest schedule.
    pub findings: Vec<Found>,
}

/// Whether an exploration is a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// Every interleaving was covered. A loop that looks in vain more than 100 times counts as one without an end.
    Complete,
    /// Some were not.
    Bounded(Bound),
}

/// What kept an exploration from being complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bound {
    /// It was stopped, or has not ended yet.
    Stopped,
    /// The number of executions.
    Executions(u64),
    /// Only so many schedules were taken, by chance.
    Sample(u64),
    /// Only schedules with at most so many pre-emptions were taken.
    Preemptions(u32),
    /// A run was ended by a limit on its steps, events, tasks or time.
    Run(LimitKind),
    /// A loop that looks in vain was given no more rounds than these before it had to wait for a change, and it would have
    /// ended by itself: see [`Explorer::patience`](super::Explorer::patience).
    Patience(u32),
    /// The program went another way in this step than the time before: it depends on something that outlives a run, or on
    /// chance.
    Astray(u32),
}

/// Runs with the same outputs and the same findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcomes {
    /// What they put out, as it is [shown](super::Explorer::show): values that look the same are the same outcome.
    pub outputs: Vec<String>,
    /// What went wrong in them.
    pub findings: Vec<Kind>,
    /// How many of the executions they are.
    pub count: u64,
    /// One of them.
    pub token: Token,
}

/// A finding, with the shortest schedule that leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What went wrong, as seen in that run.
    pub finding: Finding,
    /// How many operations, starts of tasks and timers it needs: no schedule with fewer leads to it, if the
    /// exploration was complete.
    pub length: u32,
    /// The schedule in words, up to the finding, with as few switches between tasks as there can be.
    pub story: Vec<Sentence>,
    /// The step of the story from which on every schedule leads to it, 0 if all do from the beginning: known of
    /// leaks and deadlocks, if it takes few executions to prove.
    pub since: Option<u32>,
    /// The schedule.
    pub token: Token,
}

impl Report {
    /// True if every interleaving was covered and nothing went wrong in any.
    ///
    /// ```
    /// use fanin::{explore::Explorer, panic};
    /// assert!(Explorer::new().run(|| async {}).is_proof());
    /// assert!(!Explorer::new().random(7, 5).run(|| async {}).is_proof());
    /// assert!(!Explorer::new().run(|| async { panic("boom").await }).is_proof());
    /// ```
    pub fn is_proof(&self) -> bool {
        self.verdict == Verdict::Complete && self.findings.is_empty()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Complete => f.write_str("complete: every interleaving is covered"),
            Self::Bounded(Bound::Stopped) => f.write_str("not complete: it was stopped"),
            Self::Bounded(Bound::Executions(n)) => {
                write!(f, "not complete: it was ended after {n} executions")
            }
            Self::Bounded(Bound::Sample(n)) => write!(f, "not complete: {n} schedules by chance"),
            Self::Bounded(Bound::Preemptions(n)) => {
                write!(f, "not complete: only schedules with at most {n} pre-emptions")
            }
            Self::Bounded(Bound::Run(limit)) => write!(f, "not complete: {limit}"),
            Self::Bounded(Bound::Patience(n)) => {
                write!(
                    f,
                    "not complete: a loop that looks in vain was given {n} rounds, and gives up after more"
                )
            }
            Self::Bounded(Bound::Astray(step)) => {
                write!(
                    f,
                    "not complete: the program is not the same each time: it went another way in step {step}"
                )
            }
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({} executions, {} steps)", self.verdict, self.executions, self.steps)?;
        for found in &self.findings {
            writeln!(f, "{}: {}", found.finding.kind.word(), found.finding.message)?;
            for (sentence, n) in found.story.iter().zip(1..) {
                writeln!(f, "  {n}. {sentence}")?;
            }
            match found.since.map(|since| found.story.iter().filter(|s| s.step <= since).count()) {
                Some(0) => writeln!(f, "  unavoidable from the beginning")?,
                Some(n) => writeln!(f, "  unavoidable since {n}.")?,
                None => {}
            }
            writeln!(f, "  {} operations; replay them with the token {}", found.length, found.token)?;
        }
        Ok(())
    }
}
