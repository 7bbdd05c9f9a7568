//! The words, numbers and signs of a part of the text.

use std::ops::Range;

/// A word such as `fan-out`, a number such as `-3`, `5ms` or `1.5s`, or a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) span: Range<u32>,
}

impl Token<'_> {
    pub(super) fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }
}

const SIGNS: [&str; 7] = ["..=", "..", ">=", "<=", "!=", "==", "=>"];

/// The tokens of `text`, which begins at the byte `offset` of the whole.
pub(super) fn tokens(text: &str, offset: u32) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        } else if c.is_alphabetic() {
            run(rest, |c, _| c.is_alphanumeric() || matches!(c, '-' | '_'))
        } else if c.is_numeric() || starts_signed(rest) {
            run(rest, |c, next| {
                c.is_alphanumeric() || (c == '.' && next.is_some_and(|next| next.is_ascii_digit()))
            })
        } else {
            SIGNS.iter().find(|sign| rest.starts_with(**sign)).map_or(c.len_utf8(), |sign| sign.len())
        };
        let start = offset + at as u32;
        found.push(Token { text: &rest[..length], span: start..start + length as u32 });
        at += length;
    }
    found
}

/// How long the token is whose first character is taken and whose others go on, given the one after each.
fn run(text: &str, goes_on: impl Fn(char, Option<char>) -> bool) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if !goes_on(c, chars.peek().map(|(_, next)| *next)) {
            return at;
        }
    }
    text.len()
}

fn starts_signed(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(chars.next(), Some('-' | '+')) && chars.next().is_some_and(char::is_numeric)
}
