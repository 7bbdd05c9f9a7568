//! What the events of a run say about its tasks and objects.

use crate::probe::{CaseOp, Ending, Event, Fault, ObjId, ObjKind, Op, Place, TaskId, What};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A side of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Send,
    Receive,
}

impl Side {
    pub(super) fn other(self) -> Self {
        match self {
            Self::Send => Self::Receive,
            Self::Receive => Self::Send,
        }
    }
}

/// Where and in what a task waits.
#[derive(Clone, Debug)]
pub(super) struct Wait {
    pub(super) op: Op,
    pub(super) step: u32,
    pub(super) place: Option<Place>,
}

#[derive(Default)]
pub(super) struct Facts {
    names: BTreeMap<TaskId, Arc<str>>,
    objects: BTreeMap<ObjId, (ObjKind, Arc<str>)>,
    waits: BTreeMap<TaskId, Wait>,
    ends: BTreeMap<TaskId, (Ending, u32)>,
    /// Who used a side of a channel, the last one last.
    users: BTreeMap<(ObjId, Side), Vec<TaskId>>,
    counts: BTreeMap<ObjId, i64>,
    cancelled: BTreeSet<ObjId>,
}

impl Facts {
    pub(super) fn of(events: &[Event]) -> Self {
        let mut facts = Self::default();
        for e in events {
            facts.add(e);
        }
        facts
    }

    fn add(&mut self, e: &Event) {
        match &e.what {
            What::Go { child, name } => {
                self.names.insert(*child, name.clone());
            }
            What::Make { obj, kind, name } => {
                self.objects.insert(*obj, (*kind, name.clone()));
            }
            What::Park { op } => {
                match op {
                    Op::Send { ch, .. } => self.used(*ch, Side::Send, e.task),
                    Op::Recv { ch } => self.used(*ch, Side::Receive, e.task),
                    Op::Select { cases, .. } => {
                        for case in cases {
                            match case {
                                CaseOp::Send { ch, .. } => self.used(*ch, Side::Send, e.task),
                                CaseOp::Recv { ch } => self.used(*ch, Side::Receive, e.task),
                                CaseOp::Off => {}
                            }
                        }
                    }
                    _ => {}
                }
                let wait = Wait { op: op.clone(), step: e.step, place: e.place.clone() };
                self.waits.insert(e.task, wait);
            }
            What::Wake { task } => {
                self.waits.remove(task);
            }
            What::Send { ch, to, .. } => {
                self.used(*ch, Side::Send, e.task);
                if let Some(to) = to {
                    self.used(*ch, Side::Receive, *to);
                }
            }
            What::Recv { ch, from, .. } => {
                self.used(*ch, Side::Receive, e.task);
                if let Some(from) = from {
                    self.used(*ch, Side::Send, *from);
                }
            }
            What::Drained { ch } => self.used(*ch, Side::Receive, e.task),
            What::Count { wg, count, .. } => {
                self.counts.insert(*wg, *count);
            }
            What::Cancel { ctx, .. } => {
                self.cancelled.insert(*ctx);
            }
            What::End { how } => {
                self.waits.remove(&e.task);
                self.ends.insert(e.task, (*how, e.step));
            }
            What::Fault { fault: Fault::Panic(_) | Fault::Fatal(_) | Fault::Goexit } => {
                self.waits.remove(&e.task);
            }
            _ => {}
        }
    }

    fn used(&mut self, ch: ObjId, side: Side, task: TaskId) {
        let users = self.users.entry((ch, side)).or_default();
        users.retain(|t| *t != task);
        users.push(task);
    }

    /// The tasks that wait, in order.
    pub(super) fn stuck(&self) -> impl Iterator<Item = TaskId> {
        self.waits.keys().copied()
    }

    pub(super) fn wait(&self, task: TaskId) -> Option<&Wait> {
        self.waits.get(&task)
    }

    pub(super) fn end(&self, task: TaskId) -> Option<(Ending, u32)> {
        self.ends.get(&task).copied()
    }

    pub(super) fn count(&self, wg: ObjId) -> i64 {
        self.counts.get(&wg).copied().unwrap_or(0)
    }

    /// Who else used that side of a channel last.
    pub(super) fn last_user(&self, ch: ObjId, side: Side, except: TaskId) -> Option<TaskId> {
        self.users.get(&(ch, side))?.iter().rev().find(|t| **t != except).copied()
    }

    /// The context that this channel is the done channel of.
    pub(super) fn context_of(&self, ch: ObjId) -> Option<ObjId> {
        self.objects.iter().find_map(|(obj, (kind, _))| match kind {
            ObjKind::Context { done, .. } if *done == ch => Some(*obj),
            _ => None,
        })
    }

    pub(super) fn is_timer(&self, obj: ObjId) -> bool {
        matches!(self.objects.get(&obj), Some((ObjKind::Timer, _)))
    }

    /// A task by number and name.
    pub(super) fn task(&self, task: TaskId) -> String {
        match self.names.get(&task).map(|n| &**n) {
            _ if task == TaskId::MAIN => "main".into(),
            Some(name) if !name.is_empty() => format!("{task} ({name})"),
            _ => task.to_string(),
        }
    }

    /// An object by number and name.
    pub(super) fn object(&self, obj: ObjId) -> String {
        match self.objects.get(&obj) {
            Some((_, name)) if !name.is_empty() => format!("{obj} ({name})"),
            _ => obj.to_string(),
        }
    }
}
