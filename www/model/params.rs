//! The parameters of a stage as fields that can be filled in.
//!
//! A field is filled in with text, and what comes out is the stage's text: one parser judges both.

use fanin::pipeline::{Comparison, Ends, Kind, Pipeline, Predicate, limits};
use std::{ops::RangeInclusive, time::Duration};

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub label: &'static str,
    pub value: String,
    pub input: Input,
}

/// What can be put into a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    Number(RangeInclusive<i64>),
    Choice(&'static [&'static str]),
    /// Text, and an example of it.
    Text(&'static str),
}

const PREDICATES: [&str; 10] = ["even", "odd", ">", "<", ">=", "<=", "=", "!=", "divisible", "%"];

/// The parameters of a stage.
pub fn fields(kind: &Kind) -> Vec<Field> {
    match kind {
        Kind::Range { from, to } => vec![number("from", *from), number("to", *to)],
        Kind::Random { low, high } => vec![number("low", *low), number("high", *high)],
        Kind::List(values) | Kind::Repeat(values) => vec![text("values", join(values), "3 1 2")],
        Kind::Ticker(every) => vec![time("every", *every)],
        Kind::Add(n) | Kind::Multiply(n) => vec![number("by", *n)],
        Kind::Filter(predicate) => predicate_fields(predicate),
        Kind::Delay { each, jitter } => vec![time("each", *each), time("±", *jitter)],
        Kind::Fail(n) => vec![count("at item", *n, limits::ITEMS)],
        Kind::Take(n) => vec![count("items", *n, limits::ITEMS)],
        Kind::Buffer(n) => vec![count("slots", *n, limits::BUFFER)],
        Kind::FanOut(n) => vec![count("workers", *n, limits::WORKERS)],
        Kind::Square | Kind::Prime | Kind::FanIn | Kind::Tee | Kind::And => Vec::new(),
    }
}

/// The text of a stage whose fields hold these values.
pub fn text_of(kind: &Kind, values: &[String]) -> String {
    let name = kind.name();
    match (kind, values) {
        (Kind::Range { .. } | Kind::Random { .. }, [a, b]) => format!("{name} {a}..{b}"),
        (Kind::Delay { .. }, [each, jitter]) if is_zero(jitter) => format!("{name} {each}"),
        (Kind::Delay { .. }, [each, jitter]) => format!("{name} {each} ~{jitter}"),
        (Kind::Fail(_), [n]) => format!("{name} at {n}"),
        (Kind::Filter(_), [sign, rest @ ..]) => format!("{name} {}", predicate_text(sign, rest)),
        _ => [name].into_iter().chain(values.iter().map(String::as_str)).collect::<Vec<_>>().join(" "),
    }
}

/// What ends a run, as fields.
pub fn ends_fields(ends: &Ends) -> Vec<Field> {
    let or_empty = |d: Option<Duration>| d.map(duration_text).unwrap_or_default();
    let outputs = ends.outputs.map(|n| n.to_string()).unwrap_or_default();
    vec![
        Field { label: "outputs", value: outputs, input: Input::Number(1..=limits::ITEMS.into()) },
        text("time", or_empty(ends.after), "40ms"),
        text("timeout", or_empty(ends.timeout), "1s"),
    ]
}

/// The text after the stages when its fields hold these values.
pub fn ends_text(values: &[String]) -> String {
    let heads = ["cancel after", "cancel after", "timeout"];
    let tails = [" outputs", "", ""];
    let clauses = values.iter().zip(heads.iter().zip(tails)).filter(|(v, _)| !v.trim().is_empty());
    clauses.map(|(v, (head, tail))| format!("{head} {}{tail}", v.trim())).collect::<Vec<_>>().join(" ; ")
}

fn predicate_fields(predicate: &Predicate) -> Vec<Field> {
    let (sign, rest) = match predicate {
        Predicate::Even => ("even", vec![]),
        Predicate::Odd => ("odd", vec![]),
        Predicate::Compare(comparison, n) => (comparison.sign(), vec![number("than", *n)]),
        Predicate::Divisible(n) => ("divisible", vec![number("by", *n)]),
        Predicate::Remainder { modulus, remainder } => {
            ("%", vec![number("divisor", *modulus), number("leaves", *remainder)])
        }
    };
    let choice = Field { label: "keep", value: sign.into(), input: Input::Choice(&PREDICATES) };
    [choice].into_iter().chain(rest).collect()
}

/// A predicate's text; a number that it lacks is made up, one that it does not want is left out.
fn predicate_text(sign: &str, rest: &[String]) -> String {
    let nth = |n: usize, default: &str| rest.get(n).map_or(default, String::as_str).to_owned();
    match sign {
        "even" | "odd" => sign.into(),
        "%" => format!("% {} = {}", nth(0, "3"), nth(1, "0")),
        _ if Comparison::ALL.iter().any(|c| c.sign() == sign) => format!("{sign} {}", nth(0, "5")),
        _ => format!("{sign} {}", nth(0, "3")),
    }
}

fn number(label: &'static str, n: i64) -> Field {
    Field { label, value: n.to_string(), input: Input::Number(-limits::NUMBER..=limits::NUMBER) }
}

fn count(label: &'static str, n: u32, most: u32) -> Field {
    Field { label, value: n.to_string(), input: Input::Number(1..=most.into()) }
}

fn time(label: &'static str, d: Duration) -> Field {
    text(label, duration_text(d), "5ms")
}

fn text(label: &'static str, value: String, example: &'static str) -> Field {
    Field { label, value, input: Input::Text(example) }
}

/// A duration as the pipeline's text writes it.
fn duration_text(d: Duration) -> String {
    let ticker = Pipeline { stages: vec![Kind::Ticker(d).into()], ..Pipeline::default() }.to_string();
    ticker.split_once(' ').map(|(_, d)| d.to_owned()).unwrap_or(ticker)
}

fn is_zero(duration: &str) -> bool {
    duration.trim().trim_start_matches('0').trim_start_matches(char::is_alphabetic).is_empty()
}

fn join(values: &[i64]) -> String {
    values.iter().map(i64::to_string).collect::<Vec<_>>().join(" ")
}
