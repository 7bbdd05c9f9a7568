//! A pipeline as text.

use std::{
    fmt::{self, Display, Formatter},
    ops::Range,
    time::Duration,
};

use super::{
    predicate::Predicate,
    stage::{Ends, Kind, Pipeline, Stage},
};

impl Display for Pipeline {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (i, stage) in self.stages.iter().enumerate() {
            write!(f, "{}{stage}", if i == 0 { "" } else { " | " })?;
        }
        for (i, clause) in self.ends.clauses().iter().flatten().enumerate() {
            let gap = if i == 0 && self.stages.is_empty() { "" } else { " " };
            write!(f, "{gap}; {clause}")?;
        }
        Ok(())
    }
}

impl Display for Stage {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.kind, if self.honours_cancel { "" } else { " no-cancel" })
    }
}

impl Display for Kind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::Range { from: a, to: b } | Self::Random { low: a, high: b } => write!(f, " {a}..{b}"),
            Self::List(values) | Self::Repeat(values) => values.iter().try_for_each(|v| write!(f, " {v}")),
            Self::Ticker(every) => write!(f, " {}", Units(*every)),
            Self::Add(n) | Self::Multiply(n) => write!(f, " {n}"),
            Self::Filter(predicate) => write!(f, " {predicate}"),
            Self::Delay { each, jitter } if jitter.is_zero() => write!(f, " {}", Units(*each)),
            Self::Delay { each, jitter } => write!(f, " {} ~{}", Units(*each), Units(*jitter)),
            Self::Fail(n) => write!(f, " at {n}"),
            Self::Buffer(n) | Self::FanOut(n) | Self::Take(n) => write!(f, " {n}"),
            Self::Square | Self::Prime | Self::FanIn | Self::Tee | Self::And => Ok(()),
        }
    }
}

impl Display for Predicate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Even => f.write_str("even"),
            Self::Odd => f.write_str("odd"),
            Self::Compare(comparison, n) => write!(f, "{} {n}", comparison.sign()),
            Self::Divisible(n) => write!(f, "divisible {n}"),
            Self::Remainder { modulus, remainder } => write!(f, "% {modulus} = {remainder}"),
        }
    }
}

impl Ends {
    /// The text of each clause that is there, in the order of [`Spans::ends`].
    fn clauses(&self) -> [Option<String>; 3] {
        [
            self.outputs.map(|n| format!("cancel after {n} {}", if n == 1 { "output" } else { "outputs" })),
            self.after.map(|d| format!("cancel after {}", Units(d))),
            self.timeout.map(|d| format!("timeout {}", Units(d))),
        ]
    }
}

/// A duration in the largest unit that it is a whole number of.
pub(super) struct Units(pub(super) Duration);

/// The units of a duration and their nanoseconds, the largest first.
pub(super) const UNITS: [(&str, u64); 4] =
    [("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1)];

impl Display for Units {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let nanos = self.0.as_nanos();
        let whole = UNITS.iter().find(|(_, unit)| nanos.is_multiple_of(u128::from(*unit)));
        let (name, unit) = if nanos == 0 { &("ms", 1) } else { whole.unwrap_or(&("ns", 1)) };
        write!(f, "{}{name}", nanos / u128::from(*unit))
    }
}

/// Where in a text the parts of a pipeline stand, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans {
    /// Of each stage.
    pub stages: Vec<Range<u32>>,
    /// Of `cancel after` outputs, `cancel after` a time, and `timeout`.
    pub ends: [Range<u32>; 3],
}

impl Spans {
    /// Where they stand in the pipeline's own text.
    ///
    /// ```
    /// use fanin::pipeline::{Pipeline, Spans};
    ///
    /// let pipeline = Pipeline::parse("range 1..9 | take 3").unwrap();
    /// assert_eq!(Spans::of(&pipeline).stages, [0..10, 13..19]);
    /// ```
    pub fn of(pipeline: &Pipeline) -> Self {
        let mut spans = Self::default();
        let mut at = 0;
        let mut place = |text: String, gap: u32| {
            let start = at + gap;
            at = start + text.len() as u32;
            start..at
        };
        for (i, stage) in pipeline.stages.iter().enumerate() {
            spans.stages.push(place(stage.to_string(), if i == 0 { 0 } else { 3 }));
        }
        let mut gap = if pipeline.stages.is_empty() { 2 } else { 3 };
        for (span, clause) in spans.ends.iter_mut().zip(pipeline.ends.clauses()) {
            if let Some(clause) = clause {
                *span = place(clause, std::mem::replace(&mut gap, 3));
            }
        }
        spans
    }
}
