//! The state of the page: a session, and the runs that it asks for.

use super::browser::millis;
use crate::{
    engine::{Frame, Program, Run},
    model::{
        lane::Lane,
        message::Mark,
        session::{Action, Page, Session},
    },
};
use fanin::{
    probe::TaskId,
    scenario::{self, Scenario},
};
use std::{cell::RefCell, rc::Rc};
use yew::prelude::*;

/// How long the page may be kept busy by a run at a time, in milliseconds: what is seen then is drawn as well.
const SLICE: f64 = 6.0;

/// A program on the page, its run, and what is seen of it.
#[derive(Clone)]
pub struct Shown {
    pub scenario: Option<&'static Scenario>,
    pub frame: Frame,
    /// Shared with the states before: a run only ever grows, so that none can tell.
    run: Rc<RefCell<Run>>,
}

/// The state of the page.
#[derive(Clone)]
pub struct Playground {
    pub session: Session,
    /// One, or a mistake beside its repair, or none.
    pub shown: Vec<Shown>,
}

impl Playground {
    fn open(fragment: &str) -> Self {
        let mut playground = Self { session: Session::open(fragment), shown: Vec::new() };
        if playground.session.playing && calm() {
            playground.session.apply(Action::ToEnd);
        }
        playground.start();
        playground.look();
        playground
    }

    /// The last step that is known of any run.
    pub fn last(&self) -> u32 {
        self.shown.iter().map(|s| s.frame.last()).max().unwrap_or(0)
    }

    /// True if no run can go on.
    pub fn ended(&self) -> bool {
        self.shown.iter().all(|s| s.frame.ended)
    }

    /// The moments worth a mark, of every run.
    pub fn marks(&self) -> impl Iterator<Item = Mark> {
        self.shown.iter().flat_map(|s| s.frame.whole.marks.iter().copied())
    }

    /// The goroutines of every run, each with its first step and its last; or, of those that leaked, with the step
    /// since which they have.
    pub fn spans(&self, leaked: bool) -> impl Iterator<Item = (u32, Option<u32>)> {
        let lanes =
            self.shown.iter().flat_map(|s| s.frame.whole.lanes.iter().map(move |lane| (lane, &s.frame)));
        lanes.filter(move |(lane, frame)| !leaked || frame.finding(lane.task).is_some()).map(
            move |(lane, _)| {
                let first = if leaked { lane.since } else { lane.segments[0].from.saturating_sub(1) };
                (first, lane.is_ended().then_some(lane.since))
            },
        )
    }

    /// The steps of a goroutine, as far as they are known.
    pub fn acts(&self, task: TaskId) -> impl Iterator<Item = u32> {
        self.shown.iter().filter_map(move |s| s.frame.whole.lane(task)).take(1).flat_map(Lane::acts)
    }

    /// True if the run can be cancelled from outside.
    pub fn can_cancel(&self) -> bool {
        self.session.page == Page::Playground
    }

    /// The goroutine that is `by` lanes below the given one.
    pub fn lane_after(&self, task: Option<TaskId>, by: isize) -> Option<TaskId> {
        let lanes = &self.shown.first()?.frame.whole.lanes;
        let at = task.and_then(|task| lanes.iter().position(|l| l.task == task));
        let to = at.map_or(0, |at| at.saturating_add_signed(by).min(lanes.len().saturating_sub(1)));
        lanes.get(to).map(|l| l.task)
    }

    /// True at the end of what can happen.
    pub fn is_over(&self) -> bool {
        self.ended() && self.session.t >= self.last()
    }

    fn start(&mut self) {
        let key = &self.session.key;
        self.shown = programs(&self.session)
            .into_iter()
            .map(|program| {
                let run = Run::new(&program, key.clone());
                let scenario = if let Program::Scenario(s) = program { Some(s) } else { None };
                Shown { scenario, frame: run.frame(), run: Rc::new(RefCell::new(run)) }
            })
            .collect();
    }

    /// Gets on towards what is asked for, for a slice of time; true if nothing is left to do.
    pub fn prepare(&self) -> bool {
        let end = millis() + SLICE;
        let t = self.session.goal.unwrap_or(self.session.t);
        self.shown.iter().all(|s| s.run.borrow_mut().prepare(t, || millis() >= end))
    }

    /// Shows what is asked for, unless that takes more time than the page can stand still.
    fn look(&mut self) {
        if !self.prepare() {
            return self.session.wait(self.shown.iter().map(|s| s.frame.t()).max().unwrap_or(0));
        }
        let t = self.session.goal.unwrap_or(self.session.t);
        let reached = self.shown.iter().map(|s| s.run.borrow().reached(t)).max();
        self.session.reached(reached.unwrap_or(t));
        for shown in &mut self.shown {
            shown.frame = shown.run.borrow().frame();
        }
    }
}

impl Reducible for Playground {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        let at_end = self.is_over() && self.session.t > 0;
        if at_end && action == Action::TogglePlay && !self.session.playing {
            next.session.apply(Action::Seek(0));
        }
        let goes = matches!(action, Action::Open(_));
        next.session.apply(action);
        if !next.session.same_run(&self.session) {
            next.start();
            // Whoever compares how runs end need not go to the end of each.
            if at_end && !goes {
                next.session.apply(Action::ToEnd);
            }
        }
        next.look();
        Rc::new(next)
    }
}

/// True if whoever looks at the page asked for nothing to move by itself.
fn calm() -> bool {
    let query = web_sys::window().map(|w| w.match_media("(prefers-reduced-motion: reduce)"));
    query.and_then(|q| q.ok().flatten()).is_some_and(|q| q.matches())
}

/// What the session runs: a scenario that has a partner beside it, the mistake first.
fn programs(session: &Session) -> Vec<Program> {
    match session.page {
        Page::Playground => vec![Program::Pipeline(session.editor.good.clone())],
        Page::Gallery => Vec::new(),
        Page::Scenario { id, single } => {
            let scenario = scenario::find(id);
            let partner = scenario.filter(|_| !single).and_then(|s| scenario::find(s.form.partner()?));
            let mut pair: Vec<_> = scenario.into_iter().chain(partner).collect();
            if pair.first().is_some_and(|s| matches!(s.form, scenario::Form::Fix { .. })) {
                pair.reverse();
            }
            pair.into_iter().map(Program::Scenario).collect()
        }
    }
}

/// The state of the page, from the address that it was opened with.
#[hook]
pub fn use_playground() -> UseReducerHandle<Playground> {
    use_reducer(|| Playground::open(&super::use_address::fragment()))
}
