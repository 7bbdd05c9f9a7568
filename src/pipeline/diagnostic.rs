//! What is wrong with a pipeline, where, and what to do about it.

use std::{fmt, ops::Range};

/// One thing that is wrong.
///
/// ```
/// use fanin::pipeline::Pipeline;
///
/// let errors = Pipeline::parse("range 1..9 | sqare").unwrap_err();
/// assert_eq!(errors[0].span, 13..18);
/// assert_eq!(errors[0].to_string(), "There is no stage `sqare`. Did you mean `square`?");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where in the text, in bytes; between characters.
    pub span: Range<u32>,
    /// In which stage, counted from 0, where it lies in one.
    pub stage: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// How to put it right.
    pub help: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help.iter().try_for_each(|help| write!(f, " {help}"))
    }
}

impl std::error::Error for Diagnostic {}

/// Collects what is wrong with one part of the text.
#[derive(Debug)]
pub(super) struct Report<'a> {
    pub(super) stage: Option<u32>,
    pub(super) found: &'a mut Vec<Diagnostic>,
}

impl Report<'_> {
    pub(super) fn add(&mut self, span: Range<u32>, message: impl Into<String>, help: Option<String>) {
        self.found.push(Diagnostic { span, stage: self.stage, message: message.into(), help });
    }
}
