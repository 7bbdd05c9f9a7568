//! Whether the stages stand in an order that can run.

use super::{
    diagnostic::{Diagnostic, Report},
    limits,
    print::Spans,
    stage::{Kind, Stage},
};

/// Adds to `found` what is wrong with the order of the stages.
pub(super) fn check(stages: &[&Stage], spans: &Spans, found: &mut Vec<Diagnostic>) {
    let mut walk = Walk { spans, found, open: Vec::new(), copies: 0, widest: 0 };
    for (i, Stage { kind, .. }) in (0..).zip(stages) {
        if i == 0 && !kind.is_source() {
            walk.report(i, "A pipeline begins with a source.", "For example `range 1..12`.");
        } else if i > 0 && kind.is_source() {
            walk.report(i, "Only the first stage can be a source.", "");
        }
        if kind.starts_tasks() {
            walk.copies = walk.copies.saturating_add(walk.side_by_side());
        }
        match kind {
            Kind::FanOut(workers) => walk.enter(i, kind, *workers, Branches::Workers),
            Kind::Tee => walk.enter(i, kind, 1, Branches::First),
            Kind::And => walk.divide(i),
            Kind::FanIn => walk.leave(i),
            _ => {}
        }
    }
    walk.end();
}

/// A fan-out or tee that is not merged yet.
struct Open {
    index: u32,
    name: &'static str,
    /// How many copies of a stage in it run side by side.
    copies: u32,
    branches: Branches,
}

#[derive(PartialEq, Eq)]
enum Branches {
    Workers,
    First,
    Second,
}

struct Walk<'a> {
    spans: &'a Spans,
    found: &'a mut Vec<Diagnostic>,
    open: Vec<Open>,
    /// Of all stages so far.
    copies: u32,
    /// The last fan-out.
    widest: u32,
}

impl Walk<'_> {
    fn report(&mut self, index: u32, message: &str, help: &str) {
        let help = Some(help.to_owned()).filter(|help| !help.is_empty());
        let span = self.spans.stages[index as usize].clone();
        Report { stage: Some(index), found: self.found }.add(span, message, help);
    }

    fn side_by_side(&self) -> u32 {
        self.open.last().map_or(1, |open| open.copies)
    }

    fn enter(&mut self, index: u32, kind: &Kind, workers: u32, branches: Branches) {
        let copies = self.side_by_side().saturating_mul(workers);
        self.open.push(Open { index, name: kind.name(), copies, branches });
        if workers > 1 {
            self.widest = index;
        }
        if self.open.len() > limits::DEPTH as usize {
            self.report(index, &format!("Sections lie at most {} deep.", limits::DEPTH), "");
        }
    }

    fn divide(&mut self, index: u32) {
        match self.open.last_mut().map(|open| &mut open.branches) {
            Some(branches @ Branches::First) => *branches = Branches::Second,
            Some(Branches::Second) => self.report(index, "A tee has two branches.", ""),
            _ => self.report(index, "`and` divides a tee, and there is none here.", ""),
        }
    }

    fn leave(&mut self, index: u32) {
        match self.open.pop() {
            Some(Open { index: tee, branches: Branches::First, .. }) => {
                self.report(tee, "This tee has one branch.", "Write `and` between its two branches.");
            }
            Some(_) => {}
            None => {
                let help = "It needs a `fan-out` or a `tee` before it.";
                self.report(index, "There is nothing to merge here.", help);
            }
        }
    }

    fn end(mut self) {
        for Open { index, name, .. } in std::mem::take(&mut self.open) {
            let message = format!("Nothing merges this `{name}`.");
            self.report(index, &message, "Write `fan-in` after its last stage.");
        }
        if self.copies > limits::COPIES {
            let (copies, most) = (self.copies, limits::COPIES);
            let message = format!("{copies} copies of stages would run, and {most} is the most.");
            self.report(self.widest, &message, "Take fewer workers.");
        }
    }
}
