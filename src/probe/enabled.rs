//! The hooks with a simulator: they reach the probe that is current on this thread, if any.

use super::{Fault, Item, ObjId, ObjKind, Op, TaskId, Value, What};
use futures::channel::oneshot;
use std::{
    any::Any,
    cell::{Cell, RefCell},
    fmt,
    panic::Location,
    sync::Arc,
    task::{Context, Poll},
};

/// What an operation that cannot block does, when its turn comes.
pub(crate) type Effect = Box<dyn FnOnce() -> Result<(), Fault> + Send>;

/// The line that called an operation, as the compiler gives it.
pub(crate) type Line = &'static Location<'static>;

/// Where the hooks lead: implemented by the simulator.
pub(crate) trait Probe: Send + Sync {
    /// Which run this is, so that an object of another one is noticed.
    fn run(&self) -> u32;
    /// Registers an object.
    fn object(&self, kind: ObjKind, name: Arc<str>, line: Line) -> ObjId;
    /// The task that is being polled.
    fn task(&self) -> TaskId;
    /// A fresh message number.
    fn item(&self) -> Item;
    /// Asks whether the task may do the operation with this ticket now, and gives it one if it is to be announced.
    fn pass(&self, ticket: &mut u32, line: Line) -> Pass;
    /// Notes the operation with this ticket as what the task does next.
    fn announce(&self, ticket: u32, op: Op, line: Line);
    /// The task waits in an operation; `again` if it did before.
    fn park(&self, op: Op, line: Line, again: bool);
    /// Queues an operation that cannot block, as a step of its own; deferred work is done after a panic too.
    fn queue(&self, op: Op, line: Line, deferred: bool, effect: Effect);
    /// Queues what belongs after the operations that the task has queued; at once if there are none.
    fn follow(&self, effect: Effect);
    /// Runs what [`queue`](Probe::queue) queued for the task, because the task looks at the result.
    fn settle(&self);
    /// Records an event of the acting task, at a line of its own or that of its operation: `tell` writes it in its
    /// place, and asks the probe nothing.
    fn emit(&self, line: Option<Line>, tell: &mut dyn FnMut(&mut What));
    /// Notes a fault of the acting task.
    fn raise(&self, fault: Fault);
    /// Tells the acting task once no other one can move; `None` if another one has asked for that.
    fn idle(&self) -> Option<oneshot::Receiver<()>>;
    /// Enters a region whose faults are caught, and tells its depth.
    fn guard(&self) -> u32;
    /// True if a panic was raised in the region of this depth.
    fn faulted(&self, depth: u32) -> bool;
    /// Takes the panic that was raised in the region of this depth.
    fn catch(&self, depth: u32) -> Option<Fault>;
    /// True if the task has nothing queued; otherwise it is polled once that is done.
    fn settled(&self) -> bool;
    /// Leaves the region of this depth.
    fn unguard(&self, depth: u32);
    /// How a value is shown.
    fn show(&self, value: &dyn Any) -> Value;
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
    static CURRENT: RefCell<Option<Arc<dyn Probe>>> = const { RefCell::new(None) };
    static LABEL: RefCell<Option<Arc<str>>> = const { RefCell::new(None) };
}

// What follows the look at `ON` stays out of line, so that without a probe the hooks cost that look and nothing else.

#[inline]
fn with<R>(f: impl FnOnce(&dyn Probe) -> R) -> Option<R> {
    if ON.get() { with_current(f) } else { None }
}

#[inline(never)]
fn with_current<R>(f: impl FnOnce(&dyn Probe) -> R) -> Option<R> {
    // Not under the borrow: an effect may enter another probe.
    CURRENT.with_borrow(Option::clone).map(|p| f(&*p))
}

/// Asks the current probe what runs no code of the program, which might enter another one.
#[inline]
fn ask<R>(f: impl FnOnce(&dyn Probe) -> R) -> Option<R> {
    if ON.get() { ask_current(f) } else { None }
}

#[inline(never)]
fn ask_current<R>(f: impl FnOnce(&dyn Probe) -> R) -> Option<R> {
    CURRENT.with_borrow(|probe| probe.as_deref().map(f))
}

// One function for the operations of all types: in wasm32 these are thousands.

#[inline(never)]
fn pass(ticket: &mut u32, line: Line) -> Pass {
    ask_current(|p| p.pass(ticket, line)).unwrap_or(Pass::Go)
}

#[inline(never)]
fn announce(ticket: u32, op: Op, line: Line) {
    ask_current(|p| p.announce(ticket, op, line));
}

#[inline(never)]
fn wait(op: Op, line: Line, again: bool) {
    ask_current(|p| p.park(op, line, again));
}

