//! The pipeline being edited: one text, and the cards that show the same.
//!
//! Invariants: `text` is what the user sees; `cards` is what the cards show, the last text whose every stage has a
//! name that there is; `good` is what runs, the last pipeline without an error. A card is edited as text: what
//! stands on the others is left as it is, right or wrong.

use super::params::{clause, honouring};
use fanin::pipeline::{Diagnostic, Kind, Pipeline, read};

/// How many edits can be undone.
const HISTORY: usize = 200;

/// The state of the editor.
#[derive(Clone, Debug, PartialEq)]
pub struct Editor {
    pub text: String,
    pub cards: String,
    /// What of `cards` was understood; a number that could not be read is made up.
    pub draft: Pipeline,
    pub good: Pipeline,
    pub diagnostics: Vec<Diagnostic>,
    /// True if the cards show the text; else they show one before it.
    pub in_step: bool,
    /// True while the text is typed: one edit, however many keys it takes.
    pub typing: bool,
    past: Vec<String>,
    future: Vec<String>,
}

/// A change made on the cards.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Puts a stage before the one at this index.
    Insert(usize, Kind),
    Remove(usize),
    Move {
        from: usize,
        to: usize,
    },
    HonourCancel(usize, bool),
    /// Replaces the text of a stage, without its `no-cancel`.
    Rewrite(usize, String),
    /// Replaces what stands after the stages.
    Ends(String),
    /// Replaces everything.
    Whole(Pipeline),
}

impl Editor {
    pub fn new(pipeline: Pipeline) -> Self {
        Self {
            text: pipeline.to_string(),
            cards: pipeline.to_string(),
            draft: pipeline.clone(),
            good: pipeline,
            diagnostics: Vec::new(),
            in_step: true,
            typing: false,
            past: Vec::new(),
            future: Vec::new(),
        }
    }

    /// The text was changed by hand.
    pub fn type_text(&mut self, text: String) {
        if !self.typing {
            self.remember();
            self.typing = true;
        }
        self.read(text);
    }

    /// The cards were changed.
    pub fn edit(&mut self, edit: Edit) {
        let text = self.edited(edit);
        if text != self.text {
            self.remember();
            self.typing = false;
            self.read(text);
        }
    }

    /// The texts of the cards, and what stands after the stages.
    pub fn parts(&self) -> (Vec<&str>, &str) {
        parts(&self.cards)
    }

    /// What an edit of the cards does, in words.
    pub fn told(&self, edit: &Edit) -> String {
        let count = self.draft.stages.len();
        let name = |at: usize| self.draft.stages.get(at).map_or("stage", |s| s.kind.name());
        match edit {
            Edit::Insert(at, kind) => format!("{} added as {} of {}", kind.name(), at + 1, count + 1),
            Edit::Remove(at) => format!("{} removed", name(*at)),
            Edit::Move { from, to } => format!("{} moved to {} of {count}", name(*from), to + 1),
            Edit::HonourCancel(at, true) => format!("{} honours cancellation", name(*at)),
            Edit::HonourCancel(at, false) => format!("{} ignores cancellation", name(*at)),
            Edit::Rewrite(at, _) => format!("{} changed", name(*at)),
            Edit::Ends(_) => "end of the run changed".into(),
            Edit::Whole(_) => "another pipeline".into(),
        }
    }

    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    pub fn undo(&mut self) {
        if let Some(text) = self.past.pop() {
            self.future.push(self.text.clone());
            self.typing = false;
            self.read(text);
        }
    }

    pub fn redo(&mut self) {
        if let Some(text) = self.future.pop() {
            self.past.push(self.text.clone());
            self.typing = false;
            self.read(text);
        }
    }

    fn remember(&mut self) {
        self.past.push(self.text.clone());
        if self.past.len() > HISTORY {
            self.past.remove(0);
        }
        self.future.clear();
    }

    fn read(&mut self, text: String) {
        let reading = read(&text);
        self.in_step = reading.pipeline.stages.len() == parts(&text).0.len();
        if self.in_step {
            self.cards = text.clone();
            self.draft = reading.pipeline.clone();
        }
        if reading.diagnostics.is_empty() {
            self.good = reading.pipeline;
        }
        self.diagnostics = reading.diagnostics;
        self.text = text;
    }

    fn edited(&self, edit: Edit) -> String {
        let (stages, ends) = self.parts();
        let mut stages: Vec<String> = stages.into_iter().map(str::to_owned).collect();
        let mut ends = ends.to_owned();
        match edit {
            Edit::Insert(at, kind) => stages.insert(at.min(stages.len()), kind.to_string()),
            Edit::Remove(at) if at < stages.len() => {
                stages.remove(at);
            }
            Edit::Move { from, to } if from < stages.len() && to < stages.len() => {
                let stage = stages.remove(from);
                stages.insert(to, stage);
            }
            Edit::HonourCancel(at, honours) if at < stages.len() => {
                stages[at] = marked(honouring(&stages[at]), honours);
            }
            Edit::Rewrite(at, text) if at < stages.len() => {
                stages[at] = marked(text.trim(), self.draft.stages[at].honours_cancel);
            }
            Edit::Ends(text) => {
                // What no field stands for is not for them to take away.
                let others = ends.split(';').map(str::trim).filter(|c| !c.is_empty() && clause(c).is_none());
                let clauses: Vec<&str> =
                    [text.as_str()].into_iter().filter(|t| !t.is_empty()).chain(others).collect();
                ends = clauses.join(" ; ");
            }
            Edit::Whole(pipeline) => return pipeline.to_string(),
            _ => return self.text.clone(),
        }
        let gap = if stages.is_empty() { "" } else { " " };
        let ends = if ends.is_empty() { ends } else { format!("{gap}; {ends}") };
        stages.join(" | ") + &ends
    }
}

/// The texts of the stages, and what stands after them.
fn parts(text: &str) -> (Vec<&str>, &str) {
    let (line, ends) = text.split_once(';').unwrap_or((text, ""));
    let stages = if line.trim().is_empty() { Vec::new() } else { line.split('|').map(str::trim).collect() };
    (stages, ends.trim())
}

/// A stage's text with `no-cancel`, unless it honours a cancellation.
fn marked(stage: &str, honours_cancel: bool) -> String {
    if honours_cancel { stage.to_owned() } else { format!("{stage} no-cancel") }
}
