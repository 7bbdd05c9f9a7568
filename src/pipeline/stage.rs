//! A pipeline as data.

use std::time::Duration;

use super::Predicate;

/// A pipeline: its stages from the source on, and how the run ends.
///
/// The stages are a flat list. `fan-out ... fan-in` and `tee ... and ... fan-in` are markers in it, so that a
/// list of cards and a line of text show the same thing.
///
/// ```
/// use fanin::pipeline::{Ends, Kind, Pipeline, Stage};
///
/// let pipeline = Pipeline {
///     stages: vec![Kind::Range { from: 1, to: 9 }.into(), Stage::heedless(Kind::Square), Kind::Take(3).into()],
///     ends: Ends { outputs: Some(2), ..Ends::default() },
/// };
/// assert_eq!(pipeline.to_string(), "range 1..9 | square no-cancel | take 3 ; cancel after 2 outputs");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pipeline {
    /// In the order in which an item meets them.
    pub stages: Vec<Stage>,
    /// When the run is cancelled, at the latest.
    pub ends: Ends,
}

impl Pipeline {
    /// How deep each stage lies inside fan-outs and tees; a marker lies as deep as what surrounds it.
    ///
    /// ```
    /// use fanin::pipeline::Pipeline;
    ///
    /// let pipeline = Pipeline::parse("range 1..9 | fan-out 3 | square | fan-in | take 3").unwrap();
    /// assert_eq!(pipeline.depths(), [0, 0, 1, 0, 0]);
    /// ```
    pub fn depths(&self) -> Vec<u32> {
        let mut depth = 0u32;
        self.stages
            .iter()
            .map(|stage| match stage.kind {
                Kind::FanOut(_) | Kind::Tee => {
                    depth += 1;
                    depth - 1
                }
                Kind::And => depth.saturating_sub(1),
                Kind::FanIn => {
                    depth = depth.saturating_sub(1);
                    depth
                }
                _ => depth,
            })
            .collect()
    }

    /// What a stage's goroutines and channels are named: as the stage is, and by its place where others are named the
    /// same.
    ///
    /// # Panics
    ///
    /// If there is no stage `at` this place, counted from 0.
    ///
    /// ```
    /// use fanin::pipeline::Pipeline;
    ///
    /// let pipeline = Pipeline::parse("range 1..9 | square | add 1 | square").unwrap();
    /// assert_eq!((pipeline.label(2), pipeline.label(3)), ("add".into(), "square@4".into()));
    /// ```
    pub fn label(&self, at: usize) -> String {
        label(&self.stages, at)
    }
}

pub(super) fn label(stages: &[Stage], at: usize) -> String {
    let name = stages[at].kind.name();
    let alone = stages.iter().filter(|stage| stage.kind.name() == name).count() == 1;
    if alone { name.into() } else { format!("{name}@{}", at + 1) }
}

/// One stage, and whether it stops when the run is cancelled.
///
/// ```
/// use fanin::pipeline::{Kind, Stage};
///
/// assert!(Stage::from(Kind::Square).honours_cancel);
/// assert_eq!(Stage::heedless(Kind::Square).to_string(), "square no-cancel");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What it does.
    pub kind: Kind,
    /// Whether it is given the context of the run, or one that never ends.
    pub honours_cancel: bool,
}

impl Stage {
    /// A stage that does not hear of the cancellation.
    ///
    /// ```
    /// use fanin::pipeline::{Kind, Stage};
    /// assert!(!Stage::heedless(Kind::Square).honours_cancel);
    /// ```
    pub fn heedless(kind: Kind) -> Self {
        Self { kind, honours_cancel: false }
    }
}

impl From<Kind> for Stage {
    fn from(kind: Kind) -> Self {
        Self { kind, honours_cancel: true }
    }
}

/// When the run is cancelled, if nothing else ends it.
///
/// ```
/// use fanin::pipeline::Pipeline;
///
/// let ends = Pipeline::parse("ticker 10ms ; cancel after 3 outputs ; timeout 1s").unwrap().ends;
/// assert_eq!((ends.outputs, ends.after), (Some(3), None));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// After so many outputs.
    pub outputs: Option<u32>,
    /// After so much virtual time.
    pub after: Option<Duration>,
    /// By the context's own deadline.
    pub timeout: Option<Duration>,
}

