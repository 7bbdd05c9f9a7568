//! The hooks with a simulator: they reach the probe that is current on this thread, if any.

use super::{
    Fault, Item, ObjId, ObjKind, Op, TaskId, Value, What,
    current::{Due, Effect, Line, Pass, Probe, ask, watched},
};
use futures::channel::oneshot;
use std::{
    any::Any,
    cell::RefCell,
    panic::Location,
    sync::Arc,
    task::{Context, Poll},
};

thread_local! {
    static LABEL: RefCell<Option<Arc<str>>> = const { RefCell::new(None) };
}

/// Does an effect that is due.
fn done(due: Option<Due>) {
    match due {
        Some(Due::Now(effect)) => {
            if let Err(fault) = effect() {
                ask(|p| p.raise(fault));
            }
        }
        Some(Due::Never(effect)) => drop(effect),
        Some(Due::Later) | None => {}
    }
}

// One function for the operations of all types: in wasm32 these are thousands.

#[inline(never)]
fn pass(ticket: &mut u32, line: Line) -> Pass {
    ask(|p| p.pass(ticket, line)).unwrap_or(Pass::Go)
}

#[inline(never)]
fn announce(ticket: u32, op: Op, line: Line) {
    ask(|p| p.announce(ticket, op, line));
}

#[inline(never)]
fn wait(op: Op, line: Line, again: bool) {
    ask(|p| p.park(op, line, again));
}

#[inline(never)]
fn show(value: &dyn Any) -> Value {
    match ask(|p| p.show(value)) {
        Some(Ok(shown)) => shown,
        // It is code of the program.
        Some(Err(show)) => show(value),
        None => Value::Opaque,
    }
}

#[inline(never)]
fn write(line: Option<Line>, tell: &mut dyn FnMut(&mut What)) {
    ask(|p| p.emit(line, tell));
}

#[inline(never)]
fn queue(op: Op, line: Line, deferred: bool, effect: Effect) {
    done(ask(|p| p.queue(op, line, deferred, effect)));
}

#[inline(never)]
fn after(effect: Effect) {
    done(ask(|p| p.follow(effect)));
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
        self.check_in(Run::current(), verb)
    }

    /// A fault if the object belongs to another run.
    #[inline]
    pub(crate) fn check_in(self, run: Run, verb: &'static str) -> Result<(), Fault> {
        if run.0 == self.run { Ok(()) } else { Err(elsewhere(verb)) }
    }
}

/// A run, or all that is outside of them.
#[derive(Clone, Copy, Debug)]
pub struct Run(u32);

impl Run {
    #[inline]
    pub(crate) fn current() -> Self {
        Self(ask(|p| p.run()).unwrap_or(0))
    }
}

#[cold]
#[inline(never)]
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
        Self(ask(Probe::item).unwrap_or(Item(0)))
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
        match if watched() { pass(&mut self.ticket, site.0) } else { Pass::Go } {
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
    if watched() {
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
/// With the fault's text, outside a simulator; during a panic, whose second would abort the process, it does not.
#[track_caller]
pub(crate) fn act(
    site: impl Into<Deferrable>,
    op: impl FnOnce() -> Op,
    effect: impl FnOnce() -> Result<(), Fault> + Send + 'static,
) {
    if watched() {
        let Deferrable { site, deferred } = site.into();
        queue(op(), site.0, deferred, Box::new(effect));
    } else if let Err(fault) = effect()
        && !std::thread::panicking()
    {
        panic!("{}", fault.text());
    }
}

/// Does something that is no operation, but comes after those that the task did before it.
pub(crate) fn follow(effect: impl FnOnce() + Send + 'static) {
    if watched() {
        after(Box::new(move || {
            effect();
            Ok(())
        }));
    } else {
        effect();
    }
}

/// The current task looks at the state of an object: what it has queued happens first.
pub(crate) fn look(obj: Obj) {
    if watched() {
        while let Some((effect, early)) = ask(Probe::settle).flatten() {
            let how = effect();
            drop(ask(|p| p.done(early, how)));
        }
        write(None, &mut |place| *place = What::Look { obj: obj.id() });
    }
}

/// Records an event of the acting task.
#[inline]
pub(crate) fn emit(what: impl FnOnce() -> What) {
    if watched() {
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
    if watched() {
        let mut what = Some(what());
        follow(move || {
            let mut tell = |place: &mut What| {
                if let Some(what) = what.take() {
                    *place = what;
                }
            };
            write(Some(site.0), &mut tell);
        });
    }
}

/// Ends the task by a fault: never ready under a simulator, a panic elsewhere.
///
/// # Panics
///
/// With the fault's text, outside a simulator.
#[track_caller]
pub(crate) fn raise<T>(fault: Fault) -> Poll<T> {
    match ask(|p| p.raise(fault.clone())) {
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
    let idle = ask(Probe::idle);
    idle.expect("goroutine is not in a bubble").ok_or(Fault::panic("wait already in progress"))
}

/// A region whose faults are caught.
pub(crate) struct Guard {
    run: u32,
    depth: u32,
}

impl Guard {
    /// Asks the probe that the region is watched by.
    fn ask<R>(&self, f: impl FnOnce(&mut dyn Probe) -> R) -> Option<R> {
        ask(|p| (p.run() == self.run).then(|| f(p))).flatten()
    }

    /// True if a fault is already there to be caught.
    pub(crate) fn faulted(&self) -> bool {
        self.ask(|p| p.faulted(self.depth)).unwrap_or(false)
    }

    /// Takes the fault that was raised in the region.
    pub(crate) fn catch(&self) -> Option<Fault> {
        self.ask(|p| p.catch(self.depth)).flatten()
    }

    /// True once all that the region has queued is done.
    pub(crate) fn settled(&self) -> bool {
        self.ask(Probe::settled).unwrap_or(true)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.ask(|p| p.unguard(self.depth));
    }
}

/// Enters a region whose faults are caught; `None` where faults are Rust panics.
pub(crate) fn guard() -> Option<Guard> {
    ask(|p| Guard { run: p.run(), depth: p.guard() })
}

/// How the run shows a value.
#[inline]
pub(crate) fn value<T: 'static>(v: &T) -> Value {
    if watched() { show(v) } else { Value::Opaque }
}
