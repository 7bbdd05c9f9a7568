//! What happens before what, by Go's memory model.
//!
//! - In a task, in the order of the program; its start comes after the `go` statement, and its end before
//!   nothing but the join that receives it.
//! - Channels: a send before the end of its receive, a close before a receive that finds it; on a channel of
//!   capacity C, the k-th receive before the end of the (k+C)-th send.
//! - Locks: an unlock before each later lock; a reader's unlock before each later lock for writing, so that
//!   readers do not order each other. A try that succeeds is a lock, and one that fails orders nothing. The end
//!   of a once's function comes before the return of each call.
//! - A wait group's done before the return of a wait; a signal before the wait that it ends; units given back
//!   before units taken later.
//! - Atomic operations, and those of a concurrent map: a write before the read that sees it; of a pool, a put
//!   before the get of the same thing.
//! - A context's end before a look that finds it (and as a close, before a receive from its done channel); a
//!   timer's setting before its firing, and that before the receive, or the start of its task. Who asks for a task at
//!   the end of a context comes before its start.
//! - All that the others have done before the return of a wait until they are idle.

use super::{channel::Channel, clock::Clock, memory::Touch};
use crate::probe::{Access, Event, Item, LockKind, ObjId, ObjKind, Op, TaskId, Value, What};
use std::collections::{BTreeMap, BTreeSet};

pub(in crate::detect) struct Order {
    /// Whether an unlock comes before later locks.
    locks: bool,
    /// The tasks whose end somebody receives.
    joined: BTreeSet<TaskId>,
    /// The messages that a receive puts back.
    put_back: BTreeSet<Item>,
    /// Those of whom more is asked than all together have seen.
    tasks: BTreeMap<TaskId, Task>,
    /// What the others have seen, who have ended.
    ended: Clock,
    objects: BTreeMap<ObjId, Object>,
}

#[derive(Default)]
struct Task {
    /// What it has seen.
    clock: Clock,
    parked: Option<Op>,
}

#[derive(Default)]
struct Object {
    kind: Option<ObjKind>,
    channel: Channel,
    /// What was given on by unlocking, doing, cancelling, storing and the like.
    given: Clock,
    /// What readers gave on by unlocking.
    by_readers: Clock,
    /// What was given on under a key of a concurrent map, or with a thing of a pool; without one, under all.
    keyed: BTreeMap<Option<String>, Clock>,
    /// What had been seen where a timer was set, or a task asked for at the end of a context.
    armed: Clock,
}

impl Order {
    /// Before the first of these events, which are to be [added](Self::add).
    pub(super) fn of(events: &[Event]) -> Self {
        let (mut joined, mut put_back) = (BTreeSet::new(), BTreeSet::new());
        for e in events {
            match &e.what {
                What::Joined { task } => _ = joined.insert(*task),
                What::Unreceive { item, .. } => _ = put_back.insert(*item),
                _ => {}
            }
        }
        let (tasks, objects) = (BTreeMap::new(), BTreeMap::new());
        Self { locks: true, joined, put_back, tasks, ended: Clock::default(), objects }
    }

    /// The order that is left if locks give none: in which of two ways they are taken is chance.
    pub(in crate::detect) fn without_locks(events: &[Event]) -> Self {
        Self { locks: false, ..Self::of(events) }
    }

    /// What a task has seen by now.
    pub(in crate::detect) fn seen(&self, task: TaskId) -> Clock {
        self.tasks.get(&task).map(|task| task.clock.clone()).unwrap_or_default()
    }

    /// Whether an access comes before what `later` does now.
    pub(super) fn is_before(&self, earlier: &Touch, later: TaskId) -> bool {
        let seen = |later: &Task| later.clock.get(earlier.task) >= earlier.event;
        earlier.task == later || self.tasks.get(&later).is_some_and(seen)
    }

    pub(super) fn kind(&self, obj: ObjId) -> Option<ObjKind> {
        self.objects.get(&obj)?.kind
    }