#[inline(never)]
fn show(value: &dyn Any) -> Value {
    with_current(|p| p.show(value)).unwrap_or(Value::Opaque)
}

#[inline(never)]
fn write(line: Option<Line>, tell: &mut dyn FnMut(&mut What)) {
    ask_current(|p| p.emit(line, tell));
}

/// True if there is a probe: it wants to know of each choice.
#[inline]
pub(crate) fn watched() -> bool {
    ON.get()
}

/// The probe that a runtime brings with it.
#[derive(Clone, Default)]
pub struct Installed(pub(crate) Option<Arc<dyn Probe>>);

impl fmt::Debug for Installed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Installed(..)" } else { "Installed(none)" })
    }
}

/// Makes a probe current until the guard is dropped.
pub(crate) fn enter(probe: Installed) -> Entered {
    ON.set(probe.0.is_some());
    Entered(CURRENT.replace(probe.0))
}

/// Restores the probe that was current before.
pub(crate) struct Entered(Option<Arc<dyn Probe>>);

impl Drop for Entered {
    fn drop(&mut self) {
        ON.set(self.0.is_some());
        CURRENT.set(self.0.take());
    }
}

/// Names every task and object made in `f`.
pub(crate) fn named<R>(name: &str, f: impl FnOnce() -> R) -> R {
    struct Restore(Option<Arc<str>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            LABEL.set(self.0.take());
        }
    }
    let _restore = Restore(LABEL.replace(Some(name.into())));
    f()
}

/// The name that [`named`] gives at this point.
pub(crate) fn label() -> Arc<str> {
    LABEL.with_borrow(Option::clone).unwrap_or_default()
}

/// The line that called an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site(Line);

impl Site {
    #[inline]
    #[track_caller]
    pub(crate) fn here() -> Self {
        Self(Location::caller())
    }

    /// The same line, for what it defers.
    pub(crate) fn deferred(self) -> Deferrable {
        Deferrable { site: self, deferred: true }
    }

    /// The line itself.
    pub(crate) fn location(self) -> Line {
        self.0
    }
}

/// A line that calls an operation, or defers it to the end of a scope.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deferrable {
    site: Site,
    deferred: bool,
}

impl From<Site> for Deferrable {
    fn from(site: Site) -> Self {
        Self { site, deferred: false }
    }
}

/// An object's identity in a recording, with the run that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Obj {
    run: u32,
    id: ObjId,
}

impl Obj {
    /// What can never be ready belongs to no run.
    pub(crate) const NIL: Self = Self { run: 0, id: ObjId::NIL };

    pub(crate) fn new(site: Site, kind: impl FnOnce() -> ObjKind) -> Self {
        ask(|p| Self { run: p.run(), id: p.object(kind(), label(), site.0) }).unwrap_or(Self::NIL)
    }

    #[inline]
    pub(crate) fn id(self) -> ObjId {
        self.id
    }

    /// A fault if the object belongs to another run than the current one.
    #[inline]
    pub(crate) fn check(self, verb: &'static str) -> Result<(), Fault> {
        if ask(|p| p.run()).unwrap_or(0) == self.run { Ok(()) } else { Err(elsewhere(verb)) }
    }
}

#[cold]
fn elsewhere(verb: &str) -> Fault {
    Fault::fatal(format!("{verb} from outside the run that it was made in"))
}

/// The identity of a task that waits or acts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Who(TaskId);

impl Who {
    #[inline]
    pub(crate) fn current() -> Self {
        Self(ask(|p| p.task()).unwrap_or(TaskId::CLOCK))
    }
    #[inline]
    pub(crate) fn id(self) -> TaskId {
        self.0
    }
}

/// The number of a message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag(Item);

impl Tag {
    #[inline]
    pub(crate) fn new() -> Self {
        Self(ask(|p| p.item()).unwrap_or(Item(0)))
    }
    #[inline]
    pub(crate) fn item(self) -> Item {
        self.0
    }
}

/// A scheduling point: the place before an operation takes effect.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Point {
    /// What tells the operation from others of its task that were announced, or [`PASSED`](Self::PASSED).
    ticket: u32,
}

impl Point {
    const PASSED: u32 = u32::MAX;

