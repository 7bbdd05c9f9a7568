//! What the events of a run say about its tasks and objects.

use super::holders::{Holder, Holders};
use crate::probe::{CaseOp, Ending, Event, Fault, ObjId, ObjKind, Op, Place, TaskId, What};
use std::{collections::BTreeMap, sync::Arc};

/// A side of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug)]
pub(super) struct Wait<'a> {
    pub(super) op: &'a Op,
    pub(super) step: u32,
    pub(super) place: Option<&'a Place>,
}

/// Refers to the events: there are many, of which few matter in the end.
#[derive(Default)]
pub(super) struct Facts<'a> {
    tasks: BTreeMap<TaskId, Task<'a>>,
    objects: BTreeMap<ObjId, Object>,
    holders: Holders,
    /// The contexts by their done channels.
    contexts: BTreeMap<ObjId, ObjId>,
}

#[derive(Default)]
struct Task<'a> {
    /// Of one that another task has started.
    name: Option<Arc<str>>,
    wait: Option<Wait<'a>>,
    next: Option<Wait<'a>>,
    end: Option<(Ending, u32)>,
}

#[derive(Default)]
struct Object {
    kind: Option<ObjKind>,
    name: Arc<str>,
    /// Who used the sides of a channel.
    senders: Users,
    receivers: Users,
    count: i64,
    /// Who called done last.
    done: Option<TaskId>,
    /// Who holds how many units of a semaphore, and since which step.
    units: BTreeMap<TaskId, (i64, u32)>,
    /// Who signalled last, and in which step.
    signal: Option<(TaskId, u32)>,
}

/// Who used a side of a channel last, and who else did before.
#[derive(Default)]
struct Users {
    last: Option<TaskId>,
    before: Option<TaskId>,
}

impl Users {
    fn note(&mut self, task: TaskId) {
        if self.last != Some(task) {
            self.before = self.last.replace(task);
        }
    }

    fn last_but(&self, except: TaskId) -> Option<TaskId> {
        self.last.filter(|task| *task != except).or(self.before)
    }
}

impl<'a> Facts<'a> {
    pub(super) fn of(events: &'a [Event]) -> Self {
        let mut facts = Self::default();
        for e in events {
            facts.add(e);
        }
        facts
    }

