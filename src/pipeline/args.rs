//! Reads what stands after the name of a stage, and goes on behind an error.

use std::{num::IntErrorKind, ops::Range, time::Duration};

use super::{diagnostic::Report, print::UNITS, token::Token};

/// What has not been read yet of a part of the text.
///
/// A method that does not find what it looks for reports it and makes do with 1, so that one pass finds every
/// error. Where the text is too far off to go on, nothing more is reported.
#[derive(Debug)]
pub(super) struct Args<'t, 'r> {
    /// The words that stood before, such as `fan-out` or `cancel after`.
    pub(super) head: &'t str,
    /// How it looks when it is right.
    pub(super) example: String,
    /// The whole part.
    pub(super) span: Range<u32>,
    pub(super) rest: &'t [Token<'t>],
    pub(super) report: Report<'r>,
    pub(super) lost: bool,
}

impl<'t> Args<'t, '_> {
    /// Takes the next token if it is this word or sign.
    pub(super) fn eat(&mut self, word: &str) -> bool {
        let there = self.rest.first().is_some_and(|token| token.is(word));
        self.rest = &self.rest[usize::from(there)..];
        there
    }

    /// A whole number.
    pub(super) fn number(&mut self) -> i64 {
        self.integer("a whole number")
    }

    /// How many there are of something: `what` is, say, "a number of workers".
    pub(super) fn count(&mut self, what: &str) -> u32 {
        self.integer(what)
    }

    /// Numbers as far as they go, with or without commas.
    pub(super) fn numbers(&mut self) -> Vec<i64> {
        let mut found = Vec::new();
        while !self.lost && self.rest.first().is_some_and(|token| !token.is("no-cancel")) {
            found.push(self.number());
            self.eat(",");
        }
        found
    }

    /// Two numbers with `..` between them.
    pub(super) fn bounds(&mut self) -> (i64, i64) {
        let from = self.number();
        if !self.eat("..") && !self.eat("..=") {
            self.expected("`..` and a second number");
        }
        (from, self.number())
    }

    /// Numbers, each with a unit, as Go writes a duration: `1m30s`.
    pub(super) fn duration(&mut self) -> Duration {
        let what = "a duration such as `5ms`";
        let Some(token) = self.take(what) else { return Duration::from_nanos(1) };
        let (mut rest, mut sum) = (token.text, Some(0u64));
        while let Some((digits, unit, after)) = leading(rest) {
            sum = sum.and_then(|sum| sum.checked_add(scaled(digits, unit)?));
            rest = after;
        }
        let (problem, help) = match sum {
            Some(nanos) if rest.is_empty() => return Duration::from_nanos(nanos),
            None if rest.is_empty() => ("is too long".to_owned(), None),
            _ if is_decimal(rest) => {
                let help = format!("Write `{}ms`, for example; the units are {NAMES}.", token.text);
                ("has no unit".to_owned(), Some(help))
            }
            _ => (format!("is not {what}"), Some(format!("The units are {NAMES}."))),
        };
        self.fail(token, format!("{} {problem}.", quoted(token.text)), help);
        Duration::from_nanos(1)
    }

    /// Says that something else should stand here.
    pub(super) fn expected(&mut self, what: &str) {
        if let Some(token) = self.take(what) {
            self.fail(token, format!("{} stands where {what} should be.", quoted(token.text)), None);
            self.lost = true;
        }
    }

    /// Says that what is left should not be there.
    pub(super) fn finish(&mut self, may_follow: &str) {
        if let ([first, ..], false) = (self.rest, self.lost) {
            let last = self.rest[self.rest.len() - 1].span.end;
            let help =
                super::suggest::closest(first.text, [may_follow].into_iter().filter(|w| !w.is_empty()))
                    .map(|word| format!("Did you mean `{word}`?"))
                    .or_else(|| Some(format!("Write, for example, `{}`.", self.example)));
            let message = format!("{} is too much here.", quoted(first.text));
            self.report.add(first.span.start..last, message, help);
        }
    }

    fn integer<T: std::str::FromStr<Err = std::num::ParseIntError> + From<u8>>(&mut self, what: &str) -> T {
        let Some(token) = self.take(what) else { return T::from(1) };
        token.text.parse().unwrap_or_else(|error: std::num::ParseIntError| {
            let problem = match error.kind() {
                IntErrorKind::PosOverflow => "is too large".to_owned(),
                IntErrorKind::NegOverflow => "is too small".to_owned(),
                _ => format!("is not {what}"),
            };
            self.fail(token, format!("{} {problem}.", quoted(token.text)), None);
            self.lost |= !token.text.contains(char::is_alphanumeric);
            T::from(1)
        })
    }

    /// The next token, or a report that `what` is missing.
    fn take(&mut self, what: &str) -> Option<&'t Token<'t>> {
        match self.rest.split_first() {
            Some((token, rest)) if !token.is("no-cancel") => {
                self.rest = rest;
                Some(token)
            }
            _ => {
                if !self.lost {
                    let help = format!("Write, for example, `{}`.", self.example);
                    let message = format!("`{}` needs {what}.", self.head);
                    self.report.add(self.span.clone(), message, Some(help));
                }
                self.lost = true;
                None
            }
        }
    }

    fn fail(&mut self, token: &Token<'_>, message: String, help: Option<String>) {
        if !self.lost {
            self.report.add(token.span.clone(), message, help);
        }
    }
}

/// `text` in quotes, shortened where it is long.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 24;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// The units of a duration, as a list.
const NAMES: &str = "h, m, s, ms, us and ns";

/// The number that `text` begins with, its unit in nanoseconds, and what comes after.
fn leading(text: &str) -> Option<(&str, u64, &str)> {
    let (digits, rest) = text.split_at(text.find(char::is_alphabetic)?);
    let (unit, after) = rest.split_at(rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()));
    Some((digits, nanos(unit).filter(|_| is_decimal(digits))?, after))
}

fn nanos(unit: &str) -> Option<u64> {
    let unit = unit.to_lowercase().replace(['µ', 'μ'], "u");
    let long = [("h", 3_600_000_000_000), ("m", 60_000_000_000)];
    long.iter().chain(&UNITS).find(|(name, _)| *name == unit).map(|(_, nanos)| *nanos)
}

fn is_decimal(digits: &str) -> bool {
    digits.split('.').count() <= 2 && digits.split('.').all(is_digits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A decimal number of units; digits below a nanosecond are left out.
fn scaled(decimal: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let whole = whole.parse::<u64>().ok()?.checked_mul(unit)?;
    let fraction = fraction
        .bytes()
        .scan(unit, |unit, digit| {
            *unit /= 10;
            Some(u64::from(digit - b'0') * *unit)
        })
        .sum();
    whole.checked_add(fraction)
}