    /// Ready once the scheduler has chosen this operation.
    #[inline]
    pub(crate) fn pass(&mut self, cx: &Context<'_>, site: Site, op: impl FnOnce() -> Op) -> Poll<()> {
        if self.ticket == Self::PASSED {
            return Poll::Ready(());
        }
        match if ON.get() { pass(&mut self.ticket, site.0) } else { Pass::Go } {
            Pass::Go => {
                self.ticket = Self::PASSED;
                return Poll::Ready(());
            }
            Pass::Announce => {
                // How a value is shown may be told by code of the program.
                let op = op();
                announce(self.ticket, op, site.0);
            }
            Pass::Wait => {}
        }
        // A combinator between the task and this future polls only what was woken.
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// The task waits in an operation, for the first time or still.
#[inline]
pub(crate) fn park(site: Site, again: bool, op: impl FnOnce() -> Op) {
    if ON.get() {
        wait(op(), site.0, again);
    }
}

/// Does an operation that cannot block: under a simulator as a step of its own, otherwise at once.
///
/// The simulated effect comes after the code up to the task's next operation, which no other task
/// can tell from its coming at once.
///
/// # Panics
///
/// With the fault's text, outside a simulator.
#[track_caller]
pub(crate) fn act(
    site: impl Into<Deferrable>,
    op: impl FnOnce() -> Op,
    effect: impl FnOnce() -> Result<(), Fault> + Send + 'static,
) {
    let mut effect = Some(effect);
    with(|p| {
        let effect = effect.take().expect("taken once");
        let Deferrable { site, deferred } = site.into();
        p.queue(op(), site.0, deferred, Box::new(effect));
    });
    if let Some(Err(fault)) = effect.map(|now| now()) {
        panic!("{}", fault.text());
    }
}

/// Does something that is no operation, but comes after those that the task did before it.
pub(crate) fn follow(effect: impl FnOnce() + Send + 'static) {
    let mut effect = Some(effect);
    with(|p| {
        let effect = effect.take().expect("taken once");
        p.follow(Box::new(move || {
            effect();
            Ok(())
        }));
    });
    if let Some(now) = effect {
        now();
    }
}

/// The current task looks at the state of an object: what it has queued happens first.
pub(crate) fn look(obj: Obj) {
    with(|p| {
        p.settle();
        p.emit(None, &mut |place| *place = What::Look { obj: obj.id() });
    });
}

/// Records an event of the acting task.
#[inline]
pub(crate) fn emit(what: impl FnOnce() -> What) {
    if ON.get() {
        let mut what = Some(what);
        let mut tell = |place: &mut What| {
            if let Some(what) = what.take() {
                *place = what();
            }
        };
        write(None, &mut tell);
    }
}

/// Records what is no operation, with its own line, after the operations that the task did before it.
#[inline]
pub(crate) fn note(site: Site, what: impl FnOnce() -> What) {
    with(|p| {
        let mut what = Some(what());
        p.follow(Box::new(move || {
            let mut tell = |place: &mut What| {
                if let Some(what) = what.take() {
                    *place = what;
                }
            };
            write(Some(site.0), &mut tell);
            Ok(())
        }));
    });
}

/// Ends the task by a fault: never ready under a simulator, a panic elsewhere.
///
/// # Panics
///
/// With the fault's text, outside a simulator.
#[track_caller]
pub(crate) fn raise<T>(fault: Fault) -> Poll<T> {
    match with(|p| p.raise(fault.clone())) {
        Some(()) => Poll::Pending,
        None => panic!("{}", fault.text()),
    }
}

/// Tells once no other task can move.
///
/// # Errors
///
/// With a fault if another task waits for that already.
///
/// # Panics
///
/// Outside a simulator, which alone knows.
pub(crate) fn idle() -> Result<oneshot::Receiver<()>, Fault> {
    let idle = with(|p| p.idle());
    idle.expect("goroutine is not in a bubble").ok_or(Fault::panic("wait already in progress"))
}

/// A region whose faults are caught.
pub(crate) struct Guard {
    probe: Arc<dyn Probe>,
    depth: u32,
}

impl Guard {
    /// True if a fault is already there to be caught.
    pub(crate) fn faulted(&self) -> bool {
        self.probe.faulted(self.depth)
    }

    /// Takes the fault that was raised in the region.
    pub(crate) fn catch(&self) -> Option<Fault> {
        self.probe.catch(self.depth)
    }

    /// True once all that the region has queued is done.
    pub(crate) fn settled(&self) -> bool {
        self.probe.settled()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.probe.unguard(self.depth);
    }
}

/// Enters a region whose faults are caught; `None` where faults are Rust panics.
pub(crate) fn guard() -> Option<Guard> {
    let probe = CURRENT.with_borrow(Option::clone)?;
    let depth = probe.guard();
    Some(Guard { probe, depth })
}

/// How the run shows a value.
#[inline]
pub(crate) fn value<T: 'static>(v: &T) -> Value {
    if ON.get() { show(v) } else { Value::Opaque }
}