/// What a stage does.
///
/// Arithmetic wraps around at the ends of `i64`, so that no number can stop a pipeline.
///
/// ```
/// use fanin::pipeline::Kind;
///
/// let kind = Kind::Range { from: 1, to: 9 };
/// assert!(kind.is_source() && kind.starts_tasks());
/// assert_eq!(kind.to_string(), "range 1..9");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Sends the numbers from `from` to `to`, both included.
    Range {
        /// The first.
        from: i64,
        /// The last.
        to: i64,
    },
    /// Sends these values.
    List(Vec<i64>),
    /// Sends these values over and over.
    Repeat(Vec<i64>),
    /// Sends random numbers for ever, both bounds included. The seed of the run decides which.
    Random {
        /// The smallest.
        low: i64,
        /// The largest.
        high: i64,
    },
    /// Sends 1, 2, 3 ... for ever, one each time that this has passed.
    Ticker(Duration),
    /// Adds.
    Add(i64),
    /// Multiplies.
    Multiply(i64),
    /// Multiplies a value by itself.
    Square,
    /// Lets through what the predicate holds for.
    Filter(Predicate),
    /// Lets through the prime numbers.
    Prime,
    /// Holds each item for a while.
    Delay {
        /// For how long.
        each: Duration,
        /// At most this much more or less: the seed of the run decides among five steps in between.
        jitter: Duration,
    },
    /// Panics at the item of this number, counted from 1.
    Fail(u32),
    /// Lets the stages before it run ahead by this many items.
    Buffer(u32),
    /// The stages up to `fan-in` run in this many workers, which pull from one channel.
    FanOut(u32),
    /// The end of a fan-out or a tee: merges by arrival.
    FanIn,
    /// Sends every item down both branches, in step.
    Tee,
    /// Ends the first branch of a tee and begins the second.
    And,
    /// Lets this many items through, then ends.
    Take(u32),
}

impl Kind {
    /// One of each, with parameters to begin with, in the order of a menu.
    ///
    /// ```
    /// use fanin::pipeline::Kind;
    /// assert!(Kind::all().contains(&Kind::Square));
    /// ```
    pub fn all() -> [Self; 18] {
        use Kind::*;
        let ms = Duration::from_millis;
        [
            Range { from: 1, to: 12 },
            List(vec![3, 1, 2]),
            Repeat(vec![1, 2, 3]),
            Random { low: 1, high: 6 },
            Ticker(ms(10)),
            Add(1),
            Multiply(2),
            Square,
            Filter(Predicate::Even),
            Prime,
            Delay { each: ms(5), jitter: Duration::ZERO },
            Fail(3),
            Take(3),
            Buffer(2),
            FanOut(3),
            Tee,
            And,
            FanIn,
        ]
    }

    /// The word for it in the text.
    ///
    /// ```
    /// use fanin::pipeline::Kind;
    /// assert_eq!(Kind::FanOut(3).name(), "fan-out");
    /// ```
    pub fn name(&self) -> &'static str {
        match self {
            Self::Range { .. } => "range",
            Self::List(_) => "list",
            Self::Repeat(_) => "repeat",
            Self::Random { .. } => "random",
            Self::Ticker(_) => "ticker",
            Self::Add(_) => "add",
            Self::Multiply(_) => "multiply",
            Self::Square => "square",
            Self::Filter(_) => "filter",
            Self::Prime => "prime",
            Self::Delay { .. } => "delay",
            Self::Fail(_) => "fail",
            Self::Buffer(_) => "buffer",
            Self::FanOut(_) => "fan-out",
            Self::FanIn => "fan-in",
            Self::Tee => "tee",
            Self::And => "and",
            Self::Take(_) => "take",
        }
    }

    /// Whether items begin here.
    ///
    /// ```
    /// use fanin::pipeline::Kind;
    /// assert!(Kind::Repeat(vec![1]).is_source() && !Kind::Square.is_source());
    /// ```
    pub fn is_source(&self) -> bool {
        matches!(
            self,
            Self::Range { .. } | Self::List(_) | Self::Repeat(_) | Self::Random { .. } | Self::Ticker(_)
        )
    }

    /// Whether it starts tasks, which a cancellation could stop. The others only say how channels are shared.
    ///
    /// ```
    /// use fanin::pipeline::Kind;
    /// assert!(Kind::Square.starts_tasks() && !Kind::FanOut(3).starts_tasks());
    /// ```
    pub fn starts_tasks(&self) -> bool {
        !matches!(self, Self::FanOut(_) | Self::And)
    }
}
