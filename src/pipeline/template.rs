//! Pipelines to begin with.

use super::Pipeline;

/// A pipeline that shows one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// What it shows, in a few words.
    pub name: &'static str,
    /// What to look for, in a sentence.
    pub about: &'static str,
    /// The pipeline.
    pub text: &'static str,
}

impl Template {
    /// The pipeline as data.
    ///
    /// # Panics
    ///
    /// If the text is wrong, which that of none in [`templates`] is.
    ///
    /// ```
    /// for template in fanin::pipeline::templates() {
    ///     assert_eq!(template.pipeline().to_string(), template.text);
    /// }
    /// ```
    pub fn pipeline(&self) -> Pipeline {
        Pipeline::parse(self.text).expect("a template is a right text")
    }
}

impl Pipeline {
    /// The pipeline to show first: small, and it leaks, because one of its stages does not hear of the
    /// cancellation.
    ///
    /// ```
    /// use fanin::pipeline::Pipeline;
    ///
    /// let pipeline = Pipeline::opening();
    /// assert_eq!(pipeline.stages.iter().filter(|stage| !stage.honours_cancel).count(), 1);
    /// ```
    pub fn opening() -> Self {
        TEMPLATES[0].pipeline()
    }
}

/// Pipelines to begin with; the first is [`Pipeline::opening`].
///
/// ```
/// use fanin::pipeline::{Pipeline, templates};
/// assert_eq!(templates()[0].pipeline(), Pipeline::opening());
/// ```
pub fn templates() -> &'static [Template] {
    &TEMPLATES
}

const TEMPLATES: [Template; 9] = [
    Template {
        name: "A stage that does not listen",
        about: "Once three squares are taken nobody receives any more: the workers that are not told to stop \
                wait to send for ever.",
        text: "range 1..12 | fan-out 3 | square no-cancel | fan-in | take 3",
    },
    Template {
        name: "Stages in a row",
        about: "Three stages work at the same time, each on another item.",
        text: "range 1..6 | multiply 2 | add 1",
    },
    Template {
        name: "Fan-in order",
        about: "What was sent in order arrives in one of many orders.",
        text: "range 1..6 | fan-out 3 | square | fan-in",
    },
    Template {
        name: "A slow stage, fanned out",
        about: "Four workers share the slow work; change their number and compare the time.",
        text: "range 1..20 | fan-out 4 | delay 10ms ~5ms | prime | fan-in",
    },
    Template {
        name: "An endless producer",
        about: "Its consumer takes three numbers and leaves.",
        text: "random 1..6 no-cancel | take 3",
    },
    Template {
        name: "A tee, in step",
        about: "Every item goes down both branches, and the slow one holds back the fast one.",
        text: "range 1..5 | tee | square | and | delay 5ms | fan-in",
    },
    Template {
        name: "A branch that leaves",
        about: "One branch of the tee stops receiving, so the other never gets another item.",
        text: "range 1..5 | tee | take 1 | and | square | fan-in",
    },
    Template {
        name: "A buffer between two paces",
        about: "The buffer fills up, and then the fast stage waits for the slow one after all.",
        text: "range 1..10 | delay 1ms | buffer 4 | delay 5ms",
    },
    Template {
        name: "A deadline",
        about: "The ticker goes on until the deadline of the context.",
        text: "ticker 10ms | square ; timeout 45ms",
    },
];
