//! Source in coloured pieces.

/// What a piece of source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Keyword,
    Literal,
    Comment,
}

impl Kind {
    /// The name of its style.
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Keyword => "keyword",
            Self::Literal => "literal",
            Self::Comment => "comment",
        }
    }
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub text: String,
}

/// What a source is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Rust,
    Go,
}

impl Language {
    fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::Rust => RUST,
            Self::Go => GO,
        }
    }
}

const GO: &[&str] = &[
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "false",
    "for",
    "func",
    "go",
    "if",
    "import",
    "interface",
    "map",
    "nil",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "true",
    "type",
    "var",
];

const RUST: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "default", "else", "enum", "false", "fn",
    "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "return", "select",
    "self", "static", "struct", "super", "trait", "true", "type", "use", "where", "while",
];

/// The pieces of each line. Together they are the source.
pub fn tokens(source: &str, language: Language) -> Vec<Vec<Token>> {
    source.lines().map(|text| line(text, language.keywords())).collect()
}

fn line(mut rest: &str, keywords: &[&str]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    while !rest.is_empty() {
        let (kind, len) = next(rest, keywords);
        let (text, tail) = rest.split_at(len);
        match out.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(text),
            _ => out.push(Token { kind, text: text.into() }),
        }
        rest = tail;
    }
    out
}

/// The kind and length of the first piece.
fn next(text: &str, keywords: &[&str]) -> (Kind, usize) {
    let first = text.chars().next().unwrap_or_default();
    let run = |f: fn(char) -> bool| text.find(|c| !f(c)).unwrap_or(text.len());
    match first {
        '/' if text.starts_with("//") => (Kind::Comment, text.len()),
        '"' => (Kind::Literal, string(text)),
        '0'..='9' => (Kind::Literal, run(|c| c.is_ascii_alphanumeric() || c == '_')),
        c if c.is_alphabetic() || c == '_' => {
            let len = run(|c| c.is_alphanumeric() || c == '_');
            (if keywords.contains(&&text[..len]) { Kind::Keyword } else { Kind::Plain }, len)
        }
        c => (Kind::Plain, c.len_utf8()),
    }
}

/// The length of a string literal, with its quotes; to the end of the line if it is not closed there.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return i + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}
