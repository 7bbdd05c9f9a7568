//! A scenario: its source beside its run; a mistake beside its repair, on one transport.

use super::crumbs::crumbs;
use crate::{
    components::{
        Explore, Lanes, SourceView, channels, counters, findings, log, next, objects, order, this_step,
        transport,
    },
    engine::Program,
    hooks::{Fetched, Playground, Shown},
    model::{
        link::Link,
        session::{Action, Page},
        syntax::Language,
    },
};
use fanin::scenario::{Form, Scenario};
use yew::prelude::*;

/// The page.
pub fn scenario(state: &Playground, sources: &Fetched, act: &Callback<Action>) -> Html {
    if !matches!(state.session.page, Page::Scenario { .. }) {
        return Html::default();
    }
    let shown = &state.shown;
    let pair = shown.len() > 1;
    html! {
        <main id="main" class="scenario" tabindex="-1">
            if pair { <h1 class="visually-hidden">{"A mistake and its repair"}</h1> }
            { crumbs(&state.session) }
            <div class={classes!("runs", pair.then_some("pair"))}>
                for s in shown { { run(s, pair, state, sources, act) } }
            </div>
            { transport(state, act) }
        </main>
    }
}

fn run(shown: &Shown, pair: bool, state: &Playground, sources: &Fetched, act: &Callback<Action>) -> Html {
    let Some(scenario) = shown.scenario else { return Html::default() };
    let (session, frame) = (&state.session, &shown.frame);
    let in_go = (session.code == Language::Go).then_some("in-go");
    html! {
        <section key={scenario.id} class={classes!("run", in_go)} aria-label={scenario.title} data-testid={scenario.id}>
            <header class="run-head">
                { form(scenario) }
                if pair { <h2>{ scenario.title }</h2> } else { <h1>{ scenario.title }</h1> }
                <p class="muted">{ scenario.about }</p>
            </header>
            <div class="run-body">
                <SourceView rust={scenario.rust} go={scenario.go} sources={sources.clone()} language={session.code} frame={frame.clone()} act={act.clone()} />
                <div class="run-view">
                    { counters(frame, session.filter, act) }
                    <Lanes frame={frame.clone()} selected={session.selected} filter={session.filter} fit={session.fit} act={act.clone()} />
                    // Below the lanes, so that those of a pair stay side by side.
                    { findings(frame, Some(scenario), act) }
                    { this_step(frame, session.selected) }
                    if !pair { { next(frame, session.key.picks.len(), act) } }
                    <Explore program={Program::Scenario(scenario)} link={Link { single: true, ..session.to_scenario(scenario.id) }} single_keys={session.single_keys} />
                    { order(frame) }
                    { channels(frame) }
                    { objects(frame) }
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
