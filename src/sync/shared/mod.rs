//! Memory that tasks share without an operation: Go's plain variables, slices and maps.
//!
//! Rust's own types cannot be shared so; these can, in order to show what goes wrong when they are. A plain
//! access is no operation and no step: it happens in passing, between two operations of its task. Each is
//! recorded, with its line, and `detect` finds those that no channel, lock or other operation orders: the
//! data races, also in a run in which all went well.
//!
//! A value is read and written where the call stands. The event comes after the operations that the task has
//! queued before (an unlock, a close), so that the order in the recording is that of the program. Only a
//! program with a data race could tell the difference.
//!
//! An index out of range and a write to a nil map are Go's panics. Like those of other calls that cannot wait
//! they happen as a step of their own: what stands between the call and the next operation still runs, on a
//! default value.

mod map;
mod memory;
mod slice;
mod var;

pub use map::Map;
pub use slice::Slice;
pub use var::Var;
