//! What happens and what is waited for, in words.

use super::{
    channel::{Context, Object},
    lane::Lane,
    view::View,
};
use fanin::probe::{Access, CaseOp, Cause, Ending, Event, LockKind, ObjId, Op, Outcome, TaskId, Value, What};

/// What `op` is, as something to do: "send 7 on #3 (square)".
pub fn to_do(op: &Op, view: &View) -> String {
    match op {
        Op::Send { ch, value } => format!("send {} on {}", carried(value), object(*ch, view)),
        Op::Recv { ch } => format!("receive from {}", object(*ch, view)),
        Op::Close { ch } => format!("close {}", object(*ch, view)),
        Op::Select { cases, default } => select(cases, *default, view),
        Op::Yield => "let others run".into(),
        Op::Sleep { nanos } => format!("sleep {}", duration(*nanos)),
        Op::Join { task } => format!("wait for the end of {task}"),
        Op::Add { wg, delta } => format!("add {delta} to {}", object(*wg, view)),
        Op::Wait { wg } => format!("wait until {} is zero", object(*wg, view)),
        Op::Cancel { ctx } => format!("cancel {}", object(*ctx, view)),
        Op::Lock { lock, kind } => format!("lock {}{}", object(*lock, view), manner(*kind)),
        Op::TryLock { lock, kind } => format!("try to lock {}{}", object(*lock, view), manner(*kind)),
        Op::Unlock { lock, .. } => format!("unlock {}", object(*lock, view)),
        Op::CondWait { cond, .. } => format!("wait for {}", object(*cond, view)),
        Op::Signal { cond, all: false } => format!("signal {}", object(*cond, view)),
        Op::Signal { cond, all: true } => format!("broadcast {}", object(*cond, view)),
        Op::Acquire { sema, units, .. } => format!("take {units} of {}", object(*sema, view)),
        Op::TryAcquire { sema, units } => format!("try to take {units} of {}", object(*sema, view)),
        Op::Release { sema, units } => format!("give {units} back to {}", object(*sema, view)),
        Op::Access { obj, access } => format!("{} {}", accesses(*access), object(*obj, view)),
        Op::Panic => "panic".into(),
        _ => op.wait_reason().into(),
    }
}

/// What is waited for: "waits to send 7 on #3 (square)".
pub fn waits(op: &Op, view: &View) -> String {
    match op {
        Op::Sleep { nanos } => format!("sleeps {}", duration(*nanos)),
        Op::Wait { .. } | Op::Join { .. } | Op::CondWait { .. } => {
            to_do(op, view).replacen("wait", "waits", 1)
        }
        _ => format!("waits to {}", to_do(op, view)),
    }
}

/// In which circumstances a wait in `op` goes on: "no receiver is waiting, 0/0".
pub fn circumstances(op: &Op, view: &View) -> Option<String> {
    match op {
        Op::Send { ch: ObjId::NIL, .. } | Op::Recv { ch: ObjId::NIL } => Some("nothing can wake it".into()),
        Op::Send { ch, .. } => {
            let channel = view.channel(*ch)?;
            Some(match channel.cap {
                0 => "nobody receives".into(),
                cap => format!("the buffer is full ({}/{cap})", channel.slots.len()),
            })
        }
        Op::Recv { ch } => match view.context_of(*ch) {
            Some(_) => Some("it has not been cancelled".into()),
            None => view.channel(*ch).map(|_| "nobody sends".into()),
        },
        Op::Select { cases, .. } => {
            let told = cases.iter().filter_map(|case| match case {
                CaseOp::Send { ch, value } => {
                    circumstances(&Op::Send { ch: *ch, value: value.clone() }, view)
                }
                CaseOp::Recv { ch } if view.channel(*ch).is_some() && view.context_of(*ch).is_none() => {
                    circumstances(&Op::Recv { ch: *ch }, view)
                }
                _ => None,
            });
            let told: Vec<_> = told.collect();
            (!told.is_empty()).then(|| told.join(", "))
        }
        Op::Wait { wg: id } | Op::Lock { lock: id, .. } | Op::Acquire { sema: id, .. } => {
            view.object(*id).and_then(Object::told)
        }
        _ => None,
    }
}

/// What a step was about, told by its events: "g3 sends 7 on #2 (out)".
pub fn step(events: &[Event], view: &View) -> String {
    let told_most = events.iter().filter(|e| e.step > 0).max_by_key(|e| weight(&e.what));
    match told_most {
        None => "nothing has happened yet".into(),
        Some(Event { what: What::Go { .. }, task, .. }) => {
            let children =
                names(
                    events,
                    view,
                    |what| if let What::Go { child, .. } = what { Some(*child) } else { None },
                );
            format!("{} starts {children}", name(*task, view))
        }
        Some(Event { what: What::Fire, at, .. }) => {
            let woken =
                names(
                    events,
                    view,
                    |what| if let What::Wake { task, .. } = what { Some(*task) } else { None },
                );
            let wakes = if woken.is_empty() { woken } else { format!(" and wakes {woken}") };
            format!("a timer fires at {}{wakes}", duration(*at))
        }
        Some(event) => told(event, view),
    }
}

