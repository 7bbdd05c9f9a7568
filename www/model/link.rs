//! The address: what is open, how it runs, and where it stands.
//!
//! `#v1?p=range+1..12/take+3&seed=7&t=40` is a pipeline, `#v1/p10-nil-channel?t=12` a scenario, `#v1/gallery`
//! the gallery. What is not said has its default. Printing a link and reading it again is the identity.

use super::{
    escape::{escape, unescape},
    syntax::Language,
};
use fanin::{
    explore::{Token, TokenError},
    pipeline::Diagnostic,
};
use std::{fmt, ops::Range};

/// The version that this page writes.
const VERSION: &str = "v1";

/// What is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Open {
    /// The pipeline with this text, or the opening one.
    Pipeline(Option<String>),
    /// The list of scenarios.
    Gallery,
    /// The scenario with this id.
    Scenario(String),
}

/// What makes a run what it is, besides its program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunKey {
    pub seed: u64,
    /// The step before which the run is cancelled from outside.
    pub cancel: Option<u32>,
    /// Who was chosen by hand to act next: after how many steps, and the goroutine's number.
    pub picks: Vec<(u32, u32)>,
    /// The choices of an exploration, which come before the seed's.
    pub schedule: Option<Token>,
}

impl RunKey {
    pub const SEED: u64 = 1;
}

impl Default for RunKey {
    fn default() -> Self {
        Self { seed: Self::SEED, cancel: None, picks: Vec::new(), schedule: None }
    }
}

/// An address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub open: Open,
    pub run: RunKey,
    /// The position.
    pub t: u32,
    /// Only the scenario itself, without its partner.
    pub single: bool,
    /// In which language the scenario's source is read.
    pub code: Language,
    /// Only the run, for a frame in somebody else's page.
    pub embedded: bool,
    /// The lanes show the whole run, however narrow its steps.
    pub fit: bool,
}

impl Link {
    pub fn to(open: Open) -> Self {
        let (single, embedded, fit) = (false, false, false);
        Self { open, run: RunKey::default(), t: 0, single, code: Language::Rust, embedded, fit }
    }

    /// Reads a fragment, with or without its `#`: what is left without the parameters that cannot be read, and
    /// what is wrong with the first of those.
    ///
    /// # Errors
    ///
    /// What is wrong, where it cannot even be told what to open.
    pub fn parse(fragment: &str) -> Result<(Self, Option<LinkError>), LinkError> {
        let text = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let mut link = Self::to(read_path(path)?);
        let (mut at, mut unread) = (path.len() + 1, None);
        for pair in query.split('&') {
            match link.read_pair(pair, at) {
                Err(error) if pair.starts_with("p=") && link.open == Open::Pipeline(None) => {
                    return Err(error);
                }
                read => unread = unread.or(read.err()),
            }
            at += pair.len() + 1;
        }
        Ok((link, unread))
    }

