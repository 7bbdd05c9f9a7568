//! The gallery: small programs, each on the library as a user would use it, with its Go twin.
//!
//! A scenario is one row of a chapter. From the row's module come both what runs and the source that is
//! shown, so that they cannot part. What a scenario leads to (a leak, an order, a panic) is not written
//! down here: it is found in its recordings. The Go is for Go 1.25 or newer.
//!
//! ```
//! let scenario = fanin::scenario::find("p10-nil-channel").unwrap();
//! assert!(scenario.rust.text().contains("Receiver::never()"));
//!
//! let mut sim = scenario.start(7);
//! while sim.step() {}
//! assert_eq!(fanin::detect::findings(&sim.recording().events).len(), 1);
//! ```

#![allow(unreachable_pub, reason = "a scenario is written as a program of its own would be")]

mod entry;
mod expected;
#[macro_use]
mod rows;

mod channels;
mod contexts;
mod groups;
mod leaks;
mod lifecycle;
mod pipelines;
mod races;
mod sharing;

pub use entry::{Chapter, Form, Program, Scenario, Source};
pub use expected::Expected;

/// Every chapter, in the order of the gallery.
pub static CHAPTERS: &[Chapter] = &[
    Chapter { title: "Leaks and their repairs", scenarios: leaks::ROWS },
    Chapter { title: "Pipelines", scenarios: pipelines::ROWS },
    Chapter { title: "Channels and select", scenarios: channels::ROWS },
    Chapter { title: "Starting, stopping, waiting", scenarios: lifecycle::ROWS },
    Chapter { title: "Contexts", scenarios: contexts::ROWS },
    Chapter { title: "Groups of goroutines", scenarios: groups::ROWS },
    Chapter { title: "Locks, maps, atomics", scenarios: sharing::ROWS },
    Chapter { title: "Data races", scenarios: races::ROWS },
];

/// The source files, by path: apart from the scenarios, so that a program may do without them.
static TEXTS: &[&[(&str, &str)]] = &[
    leaks::TEXTS,
    pipelines::TEXTS,
    channels::TEXTS,
    lifecycle::TEXTS,
    contexts::TEXTS,
    groups::TEXTS,
    sharing::TEXTS,
    races::TEXTS,
];

/// Every scenario, in the order of the gallery.
///
/// ```
/// assert!(fanin::scenario::all().any(|scenario| scenario.rows.contains(&"P25")));
/// ```
pub fn all() -> impl Iterator<Item = &'static Scenario> {
    CHAPTERS.iter().flat_map(|chapter| chapter.scenarios)
}

/// The scenario with this id.
///
/// ```
/// assert_eq!(fanin::scenario::find("p14-or-channel").unwrap().rows, ["P14"]);
/// assert!(fanin::scenario::find("p0").is_none());
/// ```
pub fn find(id: &str) -> Option<&'static Scenario> {
    all().find(|scenario| scenario.id == id)
}
