//! Who could act next; choosing one takes its step instead of the seed's.

use crate::{
    engine::Frame,
    model::{look, sentence, session::Action},
};
use yew::prelude::*;

/// The most that are listed: there is a key for each.
const MOST: usize = 9;

/// The enabled steps.
pub fn next(frame: &Frame, picks: usize, act: &Callback<Action>) -> Html {
    let view = &frame.now;
    let next = &frame.next;
    html! {
        <section class="panel next-steps" aria-label="Next">
            <div class="panel-head">
                <h2>{"Next"}</h2>
                if picks > 0 {
                    <button type="button" class="inline" data-testid="unpick" onclick={act.reform(|_| Action::Unpick)}>
                        { if picks == 1 { "undo your choice".to_owned() } else { format!("undo your {picks} choices") } }
                    </button>
                }
            </div>
            if frame.outcome.is_some() {
                <p class="muted">{"The run is over."}</p>
            } else if next.is_empty() {
                <p class="muted">{"Nobody can move: the clock goes to the next timer."}</p>
            }
            <ol class="next" data-testid="next">
                for (i, choice) in next.iter().take(MOST).enumerate() {
                    <li key={i}>
                        <button type="button" title="Let it act now" onclick={pick(frame, i, act)}>
                            <kbd aria-hidden="true">{ i + 1 }</kbd>
                            <span><b>{ sentence::name(choice.task, view) }</b>{": "}{ look::next(choice.task, choice.op.as_ref(), view) }</span>
                        </button>
                    </li>
                }
            </ol>
            if let Some(more @ 1..) = next.len().checked_sub(MOST) {
                <p class="muted">{ format!("and {more} more") }</p>
            }
        </section>
    }
}

fn pick(frame: &Frame, i: usize, act: &Callback<Action>) -> Callback<MouseEvent> {
    let task = frame.next[i].task;
    act.reform(move |_| Action::Pick(task))
}
