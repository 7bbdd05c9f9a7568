//! A pipeline from text.

use super::{
    args::{Args, quoted},
    check, clause,
    diagnostic::{Diagnostic, Report},
    limits,
    predicate::{Comparison, Predicate},
    print::Spans,
    stage::{Kind, Pipeline, Stage},
    suggest::closest,
    token::{Token, tokens},
};

/// What a text says, as far as it can be understood, and everything that is wrong with it.
///
/// ```
/// use fanin::pipeline::read;
///
/// let reading = read("range 1..9 | sqare | take 0 ; cancel after 5");
/// assert_eq!(reading.diagnostics.len(), 3);
/// assert_eq!(reading.pipeline.stages.len(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct Reading {
    /// The parts that were understood.
    pub pipeline: Pipeline,
    /// Where each part stands, the ones not understood included.
    pub spans: Spans,
    /// What is wrong, in the order of the text. Nothing where the pipeline can run.
    pub diagnostics: Vec<Diagnostic>,
}

impl Pipeline {
    /// The pipeline that `text` describes.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text, in its order.
    ///
    /// ```
    /// use fanin::pipeline::Pipeline;
    ///
    /// let text = "range 1..20 | fan-out 3 | square no-cancel | delay 5ms ~2ms | fan-in | take 3 ; cancel after 40ms";
    /// assert_eq!(Pipeline::parse(text).unwrap().to_string(), text);
    /// assert_eq!(Pipeline::parse("").unwrap_err()[0].message, "Add a source to begin.");
    /// ```
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let reading = read(text);
        if reading.diagnostics.is_empty() { Ok(reading.pipeline) } else { Err(reading.diagnostics) }
    }
}

/// One stage more than this is an error, and of this many clauses some are: the rest need not be read.
const MOST: usize = limits::STAGES as usize;

/// Reads `text` as far as it can be understood. [`Pipeline::parse`] is for when only a right text will do.
///
/// ```
/// let reading = fanin::pipeline::read("range 1..9 | sqare | take 2");
/// assert_eq!(reading.pipeline.stages.len(), 2);
/// assert_eq!(reading.diagnostics[0].span, 13..18);
/// ```
pub fn read(text: &str) -> Reading {
    let mut reading =
        Reading { pipeline: Pipeline::default(), spans: Spans::default(), diagnostics: Vec::new() };
    if text.len() > limits::TEXT as usize {
        let span = text.floor_char_boundary(limits::TEXT as usize) as u32..text.len() as u32;
        let message = format!("The text is longer than {} bytes.", limits::TEXT);
        reading.diagnostics.push(Diagnostic { span, stage: None, message, help: None });
        return reading;
    }
    let (line, clauses) = text.split_once(';').unwrap_or((text, ""));
    let stages: Vec<Option<Stage>> = if line.trim().is_empty() {
        Vec::new()
    } else {
        let parts = parts(line, 0, '|').take(MOST + 1);
        parts.map(|(part, offset)| stage(part, offset, &mut reading)).collect()
    };
    let Reading { pipeline, spans, diagnostics } = &mut reading;
    let clauses = parts(clauses, line.len() as u32 + 1, ';').filter(|(part, _)| !part.trim().is_empty());
    for (part, offset) in clauses.take(MOST) {
        clause::read(part, offset, &mut pipeline.ends, spans, diagnostics);
    }
    let misread: Vec<Option<u32>> = diagnostics.iter().map(|d| d.stage).collect();
    let found = check::all(&stages, &pipeline.ends, spans, text.len() as u32);
    let found = found.into_iter().filter(|d| d.stage.is_none() || !misread.contains(&d.stage));
    let place = |d: &Diagnostic| (d.span.start, d.span.end);
    // There are few: the standard library's sort would be 3 KB of the page.
    for d in std::mem::take(diagnostics).into_iter().chain(found) {
        diagnostics.insert(diagnostics.partition_point(|before| place(before) <= place(&d)), d);
    }
    reading.pipeline.stages = stages.into_iter().flatten().collect();
    reading
}

/// The parts of `text` between separators, and the byte of the whole text at which each begins.
fn parts(text: &str, offset: u32, separator: char) -> impl Iterator<Item = (&str, u32)> {
    let mut next = offset;
    text.split(separator).map(move |part| {
        let at = next;
        next += part.len() as u32 + 1;
        (part, at)
    })
}

