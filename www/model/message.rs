//! Values on their way, values put out, and the moments worth a mark.

use super::order::Delivered;
use fanin::probe::{Item, ObjId, TaskId, Value};

/// A value in a channel's buffer.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    pub item: Item,
    pub value: Value,
}

/// One end of a message: who, and in which step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub task: TaskId,
    pub step: u32,
}

/// A value from its send to its receive.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub item: Item,
    pub ch: ObjId,
    pub value: Value,
    pub sent: End,
    pub received: Option<End>,
}

/// A value that the program put out.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    pub step: u32,
    pub value: Value,
    /// What came out, if it is an item of a pipeline.
    pub item: Option<Delivered>,
}

/// What a moment on the time axis stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Close,
    Cancel,
    Fault,
}

/// A moment worth finding on the time axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub step: u32,
    pub task: TaskId,
    pub obj: ObjId,
    pub kind: MarkKind,
}
