//! What the gallery is made of.

use std::pin::Pin;

use super::Expected;
use crate::{
    detect::findings,
    probe::Outcome,
    sim::{Config, Recording, Sim},
};

/// Scenarios that belong together.
#[derive(Debug)]
#[non_exhaustive]
pub struct Chapter {
    /// A few words.
    pub title: &'static str,
    /// In the order in which to look at them.
    pub scenarios: &'static [Scenario],
}

/// A program of the gallery.
#[derive(Debug)]
#[non_exhaustive]
pub struct Scenario {
    /// Stands for it in links: lower case, with hyphens.
    pub id: &'static str,
    /// The rows of the pattern list that it shows.
    pub rows: &'static [&'static str],
    /// A few words.
    pub title: &'static str,
    /// A paragraph: what to look at.
    pub about: &'static str,
    /// Whether it is one half of a pair.
    pub form: Form,
    /// The source of the very program that runs.
    pub rust: Source,
    /// The same in Go, a complete program for Go 1.25 or newer.
    pub go: Source,
    pub(in crate::scenario) expects: Option<Expected>,
    pub(in crate::scenario) main: fn() -> Program,
}

/// A program's main.
pub type Program = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The place of a scenario in a pair of a mistake and its repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Stands alone.
    Plain,
    /// A mistake.
    Bug {
        /// The id of its repair.
        fix: &'static str,
    },
    /// A repair.
    Fix {
        /// The id of the mistake.
        bug: &'static str,
    },
}

impl Form {
    /// The id of the other half.
    ///
    /// ```
    /// use fanin::scenario::Form;
    /// assert_eq!(Form::Plain.partner(), None);
    /// assert_eq!(Form::Bug { fix: "p11-done-joined" }.partner(), Some("p11-done-joined"));
    /// ```
    pub fn partner(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Bug { fix: id } | Self::Fix { bug: id } => Some(id),
        }
    }
}

/// A source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// From the root of the package, as in [`Place::file`](crate::probe::Place::file).
    pub path: &'static str,
}

impl Source {
    /// All of it. A program that never asks for a text has none of them in it.
    ///
    /// ```
    /// let source = fanin::scenario::find("p31-goroutine").unwrap().go;
    /// assert!(source.text().starts_with("package main"));
    /// ```
    pub fn text(self) -> &'static str {
        let mut all = super::TEXTS.iter().copied().flatten();
        all.find(|(path, _)| *path == self.path).map_or("", |(_, text)| text)
    }
}

impl Scenario {
    /// What it ought to put out in every run, where that can be said: a mistake is held to the same as its repair.
    ///
    /// ```
    /// use fanin::scenario::find;
    /// let expected = find("p33-counter").unwrap().expected().unwrap();
    /// assert_eq!(expected.to_string(), "2");
    /// assert_eq!(Some(expected), find("p75-safe-counter").unwrap().expected());
    /// ```
    pub fn expected(&'static self) -> Option<&'static Expected> {
        match self.form {
            Form::Bug { fix } => super::find(fix)?.expects.as_ref(),
            Form::Plain | Form::Fix { .. } => self.expects.as_ref(),
        }
    }

    /// True if nothing went wrong in a run of it: nothing is found, and if main returned, the output is right.
    ///
    /// ```
    /// let scenario = fanin::scenario::find("p69-fire-and-forget").unwrap();
    /// let mut sim = scenario.start(1);
    /// while sim.step() {}
    /// assert_eq!(fanin::detect::findings(&sim.recording().events), []);
    /// assert!(!scenario.is_right(sim.recording()), "main exits before anything is saved");
    /// ```
    pub fn is_right(&'static self, run: &Recording) -> bool {
        let judged = self.expected().filter(|_| run.outcome == Some(Outcome::Returned));
        findings(&run.events).is_empty() && judged.is_none_or(|expected| expected.allows(run.outputs()))
    }

    /// Its program, to run in a simulation of one's own.
    ///
    /// ```
    /// let scenario = fanin::scenario::find("p25-fan-in").unwrap();
    /// let run = fanin::sim::Config::new().seed(3).run(scenario.program());
    /// assert_eq!(run.value, Some(()));
    /// ```
    pub fn program(&self) -> Program {
        (self.main)()
    }

    /// Its program in a simulation that has not taken a step yet.
    ///
    /// ```
    /// let mut sim = fanin::scenario::find("p31-goroutine").unwrap().start(1);
    /// assert!(sim.outcome().is_none());
    /// while sim.step() {}
    /// assert!(sim.outcome().is_some());
    /// ```
    pub fn start(&self, seed: u64) -> Sim {
        Config::new().seed(seed).start(self.program())
    }
}
