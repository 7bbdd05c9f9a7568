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
