//! Replay tokens: a schedule as a short text.
//!
//! `1-CHOICES-SUM-RUN`: the version; one digit of base 36 for each choice, larger ones as `_57_`; a checksum
//! of these; and the fingerprint of the run that they led to.

use crate::{
    probe::Event,
    sim::{Choice, Strategy},
};
use std::{fmt, str::FromStr};

/// A schedule that can be written down and replayed; see [`Explorer::replay`](super::Explorer::replay).
///
/// URL-safe; the same natively and in the browser.
///
/// ```
/// use fanin::explore::Token;
/// let token: Token = "1-02-6f27-00000000".parse()?;
/// assert_eq!(token.choices(), [0, 2]);
/// assert_eq!(token.to_string(), "1-02-6f27-00000000");
/// assert!("1-03-6f27-00000000".parse::<Token>().is_err());
/// # Ok::<_, fanin::explore::TokenError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    choices: Vec<u32>,
    run: u32,
}

impl Token {
    pub(super) fn new(choices: &[u32], run: u32) -> Self {
        Self { choices: choices.to_vec(), run }
    }

    /// The choices, as [`Config::replay`](crate::sim::Config::replay) takes them.
    pub fn choices(&self) -> &[u32] {
        &self.choices
    }

    pub(super) fn run(&self) -> u32 {
        self.run
    }

    pub(super) fn strategy(&self) -> impl Strategy + 'static {
        FromToken(self.choices.clone().into_iter())
    }

    fn digits(&self) -> String {
        let digit = |&c: &u32| match char::from_digit(c, 36) {
            Some(digit) if c < 36 => digit.to_string(),
            _ => format!("_{c}_"),
        };
        self.choices.iter().map(digit).collect()
    }
}

/// The choices of a token, and after them the first of each.
struct FromToken(std::vec::IntoIter<u32>);

impl Strategy for FromToken {
    fn pick(&mut self, _: Choice, of: u32) -> u32 {
        self.0.next().unwrap_or(0).min(of - 1)
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        write!(f, "1-{digits}-{:04x}-{:08x}", fnv(digits.as_bytes()) & 0xffff, self.run)
    }
}

/// Why a token cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenError {
    /// It is not of the form of a token.
    Malformed,
    /// It was made by another version of this crate.
    Version(String),
    /// A character of it was changed or lost.
    Checksum,
    /// It belongs to another program.
    OtherProgram,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("this is no replay token: it should look like 1-0a2-12ab-89abcdef"),
            Self::Version(v) => write!(f, "this replay token is of version {v}, and only version 1 is known"),
            Self::Checksum => f.write_str("this replay token was changed or cut: its checksum does not match"),
            Self::OtherProgram => {
                f.write_str("this replay token belongs to another program: the run that it leads to is not the recorded one")
            }
        }
    }
}

impl std::error::Error for TokenError {}

impl FromStr for Token {
    type Err = TokenError;

    fn from_str(text: &str) -> Result<Self, TokenError> {
        let parts: Vec<_> = text.trim().split('-').collect();
        let [version, digits, sum, run] = parts[..] else { return Err(TokenError::Malformed) };
        if version != "1" {
            return Err(TokenError::Version(version.into()));
        }
        let hex = |text: &str| u32::from_str_radix(text, 16).map_err(|_| TokenError::Malformed);
        if hex(sum)? != fnv(digits.as_bytes()) & 0xffff {
            return Err(TokenError::Checksum);
        }
        Ok(Self { choices: choices(digits).ok_or(TokenError::Malformed)?, run: hex(run)? })
    }
}

fn choices(digits: &str) -> Option<Vec<u32>> {
    let mut choices = Vec::new();
    for (i, part) in digits.split('_').enumerate() {
        // Every second part stood between two underscores.
        if i % 2 == 1 {
            choices.push(part.parse().ok()?);
        } else {
            for digit in part.chars() {
                choices.push(digit.to_digit(36)?);
            }
        }
    }
    Some(choices)
}

/// FNV-1a, 32 bits (Fowler, Noll, Vo).
fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// A fingerprint of a run: what happened, without the lines of source.
pub(super) fn fingerprint(events: &[Event]) -> u32 {
    let each = events.iter().map(|e| fnv(format!("{} {:?}", e.task, e.what).as_bytes()));
    each.fold(0, |all, one| fnv(&[all.to_le_bytes(), one.to_le_bytes()].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_token_are_the_same() {
        for choices in [vec![], vec![0, 1, 35, 36, 1000, 2], vec![7; 50]] {
            let token = Token::new(&choices, 0xdead_beef);
            assert_eq!(token.to_string().parse(), Ok(token));
        }
    }

    #[test]
    fn what_is_no_token_is_refused_with_the_reason() {
        let parse = |text: &str| text.parse::<Token>().unwrap_err();
        assert_eq!(parse(""), TokenError::Malformed);
        assert_eq!(parse("2-0-1-2"), TokenError::Version("2".into()));
        let mut text = Token::new(&[1, 2, 3], 9).to_string();
        text.replace_range(2..3, "4");
        assert_eq!(parse(&text), TokenError::Checksum);
    }
}
