//! The parameters of a stage as fields that can be filled in.
//!
//! A field shows what stands in the stage's text, right or wrong, and what is filled in becomes that text: one
//! parser judges both.

use fanin::pipeline::{Comparison, Kind, limits};
use std::ops::RangeInclusive;

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

/// The parameters of a stage with this text.
pub fn fields(kind: &Kind, text: &str) -> Vec<Field> {
    let given = honouring(text).get(kind.name().len()..).unwrap_or_default().trim();
    let two = |sign: &str| given.split_once(sign).unwrap_or((given, ""));
    match kind {
        Kind::Range { .. } | Kind::Random { .. } => {
            let (from, to) = two("..");
            let [low, high] =
                if matches!(kind, Kind::Range { .. }) { ["from", "to"] } else { ["low", "high"] };
            vec![number(low, from), number(high, to.trim_start_matches('='))]
        }
        Kind::List(_) | Kind::Repeat(_) => vec![words("values", given, "3 1 2")],
        Kind::Ticker(_) => vec![words("every", given, "5ms")],
        Kind::Add(_) | Kind::Multiply(_) => vec![number("by", given)],
        Kind::Filter(_) => predicate_fields(given),
        Kind::Delay { .. } => {
            let (each, jitter) = two("~");
            vec![words("each", each, "5ms"), words("±", jitter, "2ms")]
        }
        Kind::Fail(_) => vec![count("at item", after(given, "at").unwrap_or(given), limits::ITEMS)],
        Kind::Take(_) => vec![count("items", given, limits::ITEMS)],
        Kind::Buffer(_) => vec![count("slots", given, limits::BUFFER)],
        Kind::FanOut(_) => vec![count("workers", given, limits::WORKERS)],
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

/// A stage's text without its `no-cancel`.
pub fn honouring(text: &str) -> &str {
    match text.rsplit_once(char::is_whitespace) {
        Some((rest, last)) if last.eq_ignore_ascii_case("no-cancel") => rest.trim_end(),
        _ => text,
    }
}

/// What ends a run, as fields, from what stands after the stages.
pub fn ends_fields(ends: &str) -> Vec<Field> {
    let mut values = [""; 3];
    for (field, value) in ends.split(';').filter_map(clause) {
        values[field] = value;
    }
    let [outputs, time, timeout] = values;
    vec![
        count("outputs", outputs, limits::ITEMS),
        words("time", time, "40ms"),
        words("timeout", timeout, "1s"),
    ]
}

/// In which of these fields a clause stands, and what it has there.
pub fn clause(text: &str) -> Option<(usize, &str)> {
    let text = text.trim();
    if let Some(timeout) = after(text, "timeout") {
        return Some((2, timeout));
    }
    let given = after(text, "cancel")?;
    let given = after(given, "after").unwrap_or(given);
    match given.rsplit_once(char::is_whitespace) {
        Some((n, unit)) if ["output", "outputs"].iter().any(|o| unit.eq_ignore_ascii_case(o)) => {
            Some((0, n.trim_end()))
        }
        _ => Some((1, given)),
    }
}

/// The text after the stages when its fields hold these values.
pub fn ends_text(values: &[String]) -> String {
    let heads = ["cancel after", "cancel after", "timeout"];
    let tails = [" outputs", "", ""];
    let clauses = values.iter().zip(heads.iter().zip(tails)).filter(|(v, _)| !v.trim().is_empty());
    clauses.map(|(v, (head, tail))| format!("{head} {}{tail}", v.trim())).collect::<Vec<_>>().join(" ; ")
}

fn predicate_fields(given: &str) -> Vec<Field> {
    let stands = |sign: &&&str| given.get(..sign.len()).is_some_and(|g| g.eq_ignore_ascii_case(sign));
    let sign = PREDICATES.iter().filter(stands).max_by_key(|sign| sign.len());
    let rest = given[sign.map_or(0, |sign| sign.len())..].trim_start();
    let rest = match sign {
        // Where a condition cannot be read, it is shown as it stands.
        None => vec![],
        Some(&"even" | &"odd") => vec![],
        Some(&"divisible") => vec![number("by", after(rest, "by").unwrap_or(rest))],
        Some(&"%") => {
            let (divisor, remainder) = rest.split_once('=').unwrap_or((rest, ""));
            vec![number("divisor", divisor), number("leaves", remainder.trim_start_matches('='))]
        }
        Some(_) => vec![number("than", rest.trim_start_matches('='))],
    };
    let value = sign.map_or(given, |sign| sign).into();
    let choice = Field { label: "keep", value, input: Input::Choice(&PREDICATES) };
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

fn number(label: &'static str, value: &str) -> Field {
    field(label, value, Input::Number(-limits::NUMBER..=limits::NUMBER))
}

fn count(label: &'static str, value: &str, most: u32) -> Field {
    field(label, value, Input::Number(1..=most.into()))
}

fn words(label: &'static str, value: &str, example: &'static str) -> Field {
    field(label, value, Input::Text(example))
}

fn field(label: &'static str, value: &str, input: Input) -> Field {
    Field { label, value: value.trim().to_owned(), input }
}

/// What stands behind a word, if that is the first.
fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    first.eq_ignore_ascii_case(word).then(|| rest.trim_start())
}

fn is_zero(duration: &str) -> bool {
    duration.trim().trim_start_matches('0').trim_start_matches(char::is_alphabetic).is_empty()
}
