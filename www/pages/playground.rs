//! The playground: a pipeline to build, run and look into.

use super::bench::Bench;
use crate::{
    components::{Channels, CounterBar, Findings, Lanes, Next, Order, StageList, Story, TextEditor},
    hooks::Playground,
    model::session::Action,
};
use yew::prelude::*;

#[derive(Properties)]
pub struct PlaygroundPageProps {
    pub state: Playground,
    pub act: Callback<Action>,
}

/// The state is new whenever the page is drawn.
impl PartialEq for PlaygroundPageProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// The page.
#[component]
pub fn PlaygroundPage(props: &PlaygroundPageProps) -> Html {
    let (session, act) = (&props.state.session, &props.act);
    let Some(shown) = props.state.shown.first() else { return Html::default() };
    let frame = &shown.frame;
    html! {
        <main id="main" class="workbench" tabindex="-1">
            <h1 class="visually-hidden">{"Playground"}</h1>
            <div class="side">
                <TextEditor editor={session.editor.clone()} act={act.clone()} />
                <StageList editor={session.editor.clone()} frame={frame.clone()} act={act.clone()} />
            </div>
            <div class="stage">
                <CounterBar frame={frame.clone()} filter={session.filter} act={act.clone()} />
                <Findings frame={frame.clone()} act={act.clone()} />
                <Lanes frame={frame.clone()} selected={session.selected} filter={session.filter} act={act.clone()} />
                <Bench state={props.state.clone()} act={act.clone()} />
            </div>
            <div class="side">
                <Story frame={frame.clone()} selected={session.selected} act={act.clone()} />
                <Next frame={frame.clone()} picks={session.key.picks.len()} act={act.clone()} />
                <Order frame={frame.clone()} />
                <Channels frame={frame.clone()} />
            </div>
        </main>
    }
}
