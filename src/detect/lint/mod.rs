//! What may be wrong in a run in which nothing need have gone wrong.

mod cancel;
mod held;
mod locks;
mod outlived;

use super::{Finding, facts::Facts};
use crate::probe::{Event, What};

/// What may be wrong, in a run with these events; empty before its end.
///
/// A [finding](super::findings) is a fact about the run; these are habits that lead to one in another run:
///
/// - two locks that are taken in both orders, by tasks of which nothing orders one after the other;
/// - a lock that is held by a task which waits for something else, while another task waits for the lock;
/// - a context that was neither cancelled nor ended by its deadline;
/// - output after main's return, at which a Go program ends;
/// - a [`scope`](crate::group::scope) that was dropped while tasks of its ran.
///
/// ```
/// use fanin::{Context, detect, sim::Config};
/// let run = Config::new().run(async {
///     let (ctx, _cancel) = Context::background().with_cancel();
///     ctx.err()
/// });
/// let found = detect::lints(&run.recording.events);
/// assert_eq!(found[0].kind, detect::Kind::LostCancel);
/// assert!(detect::findings(&run.recording.events).is_empty());
/// ```
pub fn lints(events: &[Event]) -> Vec<Finding> {
    let Some(Event { what: What::Over { outcome }, .. }) = events.last() else { return Vec::new() };
    let facts = Facts::of(events);
    let mut found = locks::inversions(&facts, events);
    found.extend(held::held_while_waiting(&facts, events));
    found.extend(cancel::lost(&facts, events, outcome));
    found.extend(outlived::late_outputs(&facts, events));
    found.extend(outlived::left_scopes(&facts, events));
    found
}
