//! Tasks and calls that belong together, after Go's `golang.org/x/sync`.

mod errgroup;
mod scope;
mod semaphore;
mod singleflight;

pub use errgroup::Group;
pub use scope::{Scope, scope};
pub use semaphore::{Acquire, ReleaseOnDrop, Semaphore};
pub use singleflight::{Answer, Calls};
