//! What a run can tell of itself: typed events.

mod event;
pub use event::{CaseOp, Cause, Ending, Event, Fault, Item, ObjId, ObjKind, Op, Place, TaskId, Value, What};