/// The stage that `part` describes, unless its name is unknown.
fn stage(part: &str, offset: u32, reading: &mut Reading) -> Option<Stage> {
    let index = reading.spans.stages.len() as u32;
    let mut report = Report { stage: Some(index), found: &mut reading.diagnostics };
    let all = tokens(part, offset);
    let [name, rest @ ..] = all.as_slice() else {
        let span = offset..offset + part.len() as u32;
        reading.spans.stages.push(span.clone());
        report.add(span, "There is no stage here.", Some("Write one, or take out a `|`.".into()));
        return None;
    };
    let span = name.span.start..all[all.len() - 1].span.end;
    reading.spans.stages.push(span.clone());
    let known = Kind::all();
    let Some(sample) = known.iter().find(|kind| name.is(kind.name())) else {
        report.add(
            name.span.clone(),
            format!("There is no stage {}.", quoted(name.text)),
            Some(meant(name, rest, index == 0)),
        );
        return None;
    };
    let mut args = Args { head: sample.name(), example: sample.to_string(), span, rest, report, lost: false };
    let kind = kind(sample, &mut args);
    let honours_cancel = !args.eat("no-cancel");
    args.finish("no-cancel");
    Some(Stage { kind, honours_cancel })
}

/// What to write instead of a name that is unknown, at the front or behind it.
fn meant(name: &Token<'_>, rest: &[Token<'_>], front: bool) -> String {
    if name.is("cancel") || name.is("timeout") {
        return "It stands at the end, after a `;`.".into();
    }
    let known = Kind::all();
    let names = || known.iter().map(Kind::name);
    let joined = rest.first().map(|second| format!("{}-{}", name.text, second.text));
    let near = joined
        .and_then(|two| names().find(|known| two.eq_ignore_ascii_case(known)))
        .or_else(|| closest(name.text, names()));
    near.map_or_else(
        || {
            let fit: Vec<_> = known.iter().filter(|k| k.is_source() == front).map(Kind::name).collect();
            format!("There are {}.", fit.join(", "))
        },
        |name| format!("Did you mean `{name}`?"),
    )
}

/// The kind of `sample`, with the parameters of the text.
fn kind(sample: &Kind, args: &mut Args<'_, '_>) -> Kind {
    match sample {
        Kind::Range { .. } => {
            let (from, to) = args.bounds();
            Kind::Range { from, to }
        }
        Kind::Random { .. } => {
            let (low, high) = args.bounds();
            Kind::Random { low, high }
        }
        Kind::List(_) => Kind::List(args.numbers()),
        Kind::Repeat(_) => Kind::Repeat(args.numbers()),
        Kind::Ticker(_) => Kind::Ticker(args.duration()),
        Kind::Add(_) => Kind::Add(args.number()),
        Kind::Multiply(_) => Kind::Multiply(args.number()),
        Kind::Filter(_) => Kind::Filter(predicate(args)),
        Kind::Delay { .. } => {
            let each = args.duration();
            Kind::Delay { each, jitter: if args.eat("~") { args.duration() } else { Default::default() } }
        }
        Kind::Fail(_) => {
            args.eat("at");
            Kind::Fail(args.count("the number of an item"))
        }
        Kind::Buffer(_) => Kind::Buffer(args.count("a number of slots")),
        Kind::FanOut(_) => Kind::FanOut(args.count("a number of workers")),
        Kind::Take(_) => Kind::Take(args.count("a number of items")),
        Kind::Square | Kind::Prime | Kind::FanIn | Kind::Tee | Kind::And => sample.clone(),
    }
}

fn predicate(args: &mut Args<'_, '_>) -> Predicate {
    if args.eat("even") {
        return Predicate::Even;
    }
    if args.eat("odd") {
        return Predicate::Odd;
    }
    if args.eat("divisible") {
        args.eat("by");
        return Predicate::Divisible(args.number());
    }
    if args.eat("%") {
        let modulus = args.number();
        if !args.eat("=") && !args.eat("==") {
            args.expected("`=` and a remainder");
        }
        return Predicate::Remainder { modulus, remainder: args.number() };
    }
    let signs = Comparison::ALL.map(|comparison| (comparison.sign(), comparison));
    for (sign, comparison) in signs.into_iter().chain([("==", Comparison::Equal)]) {
        if args.eat(sign) {
            return Predicate::Compare(comparison, args.number());
        }
    }
    args.expected("a condition such as `even`, `> 3` or `% 3 = 1`");
    Predicate::Even
}
