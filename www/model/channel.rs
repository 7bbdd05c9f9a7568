//! The objects between goroutines: channels, contexts, wait groups.

use super::message::Slot;
use fanin::probe::{ObjId, TaskId};
use std::{collections::VecDeque, sync::Arc};

/// A channel and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    pub id: ObjId,
    pub name: Arc<str>,
    pub cap: u32,
    pub slots: VecDeque<Slot>,
    pub closed: bool,
    /// How many values came out of it.
    pub delivered: u32,
}

/// A context, who has been told of its end, and when it ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    pub id: ObjId,
    pub parent: ObjId,
    pub done: ObjId,
    pub name: Arc<str>,
    /// The step of its end.
    pub ended: Option<u32>,
    /// Who has seen its end.
    pub noticed: Vec<TaskId>,
}

/// A wait group and its counter.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub id: ObjId,
    pub name: Arc<str>,
    pub count: i64,
}
