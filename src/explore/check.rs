//! An exploration as a test.

use super::{Explorer, Report, Token};
use crate::{detect::lints, sim::Recording};
use std::{collections::BTreeSet, fmt::Write, future::Future};

/// A run of so many outcomes is looked at again.
const MOST: usize = 10;

/// Explores a program, for use in tests: every interleaving must end well.
///
/// # Panics
///
/// With the finding, its shortest schedule in words and the token that replays it, if anything goes wrong
/// in any interleaving; and if the exploration reaches a bound. Then it tells also what is worth a look: the
/// [`lints`] of a run of each outcome.
///
/// ```
/// use fanin::{WaitGroup, explore};
/// explore::check(|| async {
///     let wg = WaitGroup::new();
///     for _ in 0..2 {
///         wg.go(async {});
///     }
///     wg.wait().await;
/// });
/// ```
#[track_caller]
pub fn check<F, Fut>(program: F)
where
    F: Fn() -> Fut,
    Fut: Future + Send + 'static,
    Fut::Output: Send,
{
    let explorer = Explorer::new();
    let report = explorer.run(&program);
    let hints = || hints(&report, |token| explorer.replay(token, &program).ok());
    assert!(report.is_proof(), "{report}{}", hints());
}

/// What is worth a look in the runs, the same at the same lines once.
fn hints(report: &Report, replay: impl Fn(&Token) -> Option<Recording>) -> String {
    let mut known = BTreeSet::new();
    let mut text = String::new();
    for outcome in report.outcomes.iter().take(MOST) {
        let Some(recording) = replay(&outcome.token) else { continue };
        for lint in lints(&recording.events) {
            if known.insert((lint.kind, lint.places)) {
                let (kind, message, token) = (lint.kind.word(), lint.message, &outcome.token);
                writeln!(text, "worth a look, {kind}: {message}\n  seen with the token {token}")
                    .expect("a string takes all");
            }
        }
    }
    text
}
