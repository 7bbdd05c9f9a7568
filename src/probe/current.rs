//! Where the hooks lead, and which probe is the current one of a thread.

use super::{Fault, Item, ObjId, ObjKind, Op, TaskId, Value, What};
use futures::channel::oneshot;
use std::{
    any::Any,
    cell::{Cell, RefCell},
    mem,
    panic::Location,
    sync::Arc,
};

/// What an operation that cannot block does, when its turn comes.
pub(crate) type Effect = Box<dyn FnOnce() -> Result<(), Fault> + Send>;

/// The line that called an operation, as the compiler gives it.
pub(crate) type Line = &'static Location<'static>;

/// Tells how a value is shown.
pub(crate) type Show = Arc<dyn Fn(&dyn Any) -> Value + Send + Sync>;

/// Where the hooks lead: the state of a simulator's run.
///
/// None of its methods runs code of the program, which might call a hook in its turn.
pub(crate) trait Probe: Any + Send {
    /// Which run this is, so that an object of another one is noticed.
    fn run(&self) -> u32;
    /// Registers an object.
    fn object(&mut self, kind: ObjKind, name: Arc<str>, line: Line) -> ObjId;
    /// The task that is being polled.
    fn task(&self) -> TaskId;
    /// A fresh message number.
    fn item(&mut self) -> Item;
    /// Asks whether the task may do the operation with this ticket now, and gives it one if it is to be announced.
    fn pass(&mut self, ticket: &mut u32, line: Line) -> Pass;
    /// Notes the operation with this ticket as what the task does next.
    fn announce(&mut self, ticket: u32, op: Op, line: Line);
    /// The task waits in an operation; `again` if it did before.
    fn park(&mut self, op: Op, line: Line, again: bool);
    /// Queues an operation that cannot block, as a step of its own; deferred work is done after a panic too.
    fn queue(&mut self, op: Op, line: Line, deferred: bool, effect: Effect) -> Due;
    /// Queues what belongs after the operations that the task has queued, if there are any.
    fn follow(&mut self, effect: Effect) -> Due;
    /// The next of what [`queue`](Probe::queue) queued for the task is to be done now, because the task looks at the
    /// result; with what is to be told when it is [done](Probe::done).
    fn settle(&mut self) -> Option<(Effect, Early)>;
    /// It was done; gives what will not be any more.
    fn done(&mut self, early: Early, how: Result<(), Fault>) -> Vec<Effect>;
    /// Records an event of the acting task, at a line of its own or that of its operation: `tell` writes it in its
    /// place, and asks the probe nothing.
    fn emit(&mut self, line: Option<Line>, tell: &mut dyn FnMut(&mut What));
    /// Notes a fault of the acting task.
    fn raise(&mut self, fault: Fault);
    /// Tells the acting task once no other one can move; `None` if another one has asked for that.
    fn idle(&mut self) -> Option<oneshot::Receiver<()>>;
    /// Enters a region whose faults are caught, and tells its depth.
    fn guard(&mut self) -> u32;
    /// True if a panic was raised in the region of this depth.
    fn faulted(&mut self, depth: u32) -> bool;
    /// Takes the panic that was raised in the region of this depth.
    fn catch(&mut self, depth: u32) -> Option<Fault>;
    /// True if the task has nothing queued; otherwise it is polled once that is done.
    fn settled(&mut self) -> bool;
    /// Leaves the region of this depth.
    fn unguard(&mut self, depth: u32);
    /// How a value is shown, or what tells it.
    fn show(&self, value: &dyn Any) -> Result<Value, Show>;
}

/// When an effect is done.
pub(crate) enum Due {
    /// At once: nothing comes before it.
    Now(Effect),
    /// In its turn: it is queued.
    Later,
    /// The run is over: it is dropped.
    Never(Effect),
}

/// A queued operation that is done before its turn.
pub(crate) struct Early {
    pub(crate) op: Option<(Op, Line)>,
    /// Another one was being done.
    pub(crate) acting: bool,
}

/// What becomes of an operation that a task has come to.
pub(crate) enum Pass {
    /// It is done now.
    Go,
    /// It is to be announced.
    Announce,
    /// Another one of the same task comes first.
    Wait,
}

thread_local! {
    /// There is a current probe: the one look that a run without a probe pays for.
    static ON: Cell<bool> = const { Cell::new(false) };
    static CURRENT: RefCell<Option<Box<dyn Probe>>> = const { RefCell::new(None) };
}

// What follows the look at `ON` stays out of line, so that without a probe the hooks cost that look and nothing else.

/// True if there is a probe: it wants to know of each choice.
#[inline]
pub(crate) fn watched() -> bool {
    ON.get()
}

/// Asks the current probe.
#[inline]
pub(crate) fn ask<R>(f: impl FnOnce(&mut dyn Probe) -> R) -> Option<R> {
    if ON.get() { ask_current(f) } else { None }
}

#[inline(never)]
fn ask_current<R>(f: impl FnOnce(&mut dyn Probe) -> R) -> Option<R> {
    CURRENT.with_borrow_mut(|probe| probe.as_deref_mut().map(f))
}

/// Makes a probe, or none, current until the guard is dropped.
pub(crate) fn enter(probe: Option<Box<dyn Probe>>) -> Entered {
    ON.set(probe.is_some());
    Entered(CURRENT.replace(probe))
}

/// Restores the probe that was current before.
pub(crate) struct Entered(Option<Box<dyn Probe>>);

impl Entered {
    /// Restores it now, and gives the one that was current meanwhile.
    pub(crate) fn leave(mut self) -> Option<Box<dyn Probe>> {
        let left = self.swap();
        mem::forget(self);
        left
    }

    fn swap(&mut self) -> Option<Box<dyn Probe>> {
        ON.set(self.0.is_some());
        CURRENT.replace(self.0.take())
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        drop(self.swap());
    }
}
