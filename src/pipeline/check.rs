//! Whether a pipeline that can be written can also be run.

use std::{
    fmt::Display,
    ops::{Range, RangeInclusive},
    time::Duration,
};

use super::{
    diagnostic::{Diagnostic, Report},
    limits,
    predicate::Predicate,
    print::{Spans, Units},
    stage::{Ends, Kind, Pipeline, Stage},
    structure,
};

impl Pipeline {
    /// What keeps this pipeline from running, with places in its own text.
    ///
    /// ```
    /// use fanin::pipeline::{Kind, Pipeline};
    ///
    /// let mut pipeline = Pipeline::parse("range 1..9 | fan-out 3 | square | fan-in").unwrap();
    /// pipeline.stages.pop();
    /// assert_eq!(pipeline.check()[0].stage, Some(1));
    /// assert_eq!(pipeline.check()[0].message, "Nothing merges this `fan-out`.");
    /// ```
    pub fn check(&self) -> Vec<Diagnostic> {
        let stages: Vec<_> = self.stages.iter().cloned().map(Some).collect();
        all(&stages, &self.ends, &Spans::of(self), self.to_string().len() as u32)
    }
}

/// Everything that is wrong, in no particular order. Stages that could not be read are missing; the order of
/// the others is judged only when none is.
pub(super) fn all(stages: &[Option<Stage>], ends: &Ends, spans: &Spans, length: u32) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if stages.is_empty() {
        let help = "For example `range 1..12`.".to_owned();
        Report { stage: None, found: &mut found }.add(0..length, "Add a source to begin.", Some(help));
    }
    if let Some(span) = spans.stages.get(limits::STAGES as usize) {
        let message = format!("A pipeline has at most {} stages.", limits::STAGES);
        Report { stage: None, found: &mut found }.add(span.clone(), message, None);
        return found;
    }
    for (i, stage) in (0..).zip(stages) {
        let Some(stage) = stage else { continue };
        let span = spans.stages[i as usize].clone();
        parameters(stage, &mut At { span, report: Report { stage: Some(i), found: &mut found } });
    }
    if let Some(stages) = stages.iter().map(Option::as_ref).collect::<Option<Vec<_>>>() {
        structure::check(&stages, spans, &mut found);
    }
    clauses(ends, spans, &mut found);
    found
}

/// A place in the text, and what is wrong there.
struct At<'a> {
    span: Range<u32>,
    report: Report<'a>,
}

impl At<'_> {
    fn add(&mut self, message: impl Into<String>, help: impl Into<String>) {
        let help = Some(help.into()).filter(|help| !help.is_empty());
        self.report.add(self.span.clone(), message, help);
    }

    fn within<T: PartialOrd + Display>(&mut self, what: &str, value: T, range: RangeInclusive<T>) {
        if !range.contains(&value) {
            let (low, high) = (range.start(), range.end());
            self.add(format!("{what} is {value}: it has to be from {low} to {high}."), "");
        }
    }

    fn count(&mut self, what: &str, value: u32, most: u32) {
        self.within(what, value, 1..=most);
    }

    fn number(&mut self, value: i64) {
        self.within("The number", value, -limits::NUMBER..=limits::NUMBER);
    }

    fn values(&mut self, values: &[i64]) {
        self.count("How many values there are", values.len() as u32, limits::VALUES);
        if let Some(value) = values.iter().find(|v| v.unsigned_abs() > limits::NUMBER.unsigned_abs()) {
            self.number(*value);
        }
    }

    fn bounds(&mut self, low: i64, high: i64) {
        self.number(low);
        self.number(high);
        if low > high {
            self.add("The first number is above the second.", format!("Write `{high}..{low}`."));
        }
    }

    fn duration(&mut self, value: Duration) {
        if value > limits::DURATION {
            self.add(format!("{} is longer than {}.", Units(value), Units(limits::DURATION)), "");
        }
    }

    fn interval(&mut self, value: Duration) {
        self.duration(value);
        if value.is_zero() {
            self.add("The time has to be above 0.", "");
        }
    }
}

fn parameters(stage: &Stage, at: &mut At<'_>) {
    match &stage.kind {
        Kind::Range { from: low, to: high } | Kind::Random { low, high } => at.bounds(*low, *high),
        Kind::List(values) | Kind::Repeat(values) => at.values(values),
        Kind::Ticker(every) => at.interval(*every),
        Kind::Add(n) | Kind::Multiply(n) => at.number(*n),
        Kind::Filter(Predicate::Compare(_, n)) => at.number(*n),
        Kind::Filter(Predicate::Divisible(n)) => at.within("The divisor", *n, 1..=limits::NUMBER),
        Kind::Filter(Predicate::Remainder { modulus, remainder }) => {
            at.within("The divisor", *modulus, 1..=limits::NUMBER);
            if *modulus >= 1 {
                at.within("The remainder", *remainder, 0..=*modulus - 1);
            }
        }
        Kind::Delay { each, jitter } => {
            at.duration(*each);
            if jitter > each {
                at.add("The jitter is longer than the delay.", "");
            }
        }
        Kind::Fail(n) => at.count("The number of the item", *n, limits::ITEMS),
        Kind::Take(n) => at.count("The number of items", *n, limits::ITEMS),
        Kind::Buffer(n) => at.count("The number of slots", *n, limits::BUFFER),
        Kind::FanOut(n) => at.count("The number of workers", *n, limits::WORKERS),
        Kind::Filter(Predicate::Even | Predicate::Odd)
        | Kind::Square
        | Kind::Prime
        | Kind::FanIn
        | Kind::Tee
        | Kind::And => {}
    }
    if !stage.honours_cancel && !stage.kind.starts_tasks() {
        let message = format!("`{}` starts no task that a cancellation could stop.", stage.kind.name());
        at.add(message, "Write `no-cancel` after one of the stages that follow.");
    }
}

fn clauses(ends: &Ends, spans: &Spans, found: &mut Vec<Diagnostic>) {
    let [outputs, after, timeout] = spans.ends.clone();
    let mut report = |span, check: &dyn Fn(&mut At<'_>)| {
        check(&mut At { span, report: Report { stage: None, found } });
    };
    if let Some(n) = ends.outputs {
        report(outputs, &|at| at.count("The number of outputs", n, limits::ITEMS));
    }
    for (span, time) in [(after, ends.after), (timeout, ends.timeout)] {
        if let Some(time) = time {
            report(span, &|at| at.interval(time));
        }
    }
}
