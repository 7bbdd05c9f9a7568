//! A scenario: its source beside its run; a mistake beside its repair, on one transport.

use crate::{
    components::{Explore, Lanes, SourceView, counters, findings, log, objects, order, transport},
    engine::Program,
    hooks::{Playground, Shown},
    model::{
        link::{Link, Open},
        session::{Action, Page},
    },
};
use fanin::scenario::{Form, Scenario};
use yew::prelude::*;

/// The page.
pub fn scenario(state: &Playground, act: &Callback<Action>) -> Html {
    let Page::Scenario { single, .. } = state.session.page else { return Html::default() };
    let shown = &state.shown;
    let pair = shown.len() > 1;
    html! {
        <main id="main" class="scenario" tabindex="-1">
            if pair { <h1 class="visually-hidden">{"A mistake and its repair"}</h1> }
            <nav class="crumbs" aria-label="Where this is">
                <a href="#v1/gallery">{"Gallery"}</a>
                { views(shown, single) }
            </nav>
            <div class={classes!("runs", pair.then_some("pair"))}>
                for s in shown { { run(s, pair, state, act) } }
            </div>
            { transport(state, act) }
        </main>
    }
}

/// Bug, fix, or both.
fn views(shown: &[Shown], single: bool) -> Html {
    let Some(first) = shown.first().and_then(|s| s.scenario) else { return Html::default() };
    let Some(partner) = first.form.partner() else { return Html::default() };
    let (bug, fix) = if let Form::Fix { bug } = first.form { (bug, first.id) } else { (first.id, partner) };
    let one = |id: &str| Link { single: true, ..Link::to(Open::Scenario(id.into())) }.to_string();
    let current = |here: bool| here.then_some("page");
    html! {
        <span class="segmented">
            <a href={Link::to(Open::Scenario(bug.into())).to_string()} aria-current={current(!single)}>{"Side by side"}</a>
            <a href={one(bug)} aria-current={current(single && first.id == bug)}>{"Bug"}</a>
            <a href={one(fix)} aria-current={current(single && first.id == fix)}>{"Fix"}</a>
        </span>
    }
}

fn run(shown: &Shown, pair: bool, state: &Playground, act: &Callback<Action>) -> Html {
    let Some(scenario) = shown.scenario else { return Html::default() };
    let (session, frame) = (&state.session, &shown.frame);
    html! {
        <section key={scenario.id} class="run" aria-label={scenario.title} data-testid={scenario.id}>
            <header class="run-head">
                { form(scenario) }
                if pair { <h2>{ scenario.title }</h2> } else { <h1>{ scenario.title }</h1> }
                <p class="muted">{ scenario.about }</p>
            </header>
            <div class="run-body">
                <SourceView rust={scenario.rust} go={scenario.go} frame={frame.clone()} />
                <div class="run-view">
                    { counters(frame, session.filter, act) }
                    { findings(frame, act) }
                    <Lanes frame={frame.clone()} selected={session.selected} filter={session.filter} act={act.clone()} />
                    { order(frame) }
                    { objects(frame) }
                    <Explore program={Program::Scenario(scenario)} open={Open::Scenario(scenario.id.into())} />
                    if !pair { { log(frame, act) } }
                </div>
            </div>
        </section>
    }
}

fn form(scenario: &Scenario) -> Html {
    let (class, word) = match scenario.form {
        Form::Bug { .. } => ("form bug", "Bug"),
        Form::Fix { .. } => ("form fix", "Fix"),
        Form::Plain => return Html::default(),
    };
    html! { <span {class}>{ word }</span> }
}
