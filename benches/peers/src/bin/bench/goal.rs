//! What fanin is to reach in a row.

use std::fmt;

/// The bar must hold; the aim is what is thought possible.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// So many times faster than Go, and than the best of the other libraries.
    Faster { bar: (f64, f64), aim: (f64, f64) },
    /// No more than that.
    AtMost { bar: f64, aim: f64 },
    /// No more than so many times fanin's figure in another row.
    Within { of: &'static str, factor: f64 },
    /// Measured to be seen.
    Shown,
}

/// How far a figure got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    Aim,
    Bar,
    Missed,
}

impl fmt::Display for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Aim => "aim",
            Self::Bar => "bar",
            Self::Missed => "MISSED",
        })
    }
}

impl Goal {
    /// How far fanin got; `None` if nothing is asked, or a figure is missing. `other` looks up fanin's figure in another row.
    pub fn reached(
        &self,
        fanin: f64,
        go: Option<f64>,
        peer: Option<f64>,
        other: impl Fn(&str) -> Option<f64>,
    ) -> Option<Reached> {
        let grade = |aim: bool, bar: bool| match (aim, bar) {
            (true, _) => Reached::Aim,
            (false, true) => Reached::Bar,
            (false, false) => Reached::Missed,
        };
        match *self {
            Self::Faster { bar, aim } => {
                let (go, peer) = (go? / fanin, peer? / fanin);
                Some(grade(go >= aim.0 && peer >= aim.1, go >= bar.0 && peer >= bar.1))
            }
            Self::AtMost { bar, aim } => Some(grade(fanin <= aim, fanin <= bar)),
            Self::Within { of, factor } => Some(grade(false, fanin <= factor * other(of)?)),
            Self::Shown => None,
        }
    }

    /// The bar and the aim, as the table shows them.
    pub fn texts(&self) -> [String; 2] {
        match self {
            Self::Faster { bar, aim } => [bar, aim].map(|(go, peer)| format!("{go} / {peer}")),
            Self::AtMost { bar, aim } => [bar, aim].map(|most| format!("<= {most}")),
            Self::Within { of, factor } => [format!("<= {factor} {of}"), String::new()],
            Self::Shown => [String::new(), String::new()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(goal: Goal, fanin: f64, go: f64, peer: f64) -> Option<Reached> {
        goal.reached(fanin, Some(go), Some(peer), |name| (name == "pipe3").then_some(40.0))
    }

    #[test]
    fn both_ratios_count() {
        let goal = Goal::Faster { bar: (2.0, 1.0), aim: (4.0, 2.0) };
        assert_eq!(reached(goal, 10.0, 40.0, 20.0), Some(Reached::Aim));
        assert_eq!(reached(goal, 10.0, 39.0, 20.0), Some(Reached::Bar));
        assert_eq!(reached(goal, 10.0, 40.0, 9.0), Some(Reached::Missed));
        assert_eq!(reached(goal, 10.0, 19.0, 20.0), Some(Reached::Missed));
        assert_eq!(goal.reached(10.0, None, Some(20.0), |_| None), None);
    }

    #[test]
    fn less_is_better_where_a_limit_is_set() {
        let goal = Goal::AtMost { bar: 500.0, aim: 300.0 };
        assert_eq!(reached(goal, 300.0, 0.0, 0.0), Some(Reached::Aim));
        assert_eq!(reached(goal, 500.0, 0.0, 0.0), Some(Reached::Bar));
        assert_eq!(reached(goal, 500.1, 0.0, 0.0), Some(Reached::Missed));
        let goal = Goal::Within { of: "pipe3", factor: 1.25 };
        assert_eq!(reached(goal, 50.0, 0.0, 0.0), Some(Reached::Bar));
        assert_eq!(reached(goal, 51.0, 0.0, 0.0), Some(Reached::Missed));
    }
}
