//! The simulator's side of the hooks.

use super::core::{Announced, Core, Parked, Queued};
use crate::probe::{Effect, Fault, Item, Line, ObjId, ObjKind, Op, Pass, Probe, TaskId, Value, What};
use futures::channel::oneshot;
use std::{any::Any, sync::Arc};

impl Probe for Core {
    fn run(&self) -> u32 {
        self.run
    }

    fn object(&self, kind: ObjKind, name: Arc<str>, line: Line) -> ObjId {
        let mut state = self.lock();
        state.objects += 1;
        let obj = ObjId(state.objects);
        let actor = state.actor;
        state.emit(actor, What::Make { obj, kind, name }, Some(line));
        obj
    }

    fn task(&self) -> TaskId {
        self.lock().actor
    }

    fn item(&self) -> Item {
        let mut state = self.lock();
        state.items += 1;
        Item(state.items)
    }

    fn pass(&self, ticket: &mut u32, line: Line) -> Pass {
        let mut state = self.lock();
        let granted = state.grant;
        let Some(task) = state.actor() else { return Pass::Go };
        let announced = task.announced.as_ref().map(|a| a.ticket);
        let free = task.effects.is_empty() && task.fault.is_none();
        if granted && free && announced == Some(*ticket) {
            task.announced = None;
            task.told = false;
            state.grant = false;
            state.line = Some(line);
            return Pass::Go;
        }
        if announced.is_none() || (granted && task.instead.is_none()) {
            state.tickets += 1;
            *ticket = state.tickets;
            return Pass::Announce;
        }
        Pass::Wait
    }

    fn announce(&self, ticket: u32, op: Op, line: Line) {
        let mut state = self.lock();
        let Some(task) = state.actor() else { return };
        let place = if task.announced.is_none() { &mut task.announced } else { &mut task.instead };
        *place = Some(Announced { op: (op, line), ticket });
    }

    fn park(&self, op: Op, line: Line, again: bool) {
        let mut state = self.lock();
        let actor = state.actor;
        if !again {
            state.emit(actor, What::Park { op: op.clone() }, Some(line));
        }
        if let Some(task) = state.actor() {
            task.parked = Some(Parked { op, line, told: !again });
        }
    }

    fn queue(&self, op: Op, line: Line, deferred: bool, effect: Effect) {
        let mut state = self.lock();
        if state.over {
            drop(state);
            drop(effect);
            return;
        }
        match state.actor() {
            Some(task) => {
                let depth = task.depth;
                task.effects.push_back(Queued { op: Some((op, line)), depth, deferred, effect });
            }
            None => {
                drop(state);
                if let Err(fault) = effect() {
                    self.raise(fault);
                }
            }
        }
    }

    fn follow(&self, effect: Effect) {
        let mut state = self.lock();
        if state.over {
            drop(state);
            drop(effect);
            return;
        }
        // What an operation brings about belongs to it, whatever its task has queued after it.
        let within = state.acting;
        match state.actor() {
            Some(task) if !task.effects.is_empty() && !within => {
                let depth = task.depth;
                task.effects.push_back(Queued { op: None, depth, deferred: false, effect });
            }
            _ => {
                drop(state);
                if let Err(fault) = effect() {
                    self.raise(fault);
                }
            }
        }
    }

    fn settle(&self) {
        loop {
            let mut state = self.lock();
            if state.over {
                return;
            }
            let Some(task) = state.actor() else { return };
            let Some(queued) = task.effects.pop_front() else { return };
            task.told = false;
            // A cancel too many changes nothing and tells nothing, but it looked.
            if let Some((Op::Cancel { ctx }, line)) = queued.op {
                let actor = state.actor;
                state.emit(actor, What::Look { obj: ctx }, Some(line));
            }
            drop(state);
            self.perform(queued.effect);
        }
    }

    fn emit(&self, line: Option<Line>, tell: &mut dyn FnMut(&mut What)) {
        let mut state = self.lock();
        let actor = state.actor;
        if let Some(place) = state.place(actor, line) {
            tell(place);
        }
    }

    fn raise(&self, fault: Fault) {
        let mut state = self.lock();
        let actor = state.actor;
        state.emit(actor, What::Fault { fault: fault.clone() }, None);
        if let Some(task) = state.actor() {
            task.fault = Some((fault, task.depth));
        }
    }

    fn idle(&self) -> Option<oneshot::Receiver<()>> {
        let mut state = self.lock();
        if state.idle.as_ref().is_some_and(|waiting| !waiting.is_canceled()) {
            return None;
        }
        let (tell, told) = oneshot::channel();
        state.idle = Some(tell);
        Some(told)
    }

    fn guard(&self) -> u32 {
        self.lock().actor().map_or(0, |task| {
            task.depth += 1;
            task.depth
        })
    }

    fn faulted(&self, depth: u32) -> bool {
        self.lock().actor().is_some_and(|task| caught_at(task.fault.as_ref(), depth))
    }

    fn catch(&self, depth: u32) -> Option<Fault> {
        let mut state = self.lock();
        let task = state.actor().filter(|task| caught_at(task.fault.as_ref(), depth))?;
        task.announced = None;
        task.fault.take().map(|(fault, _)| fault)
    }

    fn settled(&self) -> bool {
        self.lock().actor().is_none_or(|task| {
            task.settling = !task.effects.is_empty();
            !task.settling
        })
    }

    fn unguard(&self, depth: u32) {
        if let Some(task) = self.lock().actor() {
            task.depth = depth - 1;
        }
    }

    fn show(&self, value: &dyn Any) -> Value {
        self.shown.show(value)
    }
}

/// A panic is caught by the innermost region around the place that raised it.
fn caught_at(fault: Option<&(Fault, u32)>, depth: u32) -> bool {
    matches!(fault, Some((Fault::Panic(_), raised)) if *raised == depth)
}
