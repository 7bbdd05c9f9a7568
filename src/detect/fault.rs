//! Faults that end the program: of what object, and who had brought it there.

use super::{Finding, Kind, facts::Facts};
use crate::probe::{CaseOp, Ending, Event, Fault, ObjId, Op, Place, TaskId, What};
use std::collections::BTreeMap;

/// The faults that ended a task, and in Go the program.
pub(super) fn faults(facts: &Facts<'_>, events: &[Event]) -> Vec<Finding> {
    let (mut open, mut found, mut past) = (BTreeMap::new(), Vec::new(), Past::default());
    for e in events {
        match &e.what {
            What::Fault { fault: Fault::Fatal(text) } => found.push(fault(facts, &past, e, text)),
            What::Fault { fault: Fault::Panic(text) } => {
                open.insert(e.task, fault(facts, &past, e, text));
            }
            What::Fault { fault: Fault::Goexit } | What::Recover => {
                open.remove(&e.task);
            }
            What::End { how: Ending::Faulted } => found.extend(open.remove(&e.task)),
            _ => past.add(e),
        }
    }
    found
}

/// What the tasks were at, and what was last done to the objects.
#[derive(Default)]
struct Past<'a> {
    ops: BTreeMap<TaskId, &'a Op>,
    cases: BTreeMap<TaskId, u32>,
    deeds: BTreeMap<ObjId, Deed<'a>>,
}

/// What makes the same thing a fault for whoever comes later.
struct Deed<'a> {
    task: TaskId,
    done: &'static str,
    step: u32,
    place: Option<&'a Place>,
}

impl<'a> Past<'a> {
    fn add(&mut self, e: &'a Event) {
        let (obj, done) = match &e.what {
            What::Next { op } | What::Park { op } => {
                self.ops.insert(e.task, op);
                return;
            }
            What::Chosen { case, .. } => {
                self.cases.insert(e.task, *case);
                return;
            }
            What::Close { ch } => (*ch, "closed"),
            What::Release { lock, .. } => (*lock, "last unlocked"),
            What::Count { wg, count: 0, .. } => (*wg, "brought to zero"),
            What::Units { sema, held: 0, .. } => (*sema, "last released"),
            _ => return,
        };
        self.deeds.insert(obj, Deed { task: e.task, done, step: e.step, place: e.place.as_ref() });
    }

    /// The object that the text is about, in the operation that the task is at.
    fn object(&self, task: TaskId, text: &str) -> Option<ObjId> {
        let obj = match (self.ops.get(&task)?, text) {
            (Op::Send { ch, .. }, "send on closed channel") => *ch,
            (Op::Select { cases, .. }, "send on closed channel") => {
                match cases.get(*self.cases.get(&task)? as usize)? {
                    CaseOp::Send { ch, .. } => *ch,
                    CaseOp::Recv { .. } | CaseOp::Off => return None,
                }
            }
            (Op::Close { ch }, "close of closed channel") => *ch,
            (Op::Add { wg, .. }, "sync: negative WaitGroup counter") => *wg,
            (Op::Wait { wg }, text) if text.contains("WaitGroup is reused") => *wg,
            (Op::Unlock { lock, .. }, text) if text.contains(" of unlocked ") => *lock,
            (Op::Release { sema, .. }, "semaphore: released more than held") => *sema,
            _ => return None,
        };
        (obj != ObjId::NIL).then_some(obj)
    }
}

fn fault(facts: &Facts<'_>, past: &Past<'_>, raised: &Event, text: &str) -> Finding {
    let What::Fault { fault } = &raised.what else { unreachable!("asked for a fault") };
    let object = past.object(raised.task, text);
    let deed = object.and_then(|obj| past.deeds.get(&obj));
    let mut message = format!("{} ends the program: {fault}.", facts.task(raised.task));
    match (object, deed) {
        (Some(obj), Some(Deed { task, done, step, place })) => {
            let at = place.as_ref().map(|p| format!(" at {p}")).unwrap_or_default();
            let by = facts.task(*task);
            message += &format!(" {} was {done} by {by} in step {step}{at}.", facts.object(obj));
        }
        (Some(obj), None) => message += &format!(" It is about {}.", facts.object(obj)),
        (None, _) => {}
    }
    let other = deed.map(|d| d.task).filter(|task| *task != raised.task);
    let places = [raised.place.clone(), deed.and_then(|d| d.place.cloned())];
    Finding {
        kind: Kind::Fault,
        tasks: std::iter::once(raised.task).chain(other).collect(),
        objects: object.into_iter().collect(),
        places: places.into_iter().flatten().collect(),
        step: raised.step,
        message,
    }
}
