//! An exploration as a test.

use super::{Bound, Explorer, Report, Token, Verdict};
use crate::{detect::lints, sim::Recording};
use std::{collections::BTreeSet, fmt::Write, future::Future};

/// A run of so many outcomes is looked at again.
const MOST: usize = 10;

/// Explores a program, for use in tests: every interleaving must end well. [`Explorer::check`] has settings.
///
/// # Panics
///
/// As [`Explorer::check`].
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
    Explorer::new().check(program);
}

impl Explorer {
    /// Explores a program, for use in tests: every run that is taken must end well.
    ///
    /// # Panics
    ///
    /// With the finding, its shortest schedule in words and the token that replays it, if anything goes wrong in any of
    /// them; and if the exploration reaches a bound that was not asked for, as a sample or a number of pre-emptions is.
    /// Then it tells also what is worth a look: the [`lints`] of a run of each outcome.
    ///
    /// ```
    /// use fanin::{chan, explore::Explorer, go};
    /// Explorer::new().random(7, 100).check(|| async {
    ///     let (tx, rx) = chan(1);
    ///     for n in 0..10 {
    ///         let tx = tx.clone();
    ///         go(async move { tx.send(n).await });
    ///     }
    ///     for _ in 0..10 {
    ///         rx.recv().await;
    ///     }
    /// });
    /// ```
    #[track_caller]
    pub fn check<F, Fut>(&self, program: F)
    where
        F: Fn() -> Fut,
        Fut: Future + Send + 'static,
        Fut::Output: Send,
    {
        let report = self.run(&program);
        let is_whole = matches!(
            report.verdict,
            Verdict::Complete | Verdict::Bounded(Bound::Sample(_) | Bound::Preemptions(_))
        );
        let hints = || hints(&report, |token| self.replay(token, &program).ok());
        assert!(is_whole && report.findings.is_empty(), "{report}{}", hints());
    }
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
