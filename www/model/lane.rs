//! One goroutine: what it does at a step, and the history that its lane draws.

use fanin::probe::{CaseOp, Ending, Fault, ObjId, Op, Place, TaskId};
use std::sync::Arc;

/// What a goroutine is up to after a step.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Could be chosen next: to start, to go on after a wait, or to do this operation.
    Ready(Option<Op>),
    /// Waits in this operation.
    Blocked(Op),
    /// Is over.
    Ended(Ending),
}

/// How a stretch of a lane looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The one that acts in this step.
    Running,
    Ready,
    Send,
    Recv,
    /// A wait for more than one thing, or for other goroutines.
    Wait,
    Sleep,
    Ended,
}

impl Look {
    /// Those of a goroutine that has not ended.
    pub const LIVING: [Self; 6] =
        [Self::Ready, Self::Send, Self::Recv, Self::Wait, Self::Sleep, Self::Running];

    /// How a wait in `op` looks.
    pub fn of_wait(op: &Op) -> Self {
        match op {
            Op::Send { .. } => Self::Send,
            Op::Recv { .. } => Self::Recv,
            Op::Sleep { .. } => Self::Sleep,
            _ => Self::Wait,
        }
    }

    /// The name of its style.
    pub fn class(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Ready => "ready",
            Self::Send => "send",
            Self::Recv => "recv",
            Self::Wait => "wait",
            Self::Sleep => "sleep",
            Self::Ended => "ended",
        }
    }
}

/// A stretch of equal looks; it ends where the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The first step of the stretch.
    pub from: u32,
    pub look: Look,
}

/// A goroutine and its history.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    pub task: TaskId,
    pub name: Arc<str>,
    /// Who started it.
    pub by: Option<TaskId>,
    /// The line that started it.
    pub started: Option<Place>,
    pub state: State,
    /// The step in which it came to its state.
    pub since: u32,
    /// The line of its current operation.
    pub place: Option<Place>,
    pub fault: Option<Fault>,
    pub segments: Vec<Segment>,
}

impl Lane {
    pub fn new(task: TaskId, name: Arc<str>, by: Option<TaskId>, step: u32) -> Self {
        Self {
            task,
            name,
            by,
            started: None,
            state: State::Ready(None),
            since: step,
            place: None,
            fault: None,
            segments: vec![Segment { from: step + 1, look: Look::Ready }],
        }
    }

    /// The goroutine acts in `step`.
    pub fn act(&mut self, step: u32) {
        self.draw(step, Look::Running);
        self.draw(step + 1, self.look());
    }

    /// The goroutine is in `state` after `step`.
    pub fn enter(&mut self, step: u32, state: State) {
        self.state = state;
        self.since = step;
        self.draw(step + 1, self.look());
    }

    /// Its name, which main has without having been given one.
    pub fn title(&self) -> &str {
        if self.task == TaskId::MAIN && self.name.is_empty() { "main" } else { &self.name }
    }

    /// The line of `file` that it is at, or that started it if it is at work elsewhere.
    pub fn line_in(&self, file: &str) -> Option<u32> {
        [&self.place, &self.started]
            .into_iter()
            .flatten()
            .find(|place| place.file == file)
            .map(|place| place.line)
    }

    /// The steps in which it acts; it always looks otherwise after the last.
    pub fn acts(&self) -> impl Iterator<Item = u32> {
        let stretches = self.segments.iter().zip(self.segments.iter().skip(1));
        stretches.filter(|(s, _)| s.look == Look::Running).flat_map(|(s, next)| s.from..next.from)
    }

    /// How it looks while nobody runs it.
    pub fn look(&self) -> Look {
        match &self.state {
            State::Ready(_) => Look::Ready,
            State::Blocked(op) => Look::of_wait(op),
            State::Ended(_) => Look::Ended,
        }
    }

    /// False until its first step.
    pub fn has_begun(&self) -> bool {
        self.segments.len() > 1
    }

    pub fn is_ended(&self) -> bool {
        matches!(self.state, State::Ended(_))
    }

    /// The operation that it is about to do or waits in.
    pub fn op(&self) -> Option<&Op> {
        match &self.state {
            State::Ready(op) => op.as_ref(),
            State::Blocked(op) => Some(op),
            State::Ended(_) => None,
        }
    }

    /// True if it waits to receive from `ch`, alone or as a case.
    pub fn awaits(&self, ch: ObjId) -> bool {
        match &self.state {
            State::Blocked(Op::Recv { ch: c }) => *c == ch,
            State::Blocked(Op::Select { cases, .. }) => cases.contains(&CaseOp::Recv { ch }),
            _ => false,
        }
    }

    /// True if it waits to send on `ch`, alone or as a case.
    pub fn offers(&self, ch: ObjId) -> bool {
        match &self.state {
            State::Blocked(Op::Send { ch: c, .. }) => *c == ch,
            State::Blocked(Op::Select { cases, .. }) => {
                cases.iter().any(|c| matches!(c, CaseOp::Send { ch: c, .. } if *c == ch))
            }
            _ => false,
        }
    }

    fn draw(&mut self, from: u32, look: Look) {
        while self.segments.last().is_some_and(|s| s.from >= from) {
            self.segments.pop();
        }
        if self.segments.last().is_none_or(|s| s.look != look) {
            self.segments.push(Segment { from, look });
        }
    }
}
