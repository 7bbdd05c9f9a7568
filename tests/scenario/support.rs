//! A scenario under many seeds, and what to ask of its runs.

use std::collections::BTreeSet;

use fanin::{
    detect::{Kind, findings},
    probe::{Op, Outcome},
    scenario::{Expected, Scenario, find},
    sim::Recording,
};

/// One test a scenario, named like its module; and their names, so that none can be forgotten.
macro_rules! expect {
    ($($scenario:ident: $check:expr;)+) => {
        pub const NAMES: &[&str] = &[$(stringify!($scenario)),+];
        $(#[test]
        fn $scenario() {
            let check: fn(crate::support::Runs) = $check;
            check(crate::support::Runs::of(stringify!($scenario)));
        })+
    };
}

/// Its runs, one a seed.
pub fn runs(scenario: &'static Scenario) -> impl Iterator<Item = Recording> {
    (0..200).map(|seed| {
        let mut sim = scenario.start(seed);
        while sim.step() {}
        sim.into_recording()
    })
}

/// The runs of a scenario, and what it says that they ought to put out.
pub struct Runs(Vec<Recording>, Option<&'static Expected>);

impl Runs {
    pub fn of(module: &str) -> Self {
        let id = module.replace('_', "-");
        let scenario = find(&id).unwrap_or_else(|| panic!("no scenario {id}"));
        Self(runs(scenario).collect(), scenario.expected())
    }

    /// Every run ends by main's return, with nobody left over and nothing found.
    pub fn clean(self) -> Self {
        for run in &self.0 {
            assert_eq!(run.outcome, Some(Outcome::Returned), "{}", run.report());
            assert_eq!(findings(&run.events), [], "seed {}", run.seed);
        }
        self
    }

    /// Every run is clean, and puts out what the scenario says that it ought to.
    pub fn right(self) -> Self {
        let runs = self.clean();
        for run in &runs.0 {
            assert!(runs.allowed(run), "seed {}: {:?}", run.seed, run.outputs());
        }
        runs
    }

    /// Every run is clean, and some put out what they ought not to; all of them, if `always`.
    pub fn wrong(self, always: bool) -> Self {
        let runs = self.clean();
        let wrong = runs.0.iter().filter(|run| !runs.allowed(run)).count();
        assert!(if always { wrong == runs.0.len() } else { 0 < wrong && wrong < runs.0.len() }, "{wrong}");
        runs
    }

    fn allowed(&self, run: &Recording) -> bool {
        self.1.expect("it says what it ought to put out").allows(run.outputs())
    }

    /// In every run main returns, and tasks with exactly these wait reasons are left over, and found.
    pub fn leak(self, reasons: &[&str]) -> Self {
        for run in &self.0 {
            assert_eq!(run.outcome, Some(Outcome::Returned), "{}", run.report());
            let mut waits: Vec<_> =
                run.unfinished().into_values().flatten().map(|op| Op::wait_reason(&op)).collect();
            waits.sort();
            assert_eq!(waits, reasons, "seed {}", run.seed);
            let found: Vec<_> = findings(&run.events).iter().map(|f| f.kind).collect();
            assert_eq!(found, vec![Kind::Leak; reasons.len()], "seed {}", run.seed);
        }
        self
    }

    /// In every run main returns, with nobody left over, and all that is found are data races on this object; some
    /// in every run, if `always`.
    pub fn races(self, object: &str, always: bool) -> Self {
        let mut with = 0;
        for run in &self.0 {
            assert_eq!(run.outcome, Some(Outcome::Returned), "{}", run.report());
            let found = findings(&run.events);
            with += usize::from(!found.is_empty());
            for race in found {
                assert_eq!(race.kind, Kind::DataRace);
                assert!(race.message.contains(object), "{}", race.message);
            }
        }
        assert!(if always { with == self.0.len() } else { 0 < with && with < self.0.len() }, "{with}");
        self
    }

    /// Every run puts out exactly these lines.
    pub fn outputs(self, lines: &[&str]) -> Self {
        for run in &self.0 {
            assert_eq!(run.outputs(), lines, "seed {}", run.seed);
        }
        self
    }

    /// The runs put out so many different things.
    pub fn varied(self, n: usize) -> Self {
        assert_eq!(self.reached().len(), n);
        self
    }

    /// The runs put out these lines and no others, each set of lines in some run.
    pub fn outputs_among(self, expected: &[&str]) -> Self {
        assert_eq!(self.reached(), expected.iter().map(ToString::to_string).collect());
        self
    }

    /// What the runs put out, the lines of one run in one text.
    pub fn reached(&self) -> BTreeSet<String> {
        self.0.iter().map(|run| run.outputs().join(", ")).collect()
    }

    /// How the runs ended.
    pub fn outcomes(&self) -> BTreeSet<String> {
        self.0.iter().map(|run| run.outcome.as_ref().unwrap().to_string()).collect()
    }

    /// Holds for every run.
    pub fn each(self, check: impl Fn(&Recording)) -> Self {
        self.0.iter().for_each(check);
        self
    }
}
