//! How large a pipeline, and a run of one, may be.
//!
//! A pipeline is typed by a person and drawn on a page. These bounds keep both of them usable, and are the only
//! place where they are written down.

use std::time::Duration;

/// Bytes of text.
pub const TEXT: u32 = 4_096;
/// Stages of a pipeline, the markers included.
pub const STAGES: u32 = 32;
/// Workers of one fan-out.
pub const WORKERS: u32 = 16;
/// Sections inside one another: fan-outs and tees together.
pub const DEPTH: u32 = 3;
/// Copies of stages that run side by side, over the whole pipeline: a stage in a fan-out of 3 counts 3 times.
pub const COPIES: u32 = 96;
/// Slots of a buffer.
pub const BUFFER: u32 = 64;
/// Values that a list or a repeat names.
pub const VALUES: u32 = 64;
/// The magnitude of a number.
pub const NUMBER: i64 = 1_000_000_000;
/// Items that a take lets through, that a fail waits for, or that the pipeline puts out before it is cancelled.
pub const ITEMS: u32 = 10_000;
/// A delay, an interval or a time limit, in virtual time.
pub const DURATION: Duration = Duration::from_secs(3_600);
/// Steps of a run.
pub const STEPS: u32 = 20_000;
/// Recorded events of a run.
pub const EVENTS: u32 = 100_000;
