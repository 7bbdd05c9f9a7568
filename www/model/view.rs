//! The view at a step: a fold of the events up to it.
//!
//! Invariants: `View::at(events, t)` depends on nothing but the events of the steps `0..=t`; advancing a view
//! and folding afresh give the same.

use super::{
    channel::{Channel, Context, Object},
    lane::{Lane, State},
    message::{End, Mark, MarkKind, Message, Output, Slot},
    order::Delivered,
};
use fanin::{
    pipeline,
    probe::{Event, Item, ObjId, ObjKind, TaskId, Value, What},
};
use std::{collections::VecDeque, sync::Arc};

/// Everything that can be seen after a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The step that was folded last.
    pub step: u32,
    /// The virtual time in nanoseconds.
    pub at: u64,
    /// Who acted in the step.
    pub actor: Option<TaskId>,
    pub lanes: Vec<Lane>,
    /// These and the following are in the order of their ids, which is that of making.
    pub channels: Vec<Channel>,
    pub contexts: Vec<Context>,
    pub objects: Vec<Object>,
    pub messages: Vec<Message>,
    pub outputs: Vec<Output>,
    pub marks: Vec<Mark>,
    /// The number of the item that was sent last, of those that were put out.
    latest: u32,
    /// How many events were folded.
    folded: usize,
}

/// How many goroutines are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    pub started: u32,
    pub running: u32,
    pub ready: u32,
    pub blocked: u32,
    pub finished: u32,
}

impl View {
    /// The view after step `t`.
    pub fn at(events: &[Event], t: u32) -> Self {
        let mut view = Self::default();
        view.advance(events, t);
        view
    }

    /// Folds what is left of the events up to step `t`, which must not be before the view's own.
    pub fn advance(&mut self, events: &[Event], t: u32) {
        for event in events[self.folded..].iter().take_while(|e| e.step <= t) {
            self.apply(event);
            self.folded += 1;
        }
        if self.step < t {
            // Steps without an event: nobody acted.
            self.step = t;
            self.actor = None;
        }
    }

    /// The lane of a goroutine, if it was started.
    pub fn lane(&self, task: TaskId) -> Option<&Lane> {
        let at = self.lanes.binary_search_by_key(&task, |l| l.task).ok()?;
        Some(&self.lanes[at])
    }

    /// A channel, if it was made.
    pub fn channel(&self, id: ObjId) -> Option<&Channel> {
        let at = self.channels.binary_search_by_key(&id, |c| c.id).ok()?;
        Some(&self.channels[at])
    }

    /// True if the goroutine is the one that acted last and could go on.
    pub fn is_running(&self, lane: &Lane) -> bool {
        self.actor == Some(lane.task) && matches!(lane.state, State::Ready(_))
    }

    pub fn counters(&self) -> Counters {
        let mut c = Counters { started: self.lanes.len() as u32, ..Counters::default() };
        for lane in &self.lanes {
            *match lane.state {
                State::Ready(_) if self.is_running(lane) => &mut c.running,
                State::Ready(_) => &mut c.ready,
                State::Blocked(_) => &mut c.blocked,
                State::Ended(_) => &mut c.finished,
            } += 1;
        }
        c
    }

    /// A lock, a wait group or the like, if it was made.
    pub fn object(&self, id: ObjId) -> Option<&Object> {
        let at = self.objects.binary_search_by_key(&id, |o| o.id).ok()?;
        Some(&self.objects[at])
    }

    /// The channels that carry values: not those that tell a context's end.
    pub fn data_channels(&self) -> impl Iterator<Item = &Channel> {
        self.channels.iter().filter(|c| self.context_of(c.id).is_none())
    }

    /// The context that tells its end by this channel.
    pub fn context_of(&self, done: ObjId) -> Option<&Context> {
        self.contexts.iter().find(|c| c.done == done)
    }

