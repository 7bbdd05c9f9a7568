//! The transport bar of a page with runs.

use crate::{
    components::Transport,
    hooks::Playground,
    model::{sentence, session::Action},
};
use yew::prelude::*;

#[derive(Properties)]
pub struct BenchProps {
    pub state: Playground,
    pub act: Callback<Action>,
}

/// The state is new whenever the page is drawn.
impl PartialEq for BenchProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// The bar that drives every run on the page at once.
#[component]
pub fn Bench(props: &BenchProps) -> Html {
    let Playground { session, shown } = &props.state;
    let story = shown.first().map(|s| sentence::step(&s.frame.events, &s.frame.now)).unwrap_or_default();
    html! {
        <div class="bench-bar">
            <Transport t={session.t} last={props.state.last()} ended={props.state.ended()} playing={session.playing} speed={session.speed}
                seed={session.key.seed} cancel={props.state.can_cancel().then_some(session.key.cancel)} {story}
                marks={props.state.marks().collect::<Vec<_>>()} act={props.act.clone()} />
        </div>
    }
}
