//! What the events of a run say about its tasks and objects.

use crate::probe::{CaseOp, Ending, Event, Fault, LockKind, ObjId, ObjKind, Op, Place, TaskId, What};
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
    next: BTreeMap<TaskId, Wait>,
    ends: BTreeMap<TaskId, (Ending, u32)>,
    /// Who used a side of a channel, the last one last.
    users: BTreeMap<(ObjId, Side), Vec<TaskId>>,
    counts: BTreeMap<ObjId, i64>,
    /// Who called done last.
    dones: BTreeMap<ObjId, TaskId>,
    cancelled: BTreeSet<ObjId>,
    /// Who holds a lock, of what kind, and since which step.
    holders: BTreeMap<ObjId, Vec<(TaskId, LockKind, u32)>>,
    /// Who holds how many units of a semaphore, and since which step.
    units: BTreeMap<ObjId, BTreeMap<TaskId, (i64, u32)>>,
    /// Who signalled last, and in which step.
    signals: BTreeMap<ObjId, (TaskId, u32)>,
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
            What::Next { op } => {
                let next = Wait { op: op.clone(), step: e.step, place: e.place.clone() };
                self.next.insert(e.task, next);
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
            What::Count { wg, delta, count } => {
                self.counts.insert(*wg, *count);
                if *delta < 0 {
                    self.dones.insert(*wg, e.task);
                }
            }
            What::Cancel { ctx, .. } => {
                self.cancelled.insert(*ctx);
            }
            What::Acquire { lock, kind, holder } => {
                self.holders.entry(*lock).or_default().push((*holder, *kind, e.step));
            }
            What::Release { lock, kind } => self.released(*lock, *kind, e.task),
            What::Units { sema, taken, by, .. } => {
                let (held, since) = self.units.entry(*sema).or_default().entry(*by).or_default();
                if *held <= 0 {
                    *since = e.step;
                }
                *held += taken;
            }
            What::Signal { cond, .. } => {
                self.signals.insert(*cond, (e.task, e.step));
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

    /// The one who gives a lock back need not be the one who took it.
    fn released(&mut self, lock: ObjId, kind: LockKind, task: TaskId) {
        let Some(holders) = self.holders.get_mut(&lock) else { return };
        let own = holders.iter().position(|h| (h.0, h.1) == (task, kind));
        if let Some(i) = own.or_else(|| holders.iter().position(|h| h.1 == kind)) {
            holders.remove(i);
        }
    }

    pub(super) fn holders(&self, lock: ObjId) -> impl Iterator<Item = (TaskId, LockKind, u32)> {
        self.holders.get(&lock).into_iter().flatten().copied()
    }

    pub(super) fn units(&self, sema: ObjId) -> impl Iterator<Item = (TaskId, i64, u32)> {
        let held = self.units.get(&sema).into_iter().flatten().filter(|(_, (held, _))| *held > 0);
        held.map(|(task, (held, since))| (*task, *held, *since))
    }

    /// How many units a semaphore has.
    pub(super) fn size(&self, sema: ObjId) -> i64 {
        match self.objects.get(&sema) {
            Some((ObjKind::Semaphore { size }, _)) => *size,
            _ => 0,
        }
    }

    pub(super) fn last_signal(&self, cond: ObjId) -> Option<(TaskId, u32)> {
        self.signals.get(&cond).copied()
    }

    /// The tasks that wait, in order.
    pub(super) fn stuck(&self) -> impl Iterator<Item = TaskId> {
        self.waits.keys().copied()
    }

    /// The tasks that neither wait nor have ended, with what each has come to, in order.
    pub(super) fn spinning(&self) -> impl Iterator<Item = TaskId> {
        let tasks = [TaskId::MAIN].into_iter().chain(self.names.keys().copied());
        tasks.filter(|task| !self.waits.contains_key(task) && !self.ends.contains_key(task))
    }

    /// What a task has come to last, and where.
    pub(super) fn next(&self, task: TaskId) -> Option<&Wait> {
        self.next.get(&task)
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

    pub(super) fn last_done(&self, wg: ObjId) -> Option<TaskId> {
        self.dones.get(&wg).copied()
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
