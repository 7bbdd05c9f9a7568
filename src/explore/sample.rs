//! Schedules by chance, for programs with too many of them.

use super::{driver::Driver, explorer::Method, search::Execution};
use crate::{
    probe::TaskId,
    sim::{Choice, Movers, Seeded, Strategy},
};
use std::collections::BTreeMap;

/// Random schedules, one after the other.
pub(super) struct Sample {
    method: Method,
    left: u64,
    random: Seeded,
    /// Of the longest run so far.
    steps: u32,
}

impl Sample {
    /// `None` if `method` is not one of chance.
    pub(super) fn new(method: Method) -> Option<Self> {
        let (Method::Random { seed, runs } | Method::Priorities { seed, runs, .. }) = method else {
            return None;
        };
        Some(Self { method, left: runs, random: Seeded::new(seed), steps: 1 })
    }

    /// The next run; `None` if there were enough.
    pub(super) fn next(&mut self, start: impl FnOnce() -> Driver) -> Option<Execution> {
        self.left = self.left.checked_sub(1)?;
        let mut driver = start();
        let _entered = driver.enter();
        let seed = u64::from(self.below(u32::MAX)) << 32 | u64::from(self.below(u32::MAX));
        driver.choose_by_chance(Seeded::new(seed));
        let mut priorities = Priorities::new(self);
        let mut taken = Vec::with_capacity(self.steps as usize);
        loop {
            let movers = driver.movers();
            if movers.is_empty() {
                break;
            }
            let task = match self.method {
                Method::Priorities { .. } => priorities.pick(movers, &mut self.random),
                _ => movers.nth(self.random.pick(Choice::Next, movers.count())),
            };
            let Some(task) = task else { break };
            taken.push((task, driver.take(task, &[]).into_iter().map(|(pick, _)| pick).collect()));
        }
        let (recording, steps) = driver.into_parts();
        self.steps = self.steps.max(recording.steps());
        Some(Execution { recording, taken, steps })
    }

    /// How many are still to come.
    pub(super) fn left(&self) -> u64 {
        self.left
    }

    fn below(&mut self, n: u32) -> u32 {
        self.random.pick(Choice::Among, n.max(2)) % n
    }
}

/// Who goes before whom, in one run.
struct Priorities {
    of: BTreeMap<TaskId, u32>,
    /// The steps at which whoever is about to move loses its priority.
    changes: Vec<u32>,
    step: u32,
}

impl Priorities {
    fn new(sample: &mut Sample) -> Self {
        let depth = match sample.method {
            Method::Priorities { depth, .. } => depth,
            _ => 1,
        };
        // Of the first run it is not known where they would be.
        let changes = (1..depth.min(sample.steps)).map(|_| sample.below(sample.steps)).collect();
        Self { of: BTreeMap::new(), changes, step: 0 }
    }

    fn pick(&mut self, movers: &Movers, random: &mut Seeded) -> Option<TaskId> {
        let changes = self.changes.len() as u32;
        for task in movers.iter() {
            // Above all that the changes give.
            self.of.entry(task).or_insert_with(|| changes + random.pick(Choice::Next, u32::MAX / 2));
        }
        let highest = |of: &BTreeMap<TaskId, u32>| movers.iter().max_by_key(|t| of[t]);
        for (i, change) in (0..).zip(&self.changes) {
            if *change == self.step
                && let Some(task) = highest(&self.of)
            {
                self.of.insert(task, i);
            }
        }
        self.step += 1;
        highest(&self.of)
    }
}
