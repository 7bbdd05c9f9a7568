//! Recordings as files: JSON, with a line for each event.

use super::{Limits, Pick, Recording};
use crate::probe::{Event, ObjKind, Outcome, TaskId, What};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Write},
};

/// What the numbers and names in a file mean. It changes when an event of an older file would be read as
/// something else, or not at all.
const VERSION: u32 = 1;

/// A file as a whole; what a reader has to know first comes first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "fanin_recording")]
    _version: u32,
    seed: u64,
    outcome: Option<Outcome>,
    picks: Vec<Pick>,
    events: Vec<Event>,
}

/// What all versions of a file have in common.
#[derive(Deserialize)]
struct AnyVersion {
    fanin_recording: u32,
}

/// Why a text is not a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileError {
    /// The text is no recording, or a damaged one.
    Malformed {
        /// The line, counted from 1.
        line: u32,
        /// The column, counted from 1; 0 where the line is empty.
        column: u32,
        /// What is wrong there.
        what: String,
    },
    /// It was written by a version of this library that tells of runs in another way.
    Version {
        /// The version of the file.
        found: u32,
    },
    /// No run could have led to this event.
    Impossible {
        /// Which event, counted from 1.
        event: u32,
        /// Why not.
        why: String,
    },
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { line, column, what } => write!(f, "line {line}, column {column}: {what}"),
            Self::Version { found } => {
                write!(f, "a recording of version {found}, and this library reads version {VERSION}")
            }
            Self::Impossible { event, why } => write!(f, "event {event}: {why}"),
        }
    }
}

impl std::error::Error for FileError {}

impl From<serde_json::Error> for FileError {
    fn from(err: serde_json::Error) -> Self {
        let (line, column) = (number(err.line()), number(err.column()));
        let told = err.to_string();
        let what = told.split(" at line ").next().unwrap_or_default().to_string();
        Self::Malformed { line, column, what }
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Recording {
    /// The recording as JSON, with a line for each event.
    ///
    /// ```
    /// use fanin::sim::{Config, Recording};
    /// let recording = Config::new().run(async { fanin::output(&7) }).recording;
    /// let file = recording.to_json();
    /// assert_eq!(file.lines().count(), recording.events.len() + 2);
    /// assert_eq!(Recording::from_json(&file)?, recording);
    /// # Ok::<_, fanin::sim::FileError>(())
    /// ```
    pub fn to_json(&self) -> String {
        let mut text = format!(
            r#"{{"fanin_recording":{VERSION},"seed":{},"outcome":{},"picks":{},"events":["#,
            self.seed,
            json(&self.outcome),
            json(&self.picks)
        );
        for (i, event) in self.events.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            let _infallible = write!(text, "{comma}\n{}", json(event));
        }
        text + "\n]}\n"
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    ///
    /// If the text is damaged, of another version, or tells of what cannot have happened: with the place.
    ///
    /// ```
    /// use fanin::sim::Recording;
    /// let err = Recording::from_json("{\"fanin_recording\": 9}").unwrap_err();
    /// assert_eq!(err.to_string(), "a recording of version 9, and this library reads version 1");
    /// let err = Recording::from_json("[1, 2").unwrap_err();
    /// assert!(err.to_string().starts_with("line 1, column "));
    /// ```
    pub fn from_json(text: &str) -> Result<Self, FileError> {
        let AnyVersion { fanin_recording: found } = serde_json::from_str(text)?;
        if found != VERSION {
            return Err(FileError::Version { found });
        }
        let File { seed, outcome, picks, events, .. } = serde_json::from_str(text)?;
        check(&events)?;
        Ok(Self { seed, events, picks, outcome })
    }
}

fn json(part: &impl Serialize) -> String {
    serde_json::to_string(part).expect("plain data has no key that is not a text")
}

/// Steps and time never go back, who acts was started, the numbers of tasks are no greater than a run gives, which
/// leaves some out where a fault comes before a task is started, and of a semaphore no more is taken than there is: what
/// reads a recording relies on it.
fn check(events: &[Event]) -> Result<(), FileError> {
    let most = number(events.len()).max(Limits::default().tasks);
    let children =
        events.iter().filter_map(|e| if let What::Go { child, .. } = &e.what { Some(*child) } else { None });
    let started: BTreeSet<_> = children.filter(|child| child.0 <= most).chain([TaskId::CLOCK]).collect();
    let (mut last, mut now, mut sizes) = (0, 0, BTreeMap::new());
    for (number, e) in (1..).zip(events) {
        let impossible = |why| Err(FileError::Impossible { event: number, why });
        if e.step < last {
            return impossible(format!("step {} comes after step {last}", e.step));
        }
        if e.at < now {
            return impossible(format!("the time {} comes after the time {now}", e.at));
        }
        if !started.contains(&e.task) {
            return impossible(format!("{} acts, and was never started", e.task));
        }
        match &e.what {
            What::Make { obj, kind: ObjKind::Semaphore { size }, .. } => {
                if !(0..=i64::from(u32::MAX)).contains(size) {
                    return impossible(format!("{obj} has {size} units"));
                }
                sizes.insert(*obj, *size);
            }
            What::Units { sema, taken, held, .. } => {
                let size = sizes.get(sema).copied().unwrap_or(0);
                if !(-size..=size).contains(taken) {
                    return impossible(format!("{taken} units of {sema} are taken, which has {size}"));
                }
                if !(0..=size).contains(held) {
                    return impossible(format!("{held} units of {sema} are held, which has {size}"));
                }
            }
            _ => {}
        }
        (last, now) = (e.step, e.at);
    }
    Ok(())
}
