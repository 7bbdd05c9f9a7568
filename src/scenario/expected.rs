//! What a program ought to put out.

use std::fmt;

/// The outputs that are right, whatever the schedule: stated of a program, and held against each of its runs.
///
/// ```
/// use fanin::scenario::Expected::{Lines, Merged, OneOf};
/// let merged = Merged(&[&["a", "b"], &["1"]]);
/// assert!(merged.allows(["a", "1", "b"]) && !merged.allows(["b", "a", "1"]));
/// assert_eq!(merged.to_string(), "a, b merged with 1");
/// assert_eq!(Merged(&[&["a"], &["b"]]).to_string(), "in any order a, b");
///
/// let either = OneOf(&[Lines(&["statistics"]), Lines(&["gave up"])]);
/// assert!(either.allows(["gave up"]) && !either.allows(["statistics", "gave up"]));
/// assert_eq!(either.to_string(), "statistics or gave up");
/// ```
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// These lines, in this order.
    Lines(&'static [&'static str]),
    /// The lines of several, those of each in their order.
    Merged(&'static [&'static [&'static str]]),
    /// Any one of these.
    OneOf(&'static [Self]),
}

impl Expected {
    /// True if these outputs are right.
    ///
    /// ```
    /// use fanin::scenario::find;
    /// let expected = find("p59-drain-first").unwrap().expected().unwrap();
    /// assert!(expected.allows(["1", "2", "3", "disconnected"]));
    /// assert!(!expected.allows(["1", "disconnected"]), "two messages are lost");
    /// ```
    pub fn allows<T: AsRef<str>>(&self, outputs: impl IntoIterator<Item = T>) -> bool {
        let outputs: Vec<_> = outputs.into_iter().collect();
        let outputs: Vec<_> = outputs.iter().map(AsRef::as_ref).collect();
        self.is_met(&outputs)
    }

    fn is_met(&self, outputs: &[&str]) -> bool {
        match self {
            Self::Lines(lines) => *lines == outputs,
            Self::Merged(parts) => is_merge(&mut parts.to_vec(), outputs),
            Self::OneOf(each) => each.iter().any(|expected| expected.is_met(outputs)),
        }
    }
}

/// Several parts may go on with the same line: whichever it is of, the rest has to fit.
fn is_merge(parts: &mut [&[&str]], outputs: &[&str]) -> bool {
    let Some((first, rest)) = outputs.split_first() else { return parts.iter().all(|part| part.is_empty()) };
    (0..parts.len()).any(|i| {
        let whole = parts[i];
        let fits = whole.split_first().is_some_and(|(line, left)| {
            parts[i] = left;
            line == first && is_merge(parts, rest)
        });
        parts[i] = whole;
        fits
    })
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lines(lines) => f.write_str(&lines.join(", ")),
            Self::Merged(parts) if parts.iter().all(|part| part.len() == 1) => {
                write!(f, "in any order {}", parts.concat().join(", "))
            }
            Self::Merged(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| part.join(", ")).collect();
                f.write_str(&parts.join(" merged with "))
            }
            Self::OneOf(each) => {
                let each: Vec<_> = each.iter().map(Self::to_string).collect();
                f.write_str(&each.join(" or "))
            }
        }
    }
}