    fn apply(&mut self, event: &Event) {
        let step = event.step;
        if step != self.step {
            self.actor = None;
        }
        self.step = step;
        self.at = event.at;
        if event.task != TaskId::CLOCK && step > 0 && self.actor != Some(event.task) {
            self.actor = Some(event.task);
            self.lane_mut(event.task, step - 1).act(step);
        }
        let task = event.task;
        match &event.what {
            What::Go { child, name } => {
                let lane = Lane::new(*child, name.clone(), Some(task), step);
                self.lanes.push(Lane { started: event.place.clone(), ..lane });
            }
            What::Next { op } => {
                let lane = self.lane_mut(task, step);
                lane.place = event.place.clone();
                lane.enter(step, State::Ready(Some(op.clone())));
            }
            What::Park { op } => {
                let lane = self.lane_mut(task, step);
                lane.place = event.place.clone();
                lane.enter(step, State::Blocked(op.clone()));
            }
            What::Wake { task: woken, .. } => {
                self.notice_wake(*woken);
                self.lane_mut(*woken, step).enter(step, State::Ready(None));
            }
            What::Make { obj, kind, name } => self.make(*obj, kind, name),
            What::Send { ch, item, value, to } => {
                let received = to.map(|task| End { task, step });
                self.send(*ch, *item, value, End { task, step }, received);
            }
            What::Admit { ch, item, value, from } => {
                self.send(*ch, *item, value, End { task: *from, step }, None);
            }
            What::Recv { ch, item, value, from: Some(from) } => {
                let received = Some(End { task, step });
                self.send(*ch, *item, value, End { task: *from, step }, received);
            }
            What::Recv { ch, item, from: None, .. } => self.take(*ch, *item, End { task, step }),
            What::Unreceive { ch, item, value } => self.put_back(*ch, *item, value),
            What::Drained { ch } => self.notice(*ch, task),
            What::Close { ch } => {
                if let Some(channel) = self.channel_mut(*ch) {
                    channel.closed = true;
                }
                if self.context_of(*ch).is_none() {
                    self.mark(step, task, *ch, MarkKind::Close);
                }
            }
            What::Count { wg, count, .. } => {
                if let Some(group) = self.object_mut(*wg) {
                    group.count = *count;
                }
            }
            What::Units { sema, held, .. } => {
                if let Some(semaphore) = self.object_mut(*sema) {
                    semaphore.count = *held;
                }
            }
            What::Acquire { lock, holder, .. } => {
                if let Some(lock) = self.object_mut(*lock) {
                    lock.holders.push(*holder);
                }
            }
            What::Release { lock, .. } => {
                if let Some(lock) = self.object_mut(*lock) {
                    // As in Go, not only the holder may unlock.
                    let at = lock.holders.iter().position(|h| *h == task).unwrap_or(0);
                    lock.holders.drain(at..(at + 1).min(lock.holders.len()));
                }
            }
            What::Cancel { ctx, .. } => {
                if let Some(context) = self.contexts.iter_mut().find(|c| c.id == *ctx) {
                    context.ended = Some(step);
                }
                self.mark(step, task, *ctx, MarkKind::Cancel);
            }
            What::Output { value } => {
                let item = pipeline::Item::shown(value).map(|item| Delivered::new(item, &mut self.latest));
                self.outputs.push(Output { step, value: value.clone(), item });
            }
            What::Fault { fault } => {
                self.lane_mut(task, step).fault = Some(fault.clone());
                self.mark(step, task, ObjId::NIL, MarkKind::Fault);
            }
            What::Recover => self.lane_mut(task, step).fault = None,
            What::End { how } => self.lane_mut(task, step).enter(step, State::Ended(*how)),
            _ => {}
        }
    }

    fn lane_mut(&mut self, task: TaskId, step: u32) -> &mut Lane {
        let at = self.lanes.binary_search_by_key(&task, |l| l.task).unwrap_or_else(|at| {
            self.lanes.insert(at, Lane::new(task, Arc::default(), None, step));
            at
        });
        &mut self.lanes[at]
    }

    fn channel_mut(&mut self, id: ObjId) -> Option<&mut Channel> {
        let at = self.channels.binary_search_by_key(&id, |c| c.id).ok()?;
        Some(&mut self.channels[at])
    }

    fn object_mut(&mut self, id: ObjId) -> Option<&mut Object> {
        let at = self.objects.binary_search_by_key(&id, |o| o.id).ok()?;
        Some(&mut self.objects[at])
    }

    fn make(&mut self, id: ObjId, kind: &ObjKind, name: &Arc<str>) {
        let name = name.clone();
        match *kind {
            ObjKind::Chan { cap } => {
                let slots = VecDeque::new();
                self.channels.push(Channel { id, name, cap, slots, closed: false, delivered: 0 });
            }
            ObjKind::Context { parent, done, .. } => {
                let noticed = Vec::new();
                self.contexts.push(Context { id, parent, done, name, ended: None, noticed });
            }
            _ => self.objects.push(Object { id, kind: *kind, name, count: 0, holders: Vec::new() }),
        }
    }

    fn send(&mut self, ch: ObjId, item: Item, value: &Value, sent: End, received: Option<End>) {
        if let Some(channel) = self.channel_mut(ch) {
            match received {
                Some(_) => channel.delivered += 1,
                None => channel.slots.push_back(Slot { item, value: value.clone() }),
            }
        }
        self.messages.push(Message { item, ch, value: value.clone(), sent, received });
    }

    fn take(&mut self, ch: ObjId, item: Item, end: End) {
        if let Some(channel) = self.channel_mut(ch) {
            channel.slots.retain(|s| s.item != item);
            channel.delivered += 1;
        }
        if let Some(message) = self.messages.iter_mut().rev().find(|m| m.item == item) {
            message.received = Some(end);
        }
    }

    fn put_back(&mut self, ch: ObjId, item: Item, value: &Value) {
        if let Some(channel) = self.channel_mut(ch) {
            channel.slots.push_front(Slot { item, value: value.clone() });
            channel.delivered = channel.delivered.saturating_sub(1);
        }
        if let Some(message) = self.messages.iter_mut().rev().find(|m| m.item == item) {
            message.received = None;
        }
    }

    fn mark(&mut self, step: u32, task: TaskId, obj: ObjId, kind: MarkKind) {
        self.marks.push(Mark { step, task, obj, kind });
    }

    /// A goroutine that is woken in the step of a context's end, and listened to it, has been told.
    fn notice_wake(&mut self, task: TaskId) {
        let Some(lane) = self.lanes.iter().find(|l| l.task == task) else { return };
        for context in &mut self.contexts {
            let told = context.ended == Some(self.step) && lane.awaits(context.done);
            if told && !context.noticed.contains(&task) {
                context.noticed.push(task);
            }
        }
    }

    fn notice(&mut self, done: ObjId, task: TaskId) {
        for context in self.contexts.iter_mut().filter(|c| c.done == done) {
            if !context.noticed.contains(&task) {
                context.noticed.push(task);
            }
        }
    }
}
