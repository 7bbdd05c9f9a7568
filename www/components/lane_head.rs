//! The head of a lane: who it is and what it does now.

use super::{Glyph, icon};
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

/// A goroutine's name and state; choosing it marks its lane.
pub fn lane_head(frame: &Frame, task: TaskId, selected: bool, act: &Callback<Action>) -> Html {
    let view = &frame.now;
    let Some(lane) = view.lane(task) else {
        return html! { <li key={task.0} class="lane-head unborn"><span class="mono">{ task.to_string() }</span></li> };
    };
    let finding = frame.finding(task);
    let stuck = finding.is_some();
    let told = frame.told(task).map_or_else(|| look::told(lane, view), str::to_owned);
    let select = act.reform({
        let next = (!selected).then_some(task);
        move |_| Action::Select(next)
    });
    let class = look::class(lane, view, stuck);
    let word = look::word(lane, view, finding.map(|f| f.kind));
    html! {
        <li key={task.0} class="lane-head">
            <button type="button" aria-pressed={selected.to_string()} title={told} onclick={select}>
                <span class={classes!("badge", class)}>{ icon(glyph(lane, stuck), 14) }</span>
                <span class="mono">{ task.to_string() }</span>
                <span class="lane-name">{ lane.title() }<span class="origin muted">{ look::origin(lane) }</span></span>
                <span class={classes!("word", class)}>{ word }</span>
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
