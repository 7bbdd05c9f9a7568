//! Tasks that wait for ever: in what, and whose part is missing.

use super::{
    Finding, Kind, ended,
    facts::{Facts, Side},
    held, set,
};
use crate::probe::{CaseOp, Event, Fault, ObjId, Op, TaskId, What};

/// A task that is left over.
pub(super) fn leak(facts: &Facts<'_>, task: TaskId) -> Finding {
    let message = format!("{} waits for ever {}", facts.task(task), reason(facts, task));
    finding(facts, Kind::Leak, vec![task], message)
}

/// Nobody can move.
pub(super) fn deadlock(facts: &Facts<'_>) -> Finding {
    let tasks: Vec<_> = facts.stuck().collect();
    let each = tasks.iter().map(|t| format!("\n{} waits {}", facts.task(*t), reason(facts, *t)));
    let message = format!("Deadlock: all goroutines are asleep.{}", each.collect::<String>());
    finding(facts, Kind::Deadlock, tasks, message)
}

/// Main has left, and so have all others.
pub(super) fn main_gone(events: &[Event]) -> Finding {
    let leaves =
        |e: &&Event| e.task == TaskId::MAIN && matches!(e.what, What::Fault { fault: Fault::Goexit });
    let left = events.iter().rfind(leaves);
    let step = left.map_or(0, |e| e.step);
    Finding {
        kind: Kind::Deadlock,
        tasks: vec![TaskId::MAIN],
        objects: Vec::new(),
        places: left.and_then(|e| e.place.clone()).into_iter().collect(),
        step,
        message: format!("Deadlock: nobody is left to end the program.\nmain left by Goexit in step {step}."),
    }
}

/// A task that spins, and nobody else can move.
pub(super) fn divergence(facts: &Facts<'_>, task: TaskId) -> Finding {
    let next = facts.next(task);
    let message = format!(
        "{} spins for ever: it looks again and again at what nobody is left to change.",
        facts.task(task)
    );
    Finding {
        kind: Kind::Divergence,
        tasks: vec![task],
        objects: Vec::new(),
        places: next.and_then(|n| n.place).cloned().into_iter().collect(),
        step: next.map_or(0, |n| n.step),
        message,
    }
}

fn finding(facts: &Facts<'_>, kind: Kind, tasks: Vec<TaskId>, message: String) -> Finding {
    let waits: Vec<_> = tasks.iter().filter_map(|t| facts.wait(*t)).collect();
    let objects = set(waits.iter().flat_map(|w| objects(w.op))).into_iter().collect();
    let places = waits.iter().filter_map(|w| w.place.cloned()).collect();
    let step = waits.iter().map(|w| w.step).max().unwrap_or(0);
    Finding { kind, tasks, objects, places, step, message }
}

fn objects(op: &Op) -> Vec<ObjId> {
    match op {
        Op::Send { ch, .. } | Op::Recv { ch } => vec![*ch],
        Op::Select { cases, .. } => cases
            .iter()
            .filter_map(|c| match c {
                CaseOp::Send { ch, .. } | CaseOp::Recv { ch } => Some(*ch),
                CaseOp::Off => None,
            })
            .collect(),
        Op::Wait { wg } => vec![*wg],
        Op::Lock { lock, .. } => vec![*lock],
        Op::CondWait { cond, .. } => vec![*cond],
        Op::Acquire { sema, .. } => vec![*sema],
        _ => Vec::new(),
    }
}

/// "to send 7 on channel #3: nobody ...", up to the full stop.
fn reason(facts: &Facts<'_>, task: TaskId) -> String {
    let Some(wait) = facts.wait(task) else { return "for nothing that was recorded.".into() };
    match wait.op {
        Op::Send { ch, value } => sending(facts, task, *ch, &value.to_string()) + ".",
        Op::Recv { ch } => receiving(facts, task, *ch) + ".",
        Op::Select { cases, .. } => selecting(facts, task, cases),
        Op::Wait { wg } => {
            let name = facts.object(*wg);
            format!(
                "for the wait group {name}, whose counter is still {}: {}.",
                facts.count(*wg),
                done(facts, *wg)
            )
        }
        Op::Join { task } => {
            let fate = fate(facts, *task).map(|fate| format!(": it {fate}")).unwrap_or_default();
            format!("for {} to end{fate}.", facts.task(*task))
        }
        Op::Lock { lock, kind } => held::lock(facts, task, *lock, *kind),
        Op::CondWait { cond, .. } => held::signal(facts, task, *cond),
        Op::Acquire { sema, units, .. } => held::units(facts, *sema, *units),
        op => format!("in {}.", op.wait_reason()),
    }
}

