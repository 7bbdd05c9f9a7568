//! The head of a lane: who it is and what it does now.

use super::{Glyph, Icon};
use crate::{
    engine::Frame,
    model::{
        lane::{Lane, Look, State},
        look,
        session::Action,
    },
};
use fanin::probe::TaskId;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LaneHeadProps {
    pub task: TaskId,
    pub frame: Frame,
    pub selected: bool,
    pub act: Callback<Action>,
}

/// A goroutine's name and state; choosing it marks its lane.
#[component]
pub fn LaneHead(props: &LaneHeadProps) -> Html {
    let (task, view) = (props.task, &props.frame.now);
    let Some(lane) = view.lane(task) else {
        return html! { <li class="lane-head unborn"><span class="mono">{ task.to_string() }</span></li> };
    };
    let finding = props.frame.finding(task);
    let stuck = finding.is_some();
    let told = match finding {
        Some(finding) => finding.message.clone(),
        None => look::told(lane, view),
    };
    let select = props.act.reform({
        let next = (!props.selected).then_some(task);
        move |_| Action::Select(next)
    });
    html! {
        <li class="lane-head">
            <button type="button" aria-pressed={props.selected.to_string()} title={told.clone()}
                aria-label={told} onclick={select}>
                <span class={classes!("badge", look::class(lane, view, stuck))}>
                    <Icon glyph={glyph(lane, stuck)} size=14 />
                </span>
                <span class="mono">{ task.to_string() }</span>
                <span class="lane-name">{ &*lane.name }{ if task == TaskId::MAIN && lane.name.is_empty() { "main" } else { "" } }</span>
                <span class={classes!("word", look::class(lane, view, stuck))}>{ look::word(lane, view, finding.map(|f| f.kind)) }</span>
            </button>
        </li>
    }
}

fn glyph(lane: &Lane, stuck: bool) -> Glyph {
    match (&lane.state, lane.look()) {
        _ if stuck => Glyph::Leak,
        _ if lane.fault.is_some() => Glyph::Fault,
        (State::Ready(_), _) => Glyph::Running,
        (_, Look::Send) => Glyph::Send,
        (_, Look::Recv) => Glyph::Recv,
        (_, Look::Sleep) => Glyph::Sleep,
        (_, Look::Ended) => Glyph::Ended,
        _ => Glyph::Wait,
    }
}