/// One event as a sentence.
pub fn told(event: &Event, view: &View) -> String {
    let who = name(event.task, view);
    match &event.what {
        What::Go { child, .. } => format!("{who} starts {}", name(*child, view)),
        What::Start => format!("{who} begins"),
        What::Next { op } => format!("{who} is ready to {}", to_do(op, view)),
        What::Park { op } => format!("{who} {}", waits(op, view)),
        What::Wake { task, .. } => format!("{who} wakes {}", name(*task, view)),
        What::Make { obj, .. } => format!("{who} makes {}", object(*obj, view)),
        What::Send { ch, value, to, .. } => {
            let to = to.map(|t| format!(", taken by {}", name(t, view))).unwrap_or_default();
            format!("{who} sends {} on {}{to}", carried(value), object(*ch, view))
        }
        What::Admit { ch, value, from, .. } => {
            format!("{} from {} enters {}", carried(value), name(*from, view), object(*ch, view))
        }
        What::Recv { ch, value, .. } => {
            format!("{who} receives {} from {}", carried(value), object(*ch, view))
        }
        What::Drained { ch } => match view.context_of(*ch) {
            Some(context) => format!("{who} sees that {} is done", object(context.id, view)),
            None => format!("{who} finds {} closed and drained", object(*ch, view)),
        },
        What::Unreceive { ch, value, .. } => {
            format!("{who} puts {} back into {}", carried(value), object(*ch, view))
        }
        What::Close { ch } => format!("{who} closes {}", object(*ch, view)),
        What::Chosen { case, ready: 0 | 1 } => format!("{who} takes case {}", case + 1),
        What::Chosen { case, ready } => {
            format!("{who} takes case {}, by chance: {ready} were ready", case + 1)
        }
        What::Default => format!("{who} takes the default"),
        What::Count { wg, delta: -1, count } => {
            format!("{who} is done with {}: its counter is {count}", object(*wg, view))
        }
        What::Count { wg, delta, count } => {
            format!("{who} adds {delta} to {}: its counter is {count}", object(*wg, view))
        }
        What::Cancel { ctx, cause: Cause::Canceled } => format!("{who} cancels {}", object(*ctx, view)),
        What::Cancel { ctx, cause: Cause::DeadlineExceeded } => {
            format!("the deadline of {} passes", object(*ctx, view))
        }
        What::Advance { to } => format!("the clock moves to {}", duration(*to)),
        What::Fire => "a timer fires".into(),
        What::Output { value } => format!("{who} puts out {value}"),
        What::Fault { fault } => format!("{who}: {fault}"),
        What::Acquire { lock, kind, holder } => {
            format!("{} locks {}{}", name(*holder, view), object(*lock, view), manner(*kind))
        }
        What::Release { lock, .. } => format!("{who} unlocks {}", object(*lock, view)),
        What::Signal { cond, woken } => format!("{who} signals {}: {woken} woken", object(*cond, view)),
        What::Units { sema, taken, held, by } => {
            let by = name(*by, view);
            let does = if *taken < 0 { "gives back" } else { "takes" };
            format!("{by} {does} {} of {}: {held} taken", taken.abs(), object(*sema, view))
        }
        What::Access { obj, access, value } => {
            let told = !matches!(value, Value::Unit | Value::Opaque);
            let value = if told { format!(": {value}") } else { String::new() };
            format!("{who} {}s {}{value}", accesses(*access), object(*obj, view))
        }
        What::Memory { obj, index, access, value } => {
            let item = index.map(|i| format!("[{i}]")).unwrap_or_default();
            format!("{who} {}s {}{item}: {value}", accesses(*access), object(*obj, view))
        }
        What::Arm { timer } => format!("{who} sets {}", object(*timer, view)),
        What::Tick { timer } => format!("{who} receives from {}", object(*timer, view)),
        What::Leave { .. } => format!("{who} leaves a scope whose tasks may go on"),
        What::Joined { task } => format!("{who} sees the end of {}", name(*task, view)),
        What::Look { obj } => format!("{who} looks at {}", object(*obj, view)),
        What::Yield => format!("{who} lets others run"),
        What::Recover => format!("{who} recovers"),
        What::Over { outcome: Outcome::Limit(limit) } => limit.to_string(),
        What::Over { outcome } => format!("the run is over: {outcome}"),
        What::End { how } => format!("{who} {}", ending(*how)),
        _ => format!("{who} acts"),
    }
}

