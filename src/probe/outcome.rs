//! How a run ended.

use super::{Fault, TaskId};
use std::{fmt, time::Duration};

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Outcome {
    /// Main returned, and nothing can move any more.
    Returned,
    /// Main returned, and the run was ended at once.
    Exited,
    /// Nothing can move; main waits for what can never come, or left by Goexit while another task does.
    Deadlock,
    /// Only tasks that look again and again at what nobody will change can move.
    Diverged,
    /// Main left by Goexit, and the last of the others is done.
    MainGone,
    /// A task ended the run by a panic or a fatal error.
    Faulted {
        /// The task.
        task: TaskId,
        /// Its fault.
        fault: Fault,
    },
    /// A limit of the run was reached.
    Limit(LimitKind),
}

/// The limit that ended a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LimitKind {
    /// Steps.
    Steps(u32),
    /// Recorded events.
    Events(u32),
    /// Tasks.
    Tasks(u32),
    /// Virtual time, in nanoseconds.
    Time(u64),
}

impl fmt::Display for LimitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Steps(n) => write!(f, "the run was ended after {n} steps"),
            Self::Events(n) => write!(f, "the run was ended after {n} recorded events"),
            Self::Tasks(n) => write!(f, "the run was ended when it had started {n} tasks"),
            Self::Time(n) => {
                write!(f, "the run was ended after {:?} of virtual time", Duration::from_nanos(*n))
            }
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Returned | Self::Exited => f.write_str("main returned"),
            Self::Diverged => f.write_str("the program spins for ever"),
            Self::Deadlock => f.write_str("fatal error: all goroutines are asleep - deadlock!"),
            Self::MainGone => {
                f.write_str("fatal error: no goroutines (main called runtime.Goexit) - deadlock!")
            }
            Self::Faulted { fault, .. } => fault.fmt(f),
            Self::Limit(limit) => limit.fmt(f),
        }
    }
}
