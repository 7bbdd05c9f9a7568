//! Waits for what others hold: locks, units of a semaphore, signals.

use super::{ended, facts::Facts, holders::Holder};
use crate::probe::{LockKind, ObjId, Op, TaskId};

/// "to lock #4 (mu): g2 has held it since step 12, and returned in step 15 without unlocking it."
pub(super) fn lock(facts: &Facts<'_>, me: TaskId, lock: ObjId, kind: LockKind) -> String {
    let name = facts.object(lock);
    let want = match kind {
        LockKind::Mutex => format!("to lock {name}"),
        LockKind::Write => format!("to lock {name} for writing"),
        LockKind::Read => format!("to lock {name} for reading"),
        LockKind::Once => format!("for the function of {name} to end"),
    };
    let each: Vec<_> = facts.holders(lock).iter().map(|holder| holding(facts, me, holder)).collect();
    let before = match writer_before(facts, lock, kind) {
        Some(writer) => format!("{} waits before it to write, and ", facts.task(writer)),
        None => String::new(),
    };
    match each.is_empty() {
        true => format!("{want}, which nobody holds."),
        false => format!("{want}: {before}{}.", each.join("; ")),
    }
}

/// The writer that holds back a reader.
fn writer_before(facts: &Facts<'_>, lock: ObjId, kind: LockKind) -> Option<TaskId> {
    let held_for_reading = facts.holders(lock).iter().all(|holder| !holder.kind.is_exclusive());
    let write = Op::Lock { lock, kind: LockKind::Write };
    let waits = |task: &TaskId| facts.wait(*task).is_some_and(|w| *w.op == write);
    facts.stuck().find(waits).filter(|_| kind == LockKind::Read && held_for_reading)
}

fn holding(facts: &Facts<'_>, me: TaskId, holder: &Holder) -> String {
    let Holder { task, kind, since } = *holder;
    let does = if kind == LockKind::Once { "has been running" } else { "has held" };
    if task == me {
        return format!("it {does} it itself since step {since}");
    }
    let held = format!("{} {does} it since step {since}", facts.task(task));
    match (facts.end(task), facts.wait(task)) {
        (Some((how, end)), _) => format!("{held}, and {} in step {end} without unlocking it", ended(how)),
        (None, Some(wait)) => format!("{held}, and is itself blocked in {}", wait.op.wait_reason()),
        (None, None) => held,
    }
}

/// "for a signal of #4: nobody else ever gave one."
pub(super) fn signal(facts: &Facts<'_>, me: TaskId, cond: ObjId) -> String {
    let name = facts.object(cond);
    let Some((who, step)) = facts.last_signal(cond).filter(|(who, _)| *who != me) else {
        return format!("for a signal of {name}: nobody else ever gave one.");
    };
    format!("for a signal of {name}: the last one, of {} in step {step}, was not for it.", facts.task(who))
}

/// "for 2 units of #4, of which 3 of 3 are held: g2 has held 3 since step 5."
pub(super) fn units(facts: &Facts<'_>, sema: ObjId, units: i64) -> String {
    let name = facts.object(sema);
    let holders: Vec<_> = facts.units(sema).collect();
    let held: i64 = holders.iter().map(|(_, held, _)| held).sum();
    let size = facts.size(sema);
    if units > size {
        return format!("for {units} units of {name}, which has only {size}.");
    }
    let each = holders.iter().map(|(task, held, step)| {
        let ended = facts
            .end(*task)
            .map(|(how, at)| format!(", and {} in step {at} without releasing them", ended(how)));
        format!("{} has held {held} since step {step}{}", facts.task(*task), ended.unwrap_or_default())
    });
    let each = each.collect::<Vec<_>>().join("; ");
    format!("for {units} units of {name}, of which {held} of {size} are held: {each}.")
}
