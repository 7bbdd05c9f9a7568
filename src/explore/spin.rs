//! Tasks that spin: they look again and again at what has not changed.
//!
//! A step that changes nothing (a default, a yield, a try or a look in vain) may be repeated from the same line
//! a few times; then its task has to wait until a step that the looks depend on. Which steps those are does not
//! depend on the order of independent ones, so equivalent schedules spin alike.

use super::footprint::Footprint;
use crate::{
    probe::{Access, Event, Op, TaskId, What},
    sim::Tasks,
};

/// How many rounds more a task may spin when nobody else can move, so that a loop with an end reaches it.
const LAST_ROUNDS: u32 = 100;

struct Look {
    /// The event that announced it.
    did: Event,
    footprint: Footprint,
    times: u32,
}

impl Look {
    /// True if that announces the same operation, from the same line.
    fn is(&self, next: &Event) -> bool {
        self.did.what == next.what && self.did.place == next.place
    }
}

/// What each task has looked at in vain since it, or what it looked at, last changed.
pub(super) struct Spins {
    patience: u32,
    looks: Vec<(TaskId, Look)>,
}

impl Spins {
    /// Lets each look be repeated this many times.
    pub(super) fn new(patience: u32) -> Self {
        Self { patience, looks: Vec::new() }
    }

    /// Takes note of a step, and of its footprint where that matters.
    pub(super) fn note(
        &mut self,
        task: TaskId,
        did: Option<&Event>,
        footprint: impl FnOnce() -> Footprint,
        events: &[Event],
    ) {
        let nothing_new = events.iter().all(|e| changes_nothing(&e.what));
        match did {
            None if nothing_new => {}
            Some(did) if nothing_new && can_be_in_vain(&did.what) => {
                match self.looks.iter_mut().find(|(looker, look)| *looker == task && look.is(did)) {
                    Some((_, look)) => look.times += 1,
                    None => {
                        self.looks.push((task, Look { did: did.clone(), footprint: footprint(), times: 1 }));
                    }
                }
            }
            _ if self.looks.is_empty() => {}
            _ => {
                let footprint = footprint();
                let sees =
                    |(looker, look): &&(TaskId, Look)| *looker == task || look.footprint.depends(&footprint);
                let seeing: Tasks = self.looks.iter().filter(sees).map(|(looker, _)| *looker).collect();
                self.looks.retain(|(looker, _)| !seeing.contains(*looker));
            }
        }
    }

    /// True if any task has looked in vain.
    pub(super) fn any(&self) -> bool {
        !self.looks.is_empty()
    }

    /// True if this task has looked often enough at what it would look at next.
    pub(super) fn is_tired(&self, task: TaskId, next: Option<&Event>, nobody_else: bool) -> bool {
        let Some(next) = next else { return false };
        let most = if nobody_else { self.patience.saturating_add(LAST_ROUNDS) } else { self.patience };
        self.looks.iter().any(|(looker, look)| *looker == task && look.times >= most && look.is(next))
    }

    /// Time has passed: whatever was looked at may have changed.
    pub(super) fn forget(&mut self) {
        self.looks.clear();
    }
}

fn can_be_in_vain(announced: &What) -> bool {
    let What::Next { op } = announced else { return false };
    matches!(
        op,
        Op::Select { default: true, .. }
            | Op::Yield
            | Op::TryLock { .. }
            | Op::TryAcquire { .. }
            | Op::Access { .. }
    )
}

fn changes_nothing(what: &What) -> bool {
    matches!(
        what,
        What::Default
            | What::Yield
            | What::Next { .. }
            | What::Look { .. }
            | What::Access { access: Access::Read, .. }
            | What::Memory { access: Access::Read, .. }
    )
}
