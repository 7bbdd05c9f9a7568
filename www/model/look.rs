//! A goroutine's state at a glance: the word, the style, what is said of it.

use super::{
    lane::{Lane, Look, State},
    sentence,
    view::View,
};
use fanin::{
    detect::Kind,
    probe::{Op, TaskId},
};

/// The word for a goroutine's state. `stuck` says how it was found to wait for ever.
pub fn word(lane: &Lane, view: &View, stuck: Option<Kind>) -> String {
    match &lane.state {
        _ if stuck == Some(Kind::Leak) => "leaked".into(),
        _ if stuck == Some(Kind::Deadlock) => "deadlock".into(),
        State::Ready(_) if view.is_running(lane) => "running".into(),
        State::Ready(_) => "ready".into(),
        State::Blocked(Op::Sleep { nanos }) => sentence::duration(*nanos),
        State::Blocked(Op::Select { .. }) => "select".into(),
        State::Blocked(Op::Send { ch, .. }) => format!("send {ch}"),
        State::Blocked(Op::Recv { ch }) => format!("recv {ch}"),
        State::Blocked(Op::Lock { lock, .. }) => format!("lock {lock}"),
        State::Blocked(_) => "wait".into(),
        State::Ended(how) => sentence::ending(*how).into(),
    }
}

/// The style of a goroutine's state.
pub fn class(lane: &Lane, view: &View, stuck: bool) -> &'static str {
    match lane.look() {
        _ if stuck || lane.fault.is_some() => "fault",
        Look::Ready if view.is_running(lane) => Look::Running.class(),
        look => look.class(),
    }
}

/// Where a goroutine without a name was started: "line 10", or where in the library.
pub fn origin(lane: &Lane) -> Option<String> {
    let place = lane.started.as_ref().filter(|_| lane.title().is_empty())?;
    Some(match place.file.strip_prefix("src/patterns/") {
        Some(pattern) => format!("{pattern} {}", place.line),
        None => format!("line {}", place.line),
    })
}

/// What a goroutine waits for, and why it does not come: "waits to send 7 on #2 (out): nobody receives".
pub fn waits(op: &Op, view: &View) -> String {
    let what = sentence::waits(op, view);
    match sentence::circumstances(op, view) {
        Some(why) => format!("{what}: {why}"),
        None => what,
    }
}

/// What a goroutine does if it is chosen, as something to do.
pub fn next(task: TaskId, op: Option<&Op>, view: &View) -> String {
    match op {
        Some(op) => sentence::to_do(op, view),
        None if view.lane(task).is_some_and(Lane::has_begun) => "go on".into(),
        None => "begin".into(),
    }
}

/// All that there is to say of a goroutine now.
pub fn told(lane: &Lane, view: &View) -> String {
    let name = sentence::name(lane.task, view);
    match &lane.state {
        State::Ready(None) if !lane.has_begun() => format!("{name} has not begun"),
        State::Ready(None) => format!("{name} can go on"),
        State::Ready(Some(op)) => format!("{name} is about to {}", sentence::to_do(op, view)),
        State::Blocked(op) => format!("{name} {}", waits(op, view)),
        State::Ended(how) => format!("{name} {} at step {}", sentence::ending(*how), lane.since),
    }
}
