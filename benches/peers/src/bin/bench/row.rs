//! The rows of the comparison.

use crate::goal::Goal;

/// Where a row is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One thread, pinned to one core.
    OneThread,
    /// Two threads.
    TwoThreads,
    /// One thread of node's V8.
    Wasm,
}

/// One workload in one place.
pub struct Row {
    pub name: String,
    pub place: Place,
    /// As the contenders call it.
    pub workload: &'static str,
    /// How many messages or tasks.
    pub n: u64,
    pub goal: Goal,
}

impl Row {
    /// Whether `word` is its name, or the beginning of it before a hyphen.
    pub fn is_called(&self, word: &str) -> bool {
        self.name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    pub fn unit(&self) -> &'static str {
        if self.workload.starts_with("park") { "bytes" } else { "ns" }
    }
}

/// Every row, in the order of the tables.
pub fn all() -> Vec<Row> {
    use Goal::{AtMost, Faster, Shown, Within};
    let one = [
        ("pingpong", Faster { bar: (3.0, 1.1), aim: (6.0, 2.2) }),
        ("unbuf", Faster { bar: (3.0, 1.1), aim: (7.5, 2.5) }),
        ("buf128", Faster { bar: (2.0, 1.0), aim: (4.0, 1.8) }),
        ("pipe3", Faster { bar: (4.0, 1.1), aim: (6.5, 1.8) }),
        ("pipe10", Shown),
        ("pipe100", Within { of: "pipe3", factor: 1.25 }),
        ("erased3", Shown),
        ("fan4", Faster { bar: (4.0, 1.1), aim: (6.0, 1.75) }),
        ("sel2", Faster { bar: (3.0, 1.0), aim: (5.0, 1.6) }),
        ("sel8", Faster { bar: (8.0, 1.2), aim: (15.0, 2.0) }),
        ("selpark2", Faster { bar: (4.0, 1.8), aim: (6.0, 2.7) }),
        ("selpark8", Faster { bar: (8.0, 1.2), aim: (12.0, 1.85) }),
        ("spawn", Faster { bar: (6.0, 1.0), aim: (12.0, 2.0) }),
        ("park-own", AtMost { bar: 500.0, aim: 300.0 }),
        ("park-shared", AtMost { bar: 260.0, aim: 160.0 }),
    ];
    let two = [
        ("mpmc", Faster { bar: (2.0, 0.7), aim: (4.5, 1.15) }),
        ("unbuf", Faster { bar: (1.7, 0.8), aim: (3.7, 1.35) }),
        ("buf128", Shown),
        ("pipe3", Faster { bar: (1.6, 1.0), aim: (3.0, 1.8) }),
        ("fan4", Faster { bar: (1.6, 1.0), aim: (3.0, 1.8) }),
    ];
    let wasm = [
        ("pingpong", Faster { bar: (10.0, 1.2), aim: (19.0, 2.4) }),
        ("unbuf", Faster { bar: (9.0, 1.1), aim: (17.0, 2.0) }),
        ("buf128", Faster { bar: (6.0, 1.0), aim: (10.0, 1.5) }),
        ("pipe3", Faster { bar: (11.0, 1.2), aim: (19.0, 2.0) }),
        ("erased3", Shown),
        ("fan4", Faster { bar: (11.0, 1.2), aim: (19.0, 2.0) }),
        ("sel2", Faster { bar: (5.0, 1.0), aim: (8.5, 1.25) }),
        ("sel8", Faster { bar: (10.0, 1.0), aim: (20.0, 1.25) }),
        ("selpark2", Faster { bar: (8.0, 1.0), aim: (14.0, 1.25) }),
        ("selpark8", Faster { bar: (8.0, 1.0), aim: (14.0, 1.25) }),
        ("spawn", Faster { bar: (8.0, 1.0), aim: (15.0, 1.8) }),
    ];
    let place = |place, prefix: &'static str, n| {
        move |(workload, goal)| Row { name: format!("{prefix}{workload}"), place, workload, n, goal }
    };
    one.into_iter()
        .map(place(Place::OneThread, "", 1_000_000))
        .chain(two.into_iter().map(place(Place::TwoThreads, "mt-", 200_000)))
        .chain(wasm.into_iter().map(place(Place::Wasm, "wasm-", 200_000)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_chooses_a_row_or_a_family() {
        let chosen = |word: &str| all().iter().filter(|row| row.is_called(word)).count();
        assert_eq!(chosen("pipe3"), 1);
        assert_eq!(chosen("park"), 2);
        assert_eq!(chosen("mt"), 5);
        assert_eq!(chosen("pip"), 0);
    }
}
