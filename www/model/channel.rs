//! The objects between goroutines: channels, contexts, locks and the like.

use super::message::Slot;
use fanin::probe::{ObjId, ObjKind, TaskId};
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

/// Anything else that goroutines share: a wait group, a lock, a semaphore.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    pub id: ObjId,
    pub kind: ObjKind,
    pub name: Arc<str>,
    /// The counter of a wait group, the units of a semaphore that are taken.
    pub count: i64,
    /// Who holds a lock.
    pub holders: Vec<TaskId>,
}

impl Object {
    /// What it is, in a word or two.
    pub fn word(&self) -> &'static str {
        match self.kind {
            ObjKind::WaitGroup => "wait group",
            ObjKind::Timer => "timer",
            ObjKind::Mutex => "mutex",
            ObjKind::RwLock => "rwmutex",
            ObjKind::Cond => "cond",
            ObjKind::Once => "once",
            ObjKind::Atomic => "atomic",
            ObjKind::Map => "map",
            ObjKind::Pool => "pool",
            ObjKind::Var => "variable",
            ObjKind::Array => "array",
            ObjKind::PlainMap => "plain map",
            ObjKind::Semaphore { .. } => "semaphore",
            ObjKind::Group => "group",
            _ => "object",
        }
    }

    /// How it stands, if that can be told: "held by g2".
    pub fn told(&self) -> Option<String> {
        match self.kind {
            ObjKind::WaitGroup => Some(format!("its counter is {}", self.count)),
            ObjKind::Semaphore { size } => Some(format!("{}/{size} taken", self.count)),
            ObjKind::Mutex | ObjKind::RwLock | ObjKind::Once if self.holders.is_empty() => {
                Some("free".into())
            }
            ObjKind::Mutex | ObjKind::RwLock | ObjKind::Once => {
                let holders: Vec<_> = self.holders.iter().map(TaskId::to_string).collect();
                Some(format!("held by {}", holders.join(", ")))
            }
            _ => None,
        }
    }
}
