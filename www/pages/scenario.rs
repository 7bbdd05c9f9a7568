//! A scenario: its source beside its run; a mistake beside its repair, on one transport.

use super::bench::Bench;
use crate::{
    components::{CounterBar, Findings, Lanes, SourceView},
    hooks::{Playground, Shown},
    model::{
        link::{Link, Open},
        session::{Action, Page},
    },
};
use fanin::scenario::{Form, Scenario};
use yew::prelude::*;

#[derive(Properties)]
pub struct ScenarioPageProps {
    pub state: Playground,
    pub act: Callback<Action>,
}

/// The state is new whenever the page is drawn.
impl PartialEq for ScenarioPageProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// The page.
#[component]
pub fn ScenarioPage(props: &ScenarioPageProps) -> Html {
    let Page::Scenario { single, .. } = props.state.session.page else { return Html::default() };
    let shown = &props.state.shown;
    let pair = shown.len() > 1;
    html! {
        <main id="main" class="scenario" tabindex="-1">
            <nav class="crumbs" aria-label="Where this is">
                <a href="#v1/gallery">{"Gallery"}</a>
                { views(shown, single) }
            </nav>
            <div class={classes!("runs", pair.then_some("pair"))}>
                for s in shown { { run(s, pair, props) } }
            </div>
            <Bench state={props.state.clone()} act={props.act.clone()} />
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

fn run(shown: &Shown, pair: bool, props: &ScenarioPageProps) -> Html {
    let Some(scenario) = shown.scenario else { return Html::default() };
    let (session, act, frame) = (&props.state.session, &props.act, &shown.frame);
    html! {
        <section key={scenario.id} class="run" aria-label={scenario.title} data-testid={scenario.id}>
            <header class="run-head">
                { form(scenario) }
                if pair { <h2>{ scenario.title }</h2> } else { <h1>{ scenario.title }</h1> }
                <p class="muted">{ scenario.about }</p>
            </header>
            <div class="run-body">
                <SourceView source={scenario.rust} frame={frame.clone()} />
                <div class="run-view">
                    <CounterBar frame={frame.clone()} filter={session.filter} act={act.clone()} />
                    <Findings frame={frame.clone()} act={act.clone()} />
                    <Lanes frame={frame.clone()} selected={session.selected} filter={session.filter} act={act.clone()} />
                    if !frame.now.outputs.is_empty() {
                        <p class="outputs"><span class="muted">{"out: "}</span>
                            for output in frame.now.outputs.iter().rev().take(40).collect::<Vec<_>>().into_iter().rev() {
                                <code>{ output.value.to_string() }</code>{" "}
                            }
                        </p>
                    }
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
