//! Where a scenario stands in the gallery, and the way to its neighbours.

use crate::model::{
    link::{Link, RunKey},
    session::{Page, Session},
};
use fanin::scenario::{self, Form, Scenario};
use yew::prelude::*;

/// The line above a scenario.
pub fn crumbs(session: &Session) -> Html {
    let Page::Scenario { id, single } = session.page else { return Html::default() };
    let Some(scenario) = scenario::find(id) else { return Html::default() };
    // A repair is found with its mistake.
    let entry = if let Form::Fix { bug } = scenario.form { bug } else { id };
    let chapters = scenario::CHAPTERS.iter();
    let entries: Vec<_> = chapters.flat_map(|c| entries(c.scenarios).map(move |s| (c, s))).collect();
    let at = entries.iter().position(|(_, s)| s.id == entry).unwrap_or_default();
    let neighbour = |label: &'static str, at: Option<usize>| {
        at.and_then(|at| entries.get(at)).map(|(_, s)| {
            html! { <a href={session.to_scenario(s.id).to_string()} title={s.title}>{ label }</a> }
        })
    };
    html! {
        <nav class="crumbs" aria-label="Where this is">
            <span class="place">
                <a href="#v1/gallery">{"Gallery"}</a>
                <span class="muted">{ entries[at].0.title }</span>
            </span>
            <span class="neighbours">
                { neighbour("Previous", at.checked_sub(1)) }
                <span class="muted num">{ format!("{} of {}", at + 1, entries.len()) }</span>
                { neighbour("Next", Some(at + 1)) }
            </span>
            { views(session, scenario, single) }
        </nav>
    }
}

/// The scenarios that have a card of their own.
pub fn entries(scenarios: &[Scenario]) -> impl Iterator<Item = &Scenario> {
    scenarios.iter().filter(|s| !matches!(s.form, Form::Fix { .. }))
}

/// The address of a mistake or its repair without the other, under the same seed.
pub fn alone(session: &Session, id: &str) -> Link {
    let run = RunKey { seed: session.key.seed, ..RunKey::default() };
    Link { run, single: true, ..session.to_scenario(id) }
}

/// Bug, fix, or both.
fn views(session: &Session, scenario: &Scenario, single: bool) -> Html {
    let Some(partner) = scenario.form.partner() else { return Html::default() };
    let (bug, fix) =
        if let Form::Fix { bug } = scenario.form { (bug, scenario.id) } else { (scenario.id, partner) };
    let view = |id: &str, single_view: bool, label: &'static str| {
        let link = Link { single: single_view, ..alone(session, id) };
        let here = single_view == single && (!single_view || id == scenario.id);
        html! { <a href={link.to_string()} aria-current={here.then_some("page")}>{ label }</a> }
    };
    html! {
        <span class="segmented" title="From bug to fix and back (b)">
            { view(bug, false, "Side by side") }{ view(bug, true, "Bug") }{ view(fix, true, "Fix") }
        </span>
    }
}
