//! The simulator's side of the hooks.

use super::state::{Announced, Parked, Queued, State};
use crate::probe::{
    Due, Early, Effect, Fault, Item, Line, ObjId, ObjKind, Op, Pass, Probe, Show, TaskId, Value, What,
};
use futures::channel::oneshot;
use std::{any::Any, mem, sync::Arc};

impl Probe for State {
    fn run(&self) -> u32 {
        self.run
    }

    fn object(&mut self, kind: ObjKind, name: Arc<str>, line: Line) -> ObjId {
        self.objects += 1;
        let obj = ObjId(self.objects);
        self.record(self.actor, What::Make { obj, kind, name }, Some(line));
        obj
    }

    fn task(&self) -> TaskId {
        self.actor
    }

    fn item(&mut self) -> Item {
        self.items += 1;
        Item(self.items)
    }

    fn pass(&mut self, ticket: &mut u32, line: Line) -> Pass {
        let granted = self.grant;
        let Some(task) = self.actor() else { return Pass::Go };
        let announced = task.announced.as_ref().map(|a| a.ticket);
        let free = task.effects.is_empty() && task.fault.is_none();
        if granted && free && announced == Some(*ticket) {
            task.announced = None;
            task.told = false;
            self.grant = false;
            self.line = Some(line);
            return Pass::Go;
        }
        if announced.is_none() || (granted && task.instead.is_none()) {
            self.tickets += 1;
            *ticket = self.tickets;
            return Pass::Announce;
        }
        Pass::Wait
    }

    fn announce(&mut self, ticket: u32, op: Op, line: Line) {
        let Some(task) = self.actor() else { return };
        let place = if task.announced.is_none() { &mut task.announced } else { &mut task.instead };
        *place = Some(Announced { op: (op, line), ticket });
    }

    fn park(&mut self, op: Op, line: Line, again: bool) {
        if !again {
            self.record(self.actor, What::Park { op: op.clone() }, Some(line));
        }
        if let Some(task) = self.actor() {
            task.parked = Some(Parked { op, line, told: !again });
        }
    }

    fn queue(&mut self, op: Op, line: Line, deferred: bool, effect: Effect) -> Due {
        if self.over {
            return Due::Never(effect);
        }
        let Some(task) = self.actor() else { return Due::Now(effect) };
        // A fault that came early does not stop the code before its next await.
        if task.fault.is_some() && !deferred {
            return Due::Never(effect);
        }
        let depth = task.depth;
        task.effects.push_back(Queued { op: Some((op, line)), depth, deferred, effect });
        Due::Later
    }

    fn follow(&mut self, effect: Effect) -> Due {
        if self.over {
            return Due::Never(effect);
        }
        // What an operation brings about belongs to it, whatever its task has queued after it.
        let within = self.acting;
        match self.actor() {
            Some(task) if task.fault.is_some() && !within => Due::Never(effect),
            Some(task) if !task.effects.is_empty() && !within => {
                let depth = task.depth;
                task.effects.push_back(Queued { op: None, depth, deferred: false, effect });
                Due::Later
            }
            _ => Due::Now(effect),
        }
    }

    fn settle(&mut self) -> Option<(Effect, Early)> {
        if self.over {
            return None;
        }
        let task = self.actor()?;
        let Queued { op, effect, .. } = task.effects.pop_front()?;
        task.told = false;
        // A cancel too many changes nothing and tells nothing, but it looked.
        if let Some((Op::Cancel { ctx }, line)) = op {
            self.record(self.actor, What::Look { obj: ctx }, Some(line));
        }
        Some((effect, Early { op, acting: mem::replace(&mut self.acting, true) }))
    }

    fn done(&mut self, early: Early, how: Result<(), Fault>) -> Vec<Effect> {
        self.acting = early.acting;
        let Err(fault) = how else { return Vec::new() };
        // Whether it faults depends on the object, and no event of its own tells which that is.
        if let Some((op, line)) = early.op
            && let Some(obj) = op.queued_on()
        {
            self.record(self.actor, What::Look { obj }, Some(line));
        }
        self.fail(fault)
    }

    fn emit(&mut self, line: Option<Line>, tell: &mut dyn FnMut(&mut What)) {
        if let Some(place) = self.place(self.actor, line) {
            tell(place);
        }
    }

    fn raise(&mut self, fault: Fault) {
        self.record(self.actor, What::Fault { fault: fault.clone() }, None);
        if let Some(task) = self.actor() {
            task.fault = Some((fault, task.depth));
        }
    }

    fn idle(&mut self) -> Option<oneshot::Receiver<()>> {
        if self.idle.as_ref().is_some_and(|waiting| !waiting.is_canceled()) {
            return None;
        }
        let (tell, told) = oneshot::channel();
        self.idle = Some(tell);
        Some(told)
    }

    fn guard(&mut self) -> u32 {
        self.actor().map_or(0, |task| {
            task.depth += 1;
            task.depth
        })
    }

    fn faulted(&mut self, depth: u32) -> bool {
        self.actor().is_some_and(|task| caught_at(task.fault.as_ref(), depth))
    }

    fn catch(&mut self, depth: u32) -> Option<Fault> {
        let task = self.actor().filter(|task| caught_at(task.fault.as_ref(), depth))?;
        task.announced = None;
        task.fault.take().map(|(fault, _)| fault)
    }

    fn settled(&mut self) -> bool {
        self.actor().is_none_or(|task| {
            task.settling = !task.effects.is_empty();
            !task.settling
        })
    }

    fn unguard(&mut self, depth: u32) {
        if let Some(task) = self.actor() {
            task.depth = depth - 1;
        }
    }

    fn show(&self, value: &dyn Any) -> Result<Value, Show> {
        self.shown.show(value)
    }
}

/// A panic is caught by the innermost region around the place that raised it.
fn caught_at(fault: Option<&(Fault, u32)>, depth: u32) -> bool {
    matches!(fault, Some((Fault::Panic(_), raised)) if *raised == depth)
}
