//! What happened in the step, and what each waiting goroutine waits for.

use crate::{
    engine::Frame,
    model::{
        lane::{Lane, State},
        look, sentence,
        session::Action,
    },
};
use fanin::probe::TaskId;
use yew::prelude::*;

/// The most waits that are told at once.
const MOST: usize = 24;

/// The step in a sentence, and what the chosen goroutine is at.
pub fn this_step(frame: &Frame, selected: Option<TaskId>) -> Html {
    let view = &*frame.now;
    html! {
        <div role="group" class="panel this-step" aria-label="This step">
            <div class="panel-head">
                <h2>{ if view.step == 0 { "Before the first step".to_owned() } else { format!("Step {}", view.step) } }</h2>
                <span class="muted num" title="Virtual time">{ sentence::duration(view.at) }</span>
            </div>
            <p class="story" data-testid="story">{ sentence::step(frame.events(), view) }</p>
            if let Some(lane) = selected.and_then(|t| view.lane(t)) {
                <p class="inspect">{ look::told(lane, view) }
                    if let Some(place) = &lane.place { <span class="muted mono">{" "}{ place.to_string() }</span> }
                </p>
            }
        </div>
    }
}

/// What each waiting goroutine waits for.
pub fn waits(frame: &Frame, selected: Option<TaskId>, act: &Callback<Action>) -> Html {
    let view = &*frame.now;
    let waiting: Vec<_> = view.lanes.iter().filter(|l| matches!(l.state, State::Blocked(_))).collect();
    html! {
        <section class="panel" aria-label="Waiting">
            <div class="panel-head"><h2>{"Waiting"}</h2><span class="muted num">{ waiting.len() }</span></div>
            if waiting.is_empty() {
                <p class="muted">{"Nobody waits."}</p>
            }
            <ul class="waits" data-testid="waits">
                for lane in waiting.iter().take(MOST) { { wait(lane, frame, selected, act) } }
            </ul>
            if waiting.len() > MOST {
                <p class="muted">{ format!("and {} more", waiting.len() - MOST) }</p>
            }
        </section>
    }
}

fn wait(lane: &Lane, frame: &Frame, selected: Option<TaskId>, act: &Callback<Action>) -> Html {
    let view = &frame.now;
    let (task, stuck) = (lane.task, frame.finding(lane.task).is_some());
    let select = act.reform(move |_| Action::Select(Some(task)));
    let told = lane.op().map(|op| look::waits(op, view)).unwrap_or_default();
    html! {
        <li key={task.0}>
            <button type="button" onclick={select} aria-pressed={(selected == Some(task)).to_string()}>
                <span class={classes!("mono", "who", look::class(lane, view, stuck))}>{ task.to_string() }</span>
                <span>
                    if !lane.title().is_empty() { <b>{ lane.title() }</b>{" "} }
                    { told }
                    <span class="muted num">{ format!(" · since step\u{a0}{}", lane.since) }</span>
                </span>
            </button>
        </li>
    }
}
