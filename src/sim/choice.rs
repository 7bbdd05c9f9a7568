//! Choices: all that is not determined by the program.

/// What is to be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Choice {
    /// Which of the tasks and timers that can move does so.
    Next,
    /// One of several equal possibilities within a step: a ready case of a select, a random number.
    Among,
}

/// A choice that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Pick {
    /// In which step.
    pub step: u32,
    /// What was chosen.
    pub choice: Choice,
    /// Among how many; at least 2.
    pub of: u32,
    /// Which.
    pub picked: u32,
}

/// Makes the choices of a run. It is asked in the middle of a step, and does not use the library itself.
pub trait Strategy: Send {
    /// A number below `of`, which is at least 2.
    fn pick(&mut self, choice: Choice, of: u32) -> u32;
}

/// Uniform choices from a seed: the same on every machine and in every version.
///
/// The generator is SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014).
///
/// ```
/// use fanin::sim::{Choice, Seeded, Strategy};
/// let (mut a, mut b) = (Seeded::new(7), Seeded::new(7));
/// assert!((0..100).all(|_| a.pick(Choice::Next, 6) == b.pick(Choice::Next, 6)));
/// ```
#[derive(Clone, Debug)]
pub struct Seeded {
    state: u64,
}

impl Seeded {
    /// The choices that belong to `seed`.
    ///
    /// ```
    /// use fanin::sim::{Choice, Seeded, Strategy};
    /// assert!(Seeded::new(7).pick(Choice::Next, 3) < 3);
    /// ```
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Strategy for Seeded {
    fn pick(&mut self, _: Choice, of: u32) -> u32 {
        // The high half of a product maps 32 random bits to 0..of, evenly but for 1 part in 2^32 / of.
        let wide = (self.next() >> 32) * u64::from(of);
        (wide >> 32) as u32
    }
}

/// The choices of an earlier run, and after its last one those of a seed.
///
/// ```
/// use fanin::sim::{Choice, Replay, Strategy};
/// let mut replay = Replay::new(vec![2, 0], 7);
/// assert_eq!((replay.pick(Choice::Next, 3), replay.pick(Choice::Next, 3)), (2, 0));
/// ```
#[derive(Clone, Debug)]
pub struct Replay {
    picks: std::vec::IntoIter<u32>,
    then: Seeded,
}

impl Replay {
    /// Repeats `picks`, then chooses by `seed`. A pick out of range counts from the start again.
    ///
    /// ```
    /// use fanin::sim::{Choice, Replay, Strategy};
    /// assert_eq!(Replay::new(vec![4], 7).pick(Choice::Next, 3), 1);
    /// ```
    pub fn new(picks: Vec<u32>, seed: u64) -> Self {
        Self { picks: picks.into_iter(), then: Seeded::new(seed) }
    }
}

impl Strategy for Replay {
    fn pick(&mut self, choice: Choice, of: u32) -> u32 {
        self.picks.next().map_or_else(|| self.then.pick(choice, of), |p| p % of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_stay_what_they_are() {
        // Links carry seeds: these numbers must never change.
        let mut seeded = Seeded::new(42);
        let picks: Vec<_> = (0..8).map(|_| seeded.pick(Choice::Next, 10)).collect();
        assert_eq!(picks, [7, 1, 2, 3, 0, 8, 2, 8]);
    }

    #[test]
    fn choices_are_uniform() {
        let mut seeded = Seeded::new(1);
        let mut counts = [0u32; 3];
        for _ in 0..30_000 {
            counts[seeded.pick(Choice::Among, 3) as usize] += 1;
        }
        assert!(counts.iter().all(|c| (9_600..10_400).contains(c)), "{counts:?}");
    }
}