    fn read_pair(&mut self, pair: &str, at: usize) -> Result<(), LinkError> {
        if pair.is_empty() {
            return Ok(());
        }
        let (key, raw) = pair.split_once('=').unwrap_or((pair, ""));
        let span = at + pair.len() - raw.len()..at + pair.len();
        let number = |what: &str| {
            raw.parse::<u32>().map_err(|_| {
                LinkError::new(span.clone(), format!("{what} has to be a whole number up to {}", u32::MAX))
            })
        };
        match key {
            "p" => {
                let text = unescape(raw)
                    .map_err(|i| LinkError::new(span.start + i..span.start + i + 1, "broken % escape"))?;
                if !matches!(self.open, Open::Pipeline(_)) {
                    return Err(LinkError::new(span, "only a pipeline has a text"));
                }
                self.open = Open::Pipeline(Some(text));
            }
            "seed" => {
                self.run.seed = raw.parse().map_err(|_| {
                    LinkError::new(span, format!("the seed has to be a whole number up to {}", u64::MAX))
                })?;
            }
            "cancel" => self.run.cancel = Some(number("the step of the cancel")?),
            "t" => self.t = number("the position")?,
            "picks" => {
                self.run.picks = read_picks(raw).ok_or_else(|| {
                    LinkError::new(span, "choices are written step.goroutine, as in 4.1~9.2, in order")
                })?;
            }
            "schedule" => {
                self.run.schedule =
                    Some(raw.parse().map_err(|e: TokenError| LinkError::new(span, e.to_string()))?);
            }
            "embed" if raw.is_empty() => self.embedded = true,
            "fit" if raw.is_empty() => self.fit = true,
            "view" if raw == "one" => self.single = true,
            "code" if raw == "go" => self.code = Language::Go,
            "code" if raw == "rust" => self.code = Language::Rust,
            _ => return Err(LinkError::new(at..at + pair.len(), "this page does not know that parameter")),
        }
        Ok(())
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{VERSION}")?;
        let mut query = Vec::new();
        match &self.open {
            Open::Pipeline(None) => {}
            Open::Pipeline(Some(text)) => query.push(format!("p={}", escape(text))),
            Open::Gallery => f.write_str("/gallery")?,
            Open::Scenario(id) => write!(f, "/{id}")?,
        }
        if self.run.seed != RunKey::SEED {
            query.push(format!("seed={}", self.run.seed));
        }
        if let Some(step) = self.run.cancel {
            query.push(format!("cancel={step}"));
        }
        if !self.run.picks.is_empty() {
            let picks: Vec<_> = self.run.picks.iter().map(|(step, n)| format!("{step}.{n}")).collect();
            query.push(format!("picks={}", picks.join("~")));
        }
        if let Some(token) = &self.run.schedule {
            query.push(format!("schedule={token}"));
        }
        if self.single {
            query.push("view=one".into());
        }
        if self.code == Language::Go {
            query.push("code=go".into());
        }
        if self.embedded {
            query.push("embed".into());
        }
        if self.fit {
            query.push("fit".into());
        }
        if self.t != 0 {
            query.push(format!("t={}", self.t));
        }
        if query.is_empty() { Ok(()) } else { write!(f, "?{}", query.join("&")) }
    }
}

/// Where and why an address cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkError {
    /// The bytes of the fragment, without its `#`.
    pub span: Range<usize>,
    pub message: String,
}

impl LinkError {
    pub fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
    }

    /// About the path of a fragment.
    pub fn path(fragment: &str, message: &str) -> Self {
        let text = fragment.strip_prefix('#').unwrap_or(fragment);
        let end = text.find('?').unwrap_or(text.len());
        Self::new((VERSION.len() + 1).min(end)..end, message)
    }

    /// About the pipeline in a fragment, which is this text.
    pub fn pipeline(fragment: &str, pipeline: &str, found: &[Diagnostic]) -> Self {
        let text = fragment.strip_prefix('#').unwrap_or(fragment);
        let start = text.find("?p=").or_else(|| text.find("&p=")).map_or(0, |i| i + 3);
        let at = |byte: u32| {
            let escaped = escape(&pipeline[..byte as usize]).len();
            text.floor_char_boundary((start + escaped).min(text.len()))
        };
        let whole = start..text.len();
        found.first().map_or(Self::new(whole, "this pipeline cannot run"), |d| {
            Self::new(at(d.span.start)..at(d.span.end), d.to_string())
        })
    }
}

fn read_path(path: &str) -> Result<Open, LinkError> {
    let (version, rest) = path.split_once('/').unwrap_or((path, ""));
    match (version, rest) {
        ("" | VERSION, "") => Ok(Open::Pipeline(None)),
        (VERSION, "gallery") => Ok(Open::Gallery),
        (VERSION, id) if id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => {
            Ok(Open::Scenario(id.into()))
        }
        (VERSION, _) => Err(LinkError::new(
            VERSION.len() + 1..path.len(),
            "a scenario's name has letters, digits and hyphens",
        )),
        _ => Err(LinkError::new(0..version.len(), format!("an address starts with {VERSION} here"))),
    }
}

/// Choices in ascending order of their steps.
fn read_picks(raw: &str) -> Option<Vec<(u32, u32)>> {
    let picks = raw.split('~').map(|pick| {
        let (step, n) = pick.split_once('.')?;
        Some((step.parse().ok()?, n.parse().ok()?))
    });
    let picks: Vec<(u32, u32)> = picks.collect::<Option<_>>()?;
    picks.is_sorted_by(|a, b| a.0 < b.0).then_some(picks)
}
