//! What was measured of a contender in a row.

use crate::contender::Contender;

pub struct Figures {
    pub contender: Contender,
    /// One for each round.
    pub runs: Vec<f64>,
    /// Why there is no figure.
    pub failed: Option<&'static str>,
}

impl Figures {
    pub fn of(contender: Contender) -> Self {
        Self { contender, runs: Vec::new(), failed: None }
    }

    /// The figure that stands for all rounds: the least, which noise has touched least.
    pub fn min(&self) -> Option<f64> {
        if self.failed.is_some() {
            return None;
        }
        self.runs.iter().copied().min_by(f64::total_cmp)
    }
}

/// The best of those that `which` picks.
pub fn best(figures: &[Figures], which: impl Fn(&Contender) -> bool) -> Option<&Figures> {
    let finished = figures.iter().filter(|f| which(&f.contender) && f.min().is_some());
    finished.min_by(|a, b| a.min().unwrap_or(f64::MAX).total_cmp(&b.min().unwrap_or(f64::MAX)))
}
