//! Finds what went wrong in a run, from its events alone.
//!
//! Three things that look alike are told apart: a *deadlock*, where main waits for what can never come (a
//! Go program crashes); a *leak*, where main has returned and another task waits for ever (a Go program
//! says nothing); and waiting on a timer, which is neither. Both are exact: they are read off the end of a
//! run, when nothing can move any more. A run that was cut short by a limit is not judged.

mod facts;
mod stuck;

use crate::probe::{Ending, Event, Fault, ObjId, Outcome, Place, TaskId, What};
use facts::Facts;

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
    let Some(Event { what: What::Over { outcome }, step, .. }) = events.last() else { return Vec::new() };
    let facts = Facts::of(events);
    let mut found = Vec::new();
    match outcome {
        Outcome::Faulted { task, fault } => found.push(fault_finding(events, *task, fault, *step)),
        Outcome::Deadlock => found.push(stuck::deadlock(&facts, "all goroutines are asleep")),
        Outcome::MainGone => {
            if facts.stuck().next().is_some() {
                found.push(stuck::deadlock(&facts, "main is gone and the others are asleep"));
            }
        }
        Outcome::Returned => found.extend(facts.stuck().map(|task| stuck::leak(&facts, task))),
        Outcome::Exited | Outcome::Limit(_) => {}
    }
    found
}

fn fault_finding(events: &[Event], task: TaskId, fault: &Fault, step: u32) -> Finding {
    let facts = Facts::of(events);
    let raised = events.iter().rev().find(|e| matches!(&e.what, What::Fault { fault: f } if f == fault));
    Finding {
        kind: Kind::Fault,
        tasks: vec![task],
        objects: Vec::new(),
        places: raised.and_then(|e| e.place.clone()).into_iter().collect(),
        step: raised.map_or(step, |e| e.step),
        message: format!("{} ended the program: {fault}.", facts.task(task)),
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