    fn add(&mut self, e: &'a Event) {
        match &e.what {
            What::Go { child, name } => {
                self.task_mut(*child).name = Some(name.clone());
            }
            What::Make { obj, kind, name } => {
                if let ObjKind::Context { done, .. } = kind {
                    self.contexts.entry(*done).or_insert(*obj);
                }
                let object = self.object_mut(*obj);
                (object.kind, object.name) = (Some(*kind), name.clone());
            }
            What::Next { op } => {
                let next = Wait { op, step: e.step, place: e.place.as_ref() };
                self.task_mut(e.task).next = Some(next);
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
                let wait = Wait { op, step: e.step, place: e.place.as_ref() };
                self.task_mut(e.task).wait = Some(wait);
            }
            What::Wake { task } => self.task_mut(*task).wait = None,
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
                let wg = self.object_mut(*wg);
                wg.count = *count;
                if *delta < 0 {
                    wg.done = Some(e.task);
                }
            }
            What::Acquire { .. } | What::Release { .. } => self.holders.add(e),
            What::Units { sema, taken, by, .. } => {
                let (held, since) = self.object_mut(*sema).units.entry(*by).or_default();
                if *held <= 0 {
                    *since = e.step;
                }
                *held += taken;
            }
            What::Signal { cond, .. } => self.object_mut(*cond).signal = Some((e.task, e.step)),
            What::End { how } => {
                let task = self.task_mut(e.task);
                (task.wait, task.end) = (None, Some((*how, e.step)));
            }
            What::Fault { fault: Fault::Panic(_) | Fault::Fatal(_) | Fault::Goexit } => {
                self.task_mut(e.task).wait = None;
            }
            _ => {}
        }
    }

    fn task_mut(&mut self, task: TaskId) -> &mut Task<'a> {
        self.tasks.entry(task).or_default()
    }

    fn object_mut(&mut self, obj: ObjId) -> &mut Object {
        self.objects.entry(obj).or_default()
    }

    fn used(&mut self, ch: ObjId, side: Side, task: TaskId) {
        let ch = self.object_mut(ch);
        let users = match side {
            Side::Send => &mut ch.senders,
            Side::Receive => &mut ch.receivers,
        };
        users.note(task);
    }

    pub(super) fn holders(&self, lock: ObjId) -> &[Holder] {
        self.holders.of(lock)
    }

    pub(super) fn units(&self, sema: ObjId) -> impl Iterator<Item = (TaskId, i64, u32)> {
        let units = self.objects.get(&sema).into_iter().flat_map(|sema| &sema.units);
        let held = units.filter(|(_, (held, _))| *held > 0);
        held.map(|(task, (held, since))| (*task, *held, *since))
    }

    /// How many units a semaphore has.
    pub(super) fn size(&self, sema: ObjId) -> i64 {
        match self.kind(sema) {
            Some(ObjKind::Semaphore { size }) => size,
            _ => 0,
        }
    }

    pub(super) fn last_signal(&self, cond: ObjId) -> Option<(TaskId, u32)> {
        self.objects.get(&cond)?.signal
    }

    /// The tasks that wait, in order.
    pub(super) fn stuck(&self) -> impl Iterator<Item = TaskId> {
        self.tasks.iter().filter(|(_, task)| task.wait.is_some()).map(|(task, _)| *task)
    }

    /// The tasks that neither wait nor have ended, with what each has come to, in order.
    pub(super) fn spinning(&self) -> impl Iterator<Item = TaskId> {
        let tasks = self.tasks.iter().filter(|(task, known)| **task == TaskId::MAIN || known.name.is_some());
        tasks.filter(|(_, task)| task.wait.is_none() && task.end.is_none()).map(|(task, _)| *task)
    }

    /// What a task has come to last, and where.
    pub(super) fn next(&self, task: TaskId) -> Option<Wait<'a>> {
        self.tasks.get(&task)?.next
    }

    pub(super) fn wait(&self, task: TaskId) -> Option<Wait<'a>> {
        self.tasks.get(&task)?.wait
    }

    pub(super) fn end(&self, task: TaskId) -> Option<(Ending, u32)> {
        self.tasks.get(&task)?.end
    }

    pub(super) fn count(&self, wg: ObjId) -> i64 {
        self.objects.get(&wg).map_or(0, |wg| wg.count)
    }

    pub(super) fn last_done(&self, wg: ObjId) -> Option<TaskId> {
        self.objects.get(&wg)?.done
    }

    /// Who else used that side of a channel last.
    pub(super) fn last_user(&self, ch: ObjId, side: Side, except: TaskId) -> Option<TaskId> {
        let ch = self.objects.get(&ch)?;
        let users = match side {
            Side::Send => &ch.senders,
            Side::Receive => &ch.receivers,
        };
        users.last_but(except)
    }

    /// The context that this channel is the done channel of.
    pub(super) fn context_of(&self, ch: ObjId) -> Option<ObjId> {
        self.contexts.get(&ch).copied()
    }

    pub(super) fn is_timer(&self, obj: ObjId) -> bool {
        self.kind(obj) == Some(ObjKind::Timer)
    }

    fn kind(&self, obj: ObjId) -> Option<ObjKind> {
        self.objects.get(&obj)?.kind
    }

    /// A task by number and name.
    pub(super) fn task(&self, task: TaskId) -> String {
        match self.tasks.get(&task).and_then(|known| known.name.as_deref()) {
            _ if task == TaskId::MAIN => "main".into(),
            Some(name) if !name.is_empty() => format!("{task} ({name})"),
            _ => task.to_string(),
        }
    }

    /// An object by number and name.
    pub(super) fn object(&self, obj: ObjId) -> String {
        match self.objects.get(&obj) {
            Some(Object { name, .. }) if !name.is_empty() => format!("{obj} ({name})"),
            _ => obj.to_string(),
        }
    }
}
