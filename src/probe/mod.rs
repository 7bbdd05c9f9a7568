//! What a run can tell of itself: typed events, and the hooks that produce them.
//!
//! The primitives call the hooks in this module and nothing else of the simulator. With the
//! feature `sim` the hooks reach the simulator that is current on this thread, if there is one;
//! without it every one of them is empty, and what they store takes no space.

mod access;
mod event;
mod op;
mod outcome;
pub use access::{Access, LockKind};
pub use event::{Cause, Ending, Event, Fault, Item, ObjId, ObjKind, Place, TaskId, Value, What};
pub use op::{CaseOp, Op};

pub use outcome::{LimitKind, Outcome};

#[cfg(feature = "sim")]
mod current;
#[cfg(not(feature = "sim"))]
mod disabled;
#[cfg(feature = "sim")]
mod enabled;
#[cfg(not(feature = "sim"))]
use disabled as hooks;
#[cfg(feature = "sim")]
use enabled as hooks;

#[cfg(feature = "sim")]
pub(crate) use current::{Due, Early, Effect, Entered, Line, Pass, Probe, Show, ask, enter, watched};
#[cfg(not(feature = "sim"))]
pub(crate) use disabled::{Entered, enter, watched};
pub(crate) use hooks::{
    Deferrable, Guard, Obj, Point, Run, Site, Tag, Who, act, emit, follow, guard, look, note, park, raise,
    value,
};
#[cfg(feature = "sim")]
pub(crate) use hooks::{idle, label};

/// Names every task and object that `f` makes, for recordings and reports.
///
/// Names do not reach into tasks: what a task started in `f` makes later has none.
///
/// ```
/// let run = fanin::sim::Config::new().run(async {
///     let (tx, rx) = fanin::named("numbers", || fanin::chan::<u32>(0));
///     fanin::go(async move { tx.send(1).await });
///     rx.recv().await
/// });
/// assert_eq!(run.value, Some(Some(1)));
/// ```
pub fn named<R>(name: &str, f: impl FnOnce() -> R) -> R {
    hooks::named(name, f)
}

/// Puts out a value of the program, as `fmt.Println` would.
///
/// A recording keeps it as [`What::Output`]; without one it is dropped.
///
/// ```
/// let run = fanin::sim::Config::new().run(async { fanin::output(&7) });
/// assert_eq!(run.recording.outputs(), ["7"]);
/// ```
pub fn output<T: 'static>(v: &T) {
    let value = value(v);
    follow(move || emit(|| What::Output { value }));
}