    /// Takes in event number `number`.
    pub(in crate::detect) fn add(&mut self, number: u32, e: &Event) {
        self.clock(e.task).set(e.task, number);
        match &e.what {
            What::Make { obj, kind, .. } => self.make(*obj, *kind),
            What::Go { child, .. } => {
                let parent = self.clock(e.task).clone();
                self.clock(*child).join(&parent);
            }
            What::Joined { task } => {
                let ended = self.tasks.remove(task).unwrap_or_default();
                self.clock(e.task).join(&ended.clock);
            }
            What::End { .. } if !self.joined.contains(&e.task) => {
                let ended = self.tasks.remove(&e.task).unwrap_or_default();
                self.ended.join(&ended.clock);
            }
            What::Park { op } => self.task(e.task).parked = Some(op.clone()),
            What::Wake { task } => {
                let seen = match self.task(*task).parked.take() {
                    Some(Op::CondWait { .. }) => self.clock(e.task).clone(),
                    Some(Op::Idle) => self.everything(),
                    _ => Clock::default(),
                };
                self.clock(*task).join(&seen);
            }
            What::Send { .. }
            | What::Admit { .. }
            | What::Recv { .. }
            | What::Unreceive { .. }
            | What::Drained { .. }
            | What::Close { .. } => self.channel(e),
            What::Release { kind, .. } | What::Acquire { kind, .. }
                if !self.locks && *kind != LockKind::Once => {}
            What::Release { lock, kind: LockKind::Read } => {
                let reader = self.clock(e.task).clone();
                self.object(*lock).by_readers.join(&reader);
            }
            What::Release { lock: obj, .. }
            | What::Count { wg: obj, delta: ..0, .. }
            | What::Units { sema: obj, taken: ..0, .. } => self.give(e.task, *obj),
            What::Acquire { kind: LockKind::Once, .. } => {}
            What::Acquire { lock, kind, holder } => {
                self.take(*holder, *lock);
                if kind.is_exclusive() {
                    let readers = self.object(*lock).by_readers.clone();
                    self.clock(*holder).join(&readers);
                }
            }
            What::Units { sema, by, .. } => self.take(*by, *sema),
            What::Look { obj } => match self.kind(*obj) {
                // Only its task looks at it, and who keeps it from starting.
                Some(ObjKind::Context { after_func: true, .. }) => self.heed(e.task, *obj),
                Some(ObjKind::Once | ObjKind::WaitGroup | ObjKind::Context { .. }) => self.take(e.task, *obj),
                // It starts a task.
                Some(ObjKind::Timer) if e.task == TaskId::CLOCK => self.heed(e.task, *obj),
                _ => {}
            },
            What::Access { obj, access, value } => match self.kind(*obj) {
                Some(ObjKind::Atomic | ObjKind::Var) => self.atomic(e.task, *obj, *access),
                Some(ObjKind::Map | ObjKind::Pool) => self.under_key(e.task, *obj, *access, value),
                _ => {}
            },
            What::Arm { timer } => self.object(*timer).armed = self.seen(e.task),
            What::Tick { timer } => self.heed(e.task, *timer),
            What::Fire => *self.clock(TaskId::CLOCK) = Clock::default(),
            What::Cancel { ctx, .. } => {
                // A deadline ends what was derived from its context as well, by a clock that knows of the setting.
                if e.task == TaskId::CLOCK {
                    self.heed(e.task, *ctx);
                }
                self.give(e.task, *ctx);
            }
            _ => {}
        }
    }

    fn task(&mut self, task: TaskId) -> &mut Task {
        self.tasks.entry(task).or_default()
    }

    fn clock(&mut self, task: TaskId) -> &mut Clock {
        &mut self.task(task).clock
    }

    fn object(&mut self, obj: ObjId) -> &mut Object {
        self.objects.entry(obj).or_default()
    }

    fn make(&mut self, obj: ObjId, kind: ObjKind) {
        let object = self.object(obj);
        object.kind = Some(kind);
        if let ObjKind::Chan { cap } = kind {
            object.channel = Channel::new(cap);
        }
    }

    /// What all tasks have done.
    fn everything(&self) -> Clock {
        self.tasks.values().fold(self.ended.clone(), |mut all, task| {
            all.join(&task.clock);
            all
        })
    }

    /// The setting of a timer comes before.
    fn heed(&mut self, task: TaskId, timer: ObjId) {
        let armed = self.object(timer).armed.clone();
        self.clock(task).join(&armed);
    }

    fn give(&mut self, task: TaskId, obj: ObjId) {
        let clock = self.clock(task).clone();
        self.object(obj).given.join(&clock);
    }

    fn take(&mut self, task: TaskId, obj: ObjId) {
        let given = self.object(obj).given.clone();
        self.clock(task).join(&given);
    }