fn sending(facts: &Facts<'_>, me: TaskId, ch: ObjId, value: &str) -> String {
    if ch == ObjId::NIL {
        return "to send on a nil channel: nobody can receive from it".into();
    }
    let other = other_end(facts, me, ch, Side::Send);
    format!("to send {value} on channel {}: {other}", facts.object(ch))
}

fn receiving(facts: &Facts<'_>, me: TaskId, ch: ObjId) -> String {
    if ch == ObjId::NIL {
        return "to receive from a nil channel: nobody can send on it".into();
    }
    if let Some(ctx) = facts.context_of(ch) {
        return format!("for the end of context {}, which nobody cancels", facts.object(ctx));
    }
    if facts.is_timer(ch) {
        return format!("to receive from timer {}, which is stopped or was read already", facts.object(ch));
    }
    let other = other_end(facts, me, ch, Side::Receive);
    format!("to receive from channel {}: {other}", facts.object(ch))
}

/// Whose part is missing.
fn other_end(facts: &Facts<'_>, me: TaskId, ch: ObjId, mine: Side) -> String {
    let (does, did, to_do) = match mine.other() {
        Side::Send => ("sends on it or closes it", "sent on it", "send on it"),
        Side::Receive => ("receives from it", "received from it", "receive from it"),
    };
    let Some(peer) = facts.last_user(ch, mine.other(), me) else {
        return format!("nobody else ever {did}");
    };
    let name = facts.task(peer);
    match fate(facts, peer) {
        Some(fate) if facts.end(peer).is_some() => {
            format!("nobody {does} any more; {name}, the last to do so, {fate}")
        }
        Some(fate) => format!("{name}, the last to {to_do}, {fate}"),
        None => format!("nobody {does} any more"),
    }
}

/// Who called done last, and why no more comes.
fn done(facts: &Facts<'_>, wg: ObjId) -> String {
    let Some(last) = facts.last_done(wg) else { return "nobody ever called done".into() };
    let fate = fate(facts, last).unwrap_or_else(|| "goes on".into());
    format!("{}, the last to call done, {fate}", facts.task(last))
}

/// "returned in step 9", "is itself blocked in chan send"; nothing for a task that can go on.
fn fate(facts: &Facts<'_>, task: TaskId) -> Option<String> {
    match (facts.end(task), facts.wait(task)) {
        (Some((how, step)), _) => Some(format!("{} in step {step}", ended(how))),
        (None, Some(wait)) => Some(format!("is itself blocked in {}", wait.op.wait_reason())),
        (None, None) => None,
    }
}

fn selecting(facts: &Facts<'_>, me: TaskId, cases: &[CaseOp]) -> String {
    let live = cases.iter().filter(|c| !is_off(c));
    let each: Vec<_> = live
        .map(|case| match case {
            CaseOp::Send { ch, value } => sending(facts, me, *ch, &value.to_string()),
            CaseOp::Recv { ch } => receiving(facts, me, *ch),
            CaseOp::Off => unreachable!("filtered"),
        })
        .collect();
    let off = match cases.iter().filter(|c| is_off(c)).count() {
        0 => "",
        1 => " Its other case is on a nil channel, and can never be taken.",
        _ => " Its other cases are on nil channels, and can never be taken.",
    };
    match each.as_slice() {
        [] => "in a select in which no case can be taken.".into(),
        [one] => format!("{one}.{off}"),
        several => format!("in a select: {}.{off}", several.join("; or ")),
    }
}

fn is_off(case: &CaseOp) -> bool {
    matches!(case, CaseOp::Off | CaseOp::Send { ch: ObjId::NIL, .. } | CaseOp::Recv { ch: ObjId::NIL })
}