/// What passes through a channel, as part of a sentence.
fn carried(value: &Value) -> String {
    if *value == Value::Opaque { "a value".into() } else { value.to_string() }
}

/// How a lock is held, where it can be held in more than one way.
fn manner(kind: LockKind) -> &'static str {
    match kind {
        LockKind::Read => " for reading",
        LockKind::Write => " for writing",
        _ => "",
    }
}

fn accesses(access: Access) -> &'static str {
    match access {
        Access::Read => "read",
        Access::Write => "write",
        Access::Update => "update",
    }
}

/// How a goroutine ended.
pub fn ending(how: Ending) -> &'static str {
    match how {
        Ending::Returned => "returned",
        Ending::Faulted => "panicked",
        Ending::Goexit => "left by Goexit",
    }
}

/// A goroutine with its name, as the findings have it: "g4 (square)".
pub fn name(task: TaskId, view: &View) -> String {
    match view.lane(task).map(Lane::title) {
        _ if task == TaskId::MAIN => "main".into(),
        None | Some("") => task.to_string(),
        Some(title) => format!("{task} ({title})"),
    }
}

/// An object with its name, as the findings have it: "#3 (square)", or "timer #4 (ticker)" if it is no channel.
pub fn object(obj: ObjId, view: &View) -> String {
    if obj == ObjId::NIL {
        return "a nil channel".into();
    }
    if let Some(Context { id, name, .. }) = view.context_of(obj) {
        return format!("context {id}.done{}", in_brackets(name));
    }
    let channel = view.channel(obj).map(|c| ("channel", &*c.name));
    let context = || view.contexts.iter().find(|c| c.id == obj).map(|c| ("context", &*c.name));
    let other = || view.object(obj).map(|o| (o.word(), &*o.name));
    let (word, name) = channel.or_else(context).or_else(other).unwrap_or(("object", ""));
    if word == "channel" && !name.is_empty() {
        return format!("{obj}{}", in_brackets(name));
    }
    format!("{word} {obj}{}", in_brackets(name))
}

fn in_brackets(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" ({name})") }
}

/// A virtual time in the largest unit that fits: "1.5 ms".
pub fn duration(nanos: u64) -> String {
    let (unit, name) = match nanos {
        0 => return "0 ms".into(),
        1_000_000_000.. => (1_000_000_000, "s"),
        1_000_000.. => (1_000_000, "ms"),
        1_000.. => (1_000, "µs"),
        _ => (1, "ns"),
    };
    let thousandths = nanos % unit * 1000 / unit;
    match thousandths {
        0 => format!("{} {name}", nanos / unit),
        rest => format!("{}.{} {name}", nanos / unit, format!("{rest:03}").trim_end_matches('0')),
    }
}

/// A case that can never be taken is left out, as of a nil channel; unless it is all that there is.
fn select(cases: &[CaseOp], default: bool, view: &View) -> String {
    let never =
        |case: &CaseOp| matches!(case, CaseOp::Send { ch: ObjId::NIL, .. } | CaseOp::Recv { ch: ObjId::NIL });
    let hopeless = !default && cases.iter().all(|case| never(case) || *case == CaseOp::Off);
    let told = cases.iter().filter(|case| hopeless || !never(case)).filter_map(|case| match case {
        CaseOp::Send { ch, value } => Some(format!("send {} on {}", carried(value), object(*ch, view))),
        CaseOp::Recv { ch } => Some(format!("receive from {}", object(*ch, view))),
        CaseOp::Off => None,
    });
    let all: Vec<_> = told.chain(default.then(|| "go on".to_string())).collect();
    if all.is_empty() { "select among no cases".into() } else { all.join(", or ") }
}

/// The goroutines that `of` finds in the events: "g2 range, g3 take".
fn names(events: &[Event], view: &View, of: impl Fn(&What) -> Option<TaskId>) -> String {
    let tasks = events.iter().filter_map(|e| of(&e.what));
    tasks.map(|task| name(task, view)).collect::<Vec<_>>().join(", ")
}

/// How much of a step's story an event tells.
fn weight(what: &What) -> u32 {
    match what {
        What::Over { .. } => 10,
        What::Fault { .. } => 9,
        What::Cancel { .. } => 8,
        What::Output { .. } => 7,
        What::Send { .. } | What::Recv { .. } | What::Close { .. } => 6,
        What::Acquire { .. } | What::Release { .. } | What::Units { .. } | What::Signal { .. } => 6,
        What::Access { .. } | What::Drained { .. } | What::Count { .. } | What::Default => 5,
        What::Park { .. } | What::End { .. } => 4,
        What::Fire | What::Recover => 3,
        What::Go { .. } => 2,
        What::Start | What::Advance { .. } => 1,
        _ => 0,
    }
}