    /// A store hides what was there before, unless it is part of an update, which sees it.
    fn atomic(&mut self, task: TaskId, obj: ObjId, access: Access) {
        if access != Access::Write {
            self.take(task, obj);
        }
        if access != Access::Read {
            self.object(obj).given = self.seen(task);
        }
    }

    /// As for an atomic value, one for each key. A write without a key is one to all of them.
    fn under_key(&mut self, task: TaskId, obj: ObjId, access: Access, key: &Value) {
        let mut clock = self.clock(task).clone();
        let text = (*key != Value::Unit).then(|| key.to_string());
        let keys = &mut self.object(obj).keyed;
        let known = keys.get(&text).or_else(|| keys.get(&None)).cloned().unwrap_or_default();
        if access != Access::Write {
            clock.join(&known);
        }
        if access != Access::Read {
            if text.is_none() {
                keys.clear();
            }
            let mut new = clock.clone();
            if *key == Value::Opaque {
                // Several keys look like this one.
                new.join(&known);
            }
            keys.insert(text, new);
        }
        *self.clock(task) = clock;
    }

    fn channel(&mut self, e: &Event) {
        // Taken out, so that several can be changed together.
        let mut me = std::mem::take(self.clock(e.task));
        match &e.what {
            What::Send { ch, item, to, .. } => {
                let mut peer = to.map(|to| std::mem::take(self.clock(to)));
                let channel = &mut self.object(*ch).channel;
                match &mut peer {
                    None => channel.send(*item, &mut me),
                    Some(peer) if channel.was_put_back(*item) => channel.receive(*item, peer),
                    Some(peer) if channel.cap == 0 => channel.meet(*item, &mut me, peer),
                    Some(peer) => {
                        channel.send(*item, &mut me);
                        channel.receive(*item, peer);
                    }
                }
                if let (Some(to), Some(peer)) = (to, peer) {
                    *self.clock(*to) = peer;
                }
            }
            What::Recv { ch, item, from: Some(from), .. } => {
                let mut sender = std::mem::take(self.clock(*from));
                self.object(*ch).channel.meet(*item, &mut sender, &mut me);
                *self.clock(*from) = sender;
            }
            What::Recv { ch, item, from: None, .. } => {
                self.object(*ch).channel.receive(*item, &mut me);
            }
            What::Admit { ch, item, from, .. } => {
                let mut sender = std::mem::take(self.clock(*from));
                self.object(*ch).channel.send(*item, &mut sender);
                *self.clock(*from) = sender;
            }
            What::Unreceive { ch, item, .. } => self.object(*ch).channel.put_back(*item),
            What::Drained { ch } => self.object(*ch).channel.drain(&mut me),
            What::Close { ch } => self.object(*ch).channel.close(&me),
            _ => unreachable!("asked for events of channels"),
        }
        *self.clock(e.task) = me;
        if let What::Send { ch, item, to: Some(_), .. } | What::Recv { ch, item, .. } = &e.what
            && !self.put_back.contains(item)
        {
            self.object(*ch).channel.forget(*item);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::Ending;

    #[test]
    fn those_who_have_ended_are_kept_together_once_nobody_asks_for_one() {
        let (main, left, joined) = (TaskId::MAIN, TaskId(2), TaskId(3));
        let start = |child| What::Go { child, name: "".into() };
        let end = || What::End { how: Ending::Returned };
        let happened = [
            (main, start(left)),
            (main, start(joined)),
            (left, end()),
            (joined, end()),
            (main, What::Joined { task: joined }),
            (main, What::Park { op: Op::Idle }),
            (TaskId::CLOCK, What::Wake { task: main }),
        ];
        let events = happened.map(|(task, what)| Event { step: 1, at: 0, task, what, place: None });
        let mut order = Order::of(&events);
        let mut seen = Vec::new();
        for (number, e) in (1..).zip(&events) {
            order.add(number, e);
            seen.push([left, joined].map(|task| order.seen(main).get(task)));
        }
        // By the join it sees the end of the one, and by its wait until all are idle that of the other.
        assert_eq!(seen[3..], [[0, 0], [0, 4], [0, 4], [3, 4]]);
        assert!(order.tasks.keys().all(|task| [TaskId::CLOCK, main].contains(task)));
    }
}
