//! Finds what went wrong in a run, from its events alone.
//!
//! Three things that look alike are told apart: a *deadlock*, where main waits for what can never come (a
//! Go program crashes); a *leak*, where main has returned and another task waits for ever (a Go program
//! says nothing); and waiting on a timer, which is neither. Both are exact: they are read off the end of a
//! run, when nothing can move any more. A run that was cut short by a limit is not judged.

mod facts;
mod held;
mod stuck;

use crate::probe::{Ending, Event, Fault, ObjId, Outcome, Place, TaskId, What};
use facts::Facts;
use std::collections::BTreeMap;

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
    /// One plain sentence, or a few.
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
    let facts = Facts::of(events);
    // What the others wait for does not matter once the program has ended.
    let faults = faults(&facts, events);
    if !faults.is_empty() {
        return faults;
    }
    match outcome {
        Outcome::Deadlock => vec![stuck::deadlock(&facts)],
        Outcome::Returned => facts.stuck().map(|task| stuck::leak(&facts, task)).collect(),
        Outcome::MainGone | Outcome::Faulted { .. } | Outcome::Exited | Outcome::Limit(_) => Vec::new(),
    }
}

/// The faults that ended a task, and in Go the program.
fn faults(facts: &Facts, events: &[Event]) -> Vec<Finding> {
    let mut open: BTreeMap<TaskId, &Event> = BTreeMap::new();
    let mut found = Vec::new();
    for e in events {
        match &e.what {
            What::Fault { fault: Fault::Fatal(_) } => found.push(fault(facts, e)),
            What::Fault { fault: Fault::Panic(_) } => {
                open.insert(e.task, e);
            }
            What::Fault { fault: Fault::Goexit } | What::Recover => {
                open.remove(&e.task);
            }
            What::End { how: Ending::Faulted } => found.extend(open.remove(&e.task).map(|e| fault(facts, e))),
            _ => {}
        }
    }
    found
}

fn fault(facts: &Facts, raised: &Event) -> Finding {
    let What::Fault { fault } = &raised.what else { unreachable!("asked for a fault") };
    Finding {
        kind: Kind::Fault,
        tasks: vec![raised.task],
        objects: Vec::new(),
        places: raised.place.clone().into_iter().collect(),
        step: raised.step,
        message: format!("{} ends the program: {fault}.", facts.task(raised.task)),
    }
}

/// How a task ended, in words.
fn ended(how: Ending) -> &'static str {
    match how {
        Ending::Returned => "returned",
        Ending::Faulted => "panicked",
        Ending::Goexit => "left by Goexit",
    }
}
