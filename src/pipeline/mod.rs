//! The editable pipeline: stages as data, as a line of text, and as a run.
//!
//! ```text
//! range 1..20 | fan-out 3 | square no-cancel | delay 5ms ~2ms | fan-in | take 3 ; cancel after 40ms
//! ```
//!
//! | text | stage |
//! |---|---|
//! | `range 1..20` | sends 1 to 20 |
//! | `list 3 1 2` | sends these values |
//! | `repeat 1 2 3` | sends these values over and over |
//! | `random 1..6` | sends random numbers for ever |
//! | `ticker 10ms` | sends 1, 2, 3 ... at this interval |
//! | `add 1`, `multiply 2`, `square` | change each value |
//! | `filter even` | lets through what it holds for: `even`, `odd`, `> 3`, `<`, `>=`, `<=`, `=`, `!=`, `divisible 3`, `% 3 = 1` |
//! | `prime` | lets through prime numbers |
//! | `delay 5ms`, `delay 5ms ~2ms` | holds each item for 5 ms, for 3 to 7 ms |
//! | `fail at 3` | panics at its third item |
//! | `take 3` | lets three items through, then ends |
//! | `buffer 2` | lets the stages before it run ahead by two items |
//! | `fan-out 3 \| ... \| fan-in` | three workers pull from one channel, and are merged by arrival |
//! | `tee \| ... \| and \| ... \| fan-in` | every item goes down both branches, which are merged by arrival |
//!
//! `no-cancel` after a stage keeps it from hearing of the cancellation. After a `;` stands what cancels the run,
//! where the last output does not: `cancel after 3 outputs`, `cancel after 40ms`, `timeout 1s`.
//!
//! Fan-outs and tees hold any stages but sources, also one another, [`limits::DEPTH`] deep.

mod args;
mod build;
mod check;
mod clause;
mod diagnostic;
mod item;
pub mod limits;
mod parse;
mod predicate;
mod prime;
mod print;
mod program;
mod run;
mod stage;
mod structure;
mod suggest;
mod template;
mod token;

pub use diagnostic::Diagnostic;
pub use item::{Item, NotAnItem};
pub use parse::{Reading, read};
pub use predicate::{Comparison, Predicate};
pub use print::Spans;
pub use program::Cancel;
pub use run::{Run, Settings};
pub use stage::{Ends, Kind, Pipeline, Stage};
pub use template::{Template, templates};
