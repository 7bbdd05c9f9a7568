//! Finds what went wrong in a run, from its events alone.
//!
//! Three things that look alike are told apart: a *deadlock*, where main waits for what can never come (a
//! Go program crashes); a *leak*, where main has returned and another task waits for ever (a Go program
//! says nothing); and waiting on a timer, which is neither. Both are exact: they are read off the end of a
//! run, when nothing can move any more. In a run that was cut short by a limit nobody is known to be stuck.
//!
//! *Data races* are found in any run that touches plain memory ([`sync::shared`](crate::sync::shared)), whether
//! or not anything went wrong in it: what counts is that nothing orders the two accesses by Go's memory model.

mod facts;
mod fault;
mod held;
mod holders;
mod lint;
mod race;
mod stuck;

pub(crate) use holders::Holders;
pub use lint::lints;

use crate::probe::{Ending, Event, ObjId, Outcome, Place, TaskId, What};
use facts::Facts;
use std::collections::BTreeSet;

/// Something that went wrong in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// The tasks concerned.
    pub tasks: Vec<TaskId>,
    /// The objects concerned.
    pub objects: Vec<ObjId>,
    /// The lines concerned.
    pub places: Vec<Place>,
    /// The step to look at.
    pub step: u32,
    /// One plain sentence, or a few. Of a deadlock a line for each of the tasks follows, in their order.
    pub message: String,
}

/// The kinds of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// A task is left over and waits for ever.
    Leak,
    /// The program cannot go on.
    Deadlock,
    /// A panic or a fatal error ended the program.
    Fault,
    /// Two tasks touch the same plain memory, one of them writes, and nothing orders the two.
    DataRace,
    /// An object was used in a way that its documentation forbids.
    Misuse,
    /// What can still move looks again and again at what nobody will change.
    Divergence,
    /// Locks are taken in different orders; one of the [`lints`].
    LockOrder,
    /// A lock is held during a wait for something else; one of the [`lints`].
    LockHeld,
    /// A context is never ended; one of the [`lints`].
    LostCancel,
    /// A task puts something out after main has returned, or goes on after its scope; one of the [`lints`].
    Outlived,
}

impl Kind {
    /// The kind in one word.
    ///
    /// ```
    /// assert_eq!(fanin::detect::Kind::Leak.word(), "leak");
    /// ```
    pub fn word(self) -> &'static str {
        match self {
            Self::Leak => "leak",
            Self::Deadlock => "deadlock",
            Self::Fault => "fault",
            Self::DataRace => "data race",
            Self::Misuse => "misuse",
            Self::Divergence => "divergence",
            Self::LockOrder => "lock order",
            Self::LockHeld => "lock held",
            Self::LostCancel => "lost cancel",
            Self::Outlived => "outlived",
        }
    }
}

/// What went wrong in a run with these events, most serious first; empty before its end.
///
/// ```
/// use fanin::{Receiver, detect, go, sim::Config};
/// let run = Config::new().run(async {
///     go(async { Receiver::<u32>::never().recv().await });
/// });
/// let found = detect::findings(&run.recording.events);
/// assert_eq!(found[0].kind, detect::Kind::Leak);
/// assert_eq!(found[0].message, "g2 waits for ever to receive from a nil channel: nobody can send on it.");
/// ```
pub fn findings(events: &[Event]) -> Vec<Finding> {
    let Some(Event { what: What::Over { outcome }, .. }) = events.last() else { return Vec::new() };
    if *outcome == Outcome::Returned && is_plain(events) {
        return Vec::new();
    }
    let facts = Facts::of(events);
    // What the others wait for does not matter once the program has ended.
    let mut found = fault::faults(&facts, events);
    if found.is_empty() {
        match outcome {
            Outcome::Diverged => {
                found.extend(facts.spinning().map(|task| stuck::divergence(&facts, task)));
            }
            Outcome::Deadlock => found.push(stuck::deadlock(&facts)),
            Outcome::Returned => found.extend(facts.stuck().map(|task| stuck::leak(&facts, task))),
            Outcome::MainGone => found.push(stuck::main_gone(events)),
            Outcome::Faulted { .. } | Outcome::Exited | Outcome::Limit(_) => {}
        }
    }
    found.extend(race::races(&facts, events));
    found
}

/// True if all tasks have ended, and nothing happened that could be wrong: an exploration asks of many such runs.
fn is_plain(events: &[Event]) -> bool {
    let mut going = 0;
    for e in events {
        match &e.what {
            What::Go { .. } => going += 1,
            What::End { .. } => going -= 1,
            What::Fault { .. } | What::Memory { .. } | What::Count { .. } => return false,
            _ => {}
        }
    }
    going == 0
}

/// The set of these. What is collected into one is sorted first, by 4 KB of code for each type: the page is to be small.
fn set<T: Ord>(of: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(of);
    set
}

/// How a task ended, in words.
fn ended(how: Ending) -> &'static str {
    match how {
        Ending::Returned => "returned",
        Ending::Faulted => "panicked",
        Ending::Goexit => "left by Goexit",
    }
}
