//! Go's channel patterns, one a file.
//!
//! Each stage owns the channel that it returns: it makes it, is the only one to write to it, and closes
//! it. So every pattern takes [`Receiver`](crate::Receiver)s and gives one back, and pipelines are built by passing one
//! stage's output to the next.
//!
//! The [`Context`](crate::Context) that comes first is Go's `done` channel, `ctx.done()`. A stage waits
//! for it wherever it waits for a neighbour, so that after a cancel no stage is left behind, whatever
//! its neighbours do. A select that finds both ready picks at random: as in Go, some values may still
//! pass after the cancel.
//!
//! ```
//! use fanin::{Context, patterns::{generator, map, take}};
//!
//! let run = fanin::sim::Config::new().run(async {
//!     let (ctx, cancel) = Context::background().with_cancel();
//!     let _cancel = cancel.on_drop();
//!     let squares = map(&ctx, generator(&ctx, 1..), |n: u32| n * n);
//!     let first = take(&ctx, squares, 3);
//!     let mut seen = Vec::new();
//!     while let Some(n) = first.recv().await {
//!         seen.push(n);
//!     }
//!     seen
//! });
//! assert_eq!(run.value, Some(vec![1, 4, 9]));
//! ```

mod batch;
mod bounded;
mod bridge;
mod buffer;
mod cache;
mod confined;
mod delay;
mod detached;
mod fan_in;
mod fan_in_order;
mod fan_out;
mod filter;
mod from_stream;
mod generator;
mod heartbeat;
mod map;
mod merge;
mod or;
mod or_done;
mod rate_limit;
mod repeat;
mod repeat_with;
mod retry;
mod stage;
mod take;
mod take_while;
mod tee;
mod tee_n;
mod then;
mod ticker;
mod try_map;
mod worker;
mod worker_pool;

pub use batch::batch;
pub use bounded::bounded;
pub use bridge::bridge;
pub use buffer::buffer;
pub use cache::Cache;
pub use confined::confined;
pub use delay::delay;
pub use detached::detached;
pub use fan_in::fan_in;
pub use fan_in_order::fan_in_order;
pub use fan_out::fan_out;
pub use filter::filter;
pub use from_stream::from_stream;
pub use generator::generator;
pub use heartbeat::heartbeat;
pub use map::map;
pub use merge::merge;
pub use or::{OrTasks, or, or_counted};
pub use or_done::or_done;
pub use rate_limit::rate_limit;
pub use repeat::repeat;
pub use repeat_with::repeat_with;
pub use retry::{Backoff, GaveUp, retry};
pub use take::take;
pub use take_while::take_while;
pub use tee::tee;
pub use tee_n::tee_n;
pub use then::then;
pub use ticker::ticker;
pub use try_map::try_map;
pub use worker::Worker;
pub use worker_pool::worker_pool;
