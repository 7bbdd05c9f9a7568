//! The latest steps in words: the lanes for those who read, or listen.

use crate::{
    engine::{Frame, RECENT},
    model::{sentence, session::Action},
};
use fanin::probe::Event;
use yew::prelude::*;

/// The steps before the one that is shown, and that one first.
pub fn log(frame: &Frame, act: &Callback<Action>) -> Html {
    let steps: Vec<_> = frame.recent.chunk_by(|a, b| a.step == b.step).filter(|s| s[0].step > 0).collect();
    html! {
        <div role="group" class="log" aria-label="Log">
            <ol reversed=true data-testid="log">
                for events in steps.into_iter().rev() { { row(events, frame, act) } }
            </ol>
        </div>
    }
}

fn row(events: &[Event], frame: &Frame, act: &Callback<Action>) -> Html {
    let step = events[0].step;
    let current = (step == frame.t()).then_some("step");
    // One stop for the Tab key: the keys that step go through the rest.
    let stop = if current.is_some() { "0" } else { "-1" };
    html! {
        // When steps fly by, no row is made: each that goes becomes one that comes.
        <li key={step % (RECENT + 1)}>
            <button type="button" tabindex={stop} aria-current={current} onclick={act.reform(move |_| Action::Seek(step))}>
                <span class="num muted">{ step }</span><span>{ sentence::step(events, &frame.now) }</span>
            </button>
        </li>
    }
}
