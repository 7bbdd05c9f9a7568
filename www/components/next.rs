//! Who could act next; choosing one takes its step instead of the seed's.

use crate::{
    engine::Frame,
    model::{sentence, session::Action},
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct NextProps {
    pub frame: Frame,
    /// How many steps were chosen by hand.
    pub picks: usize,
    pub act: Callback<Action>,
}

/// The enabled steps.
#[component]
pub fn Next(props: &NextProps) -> Html {
    let view = &props.frame.now;
    let next = &props.frame.next;
    html! {
        <section class="panel" aria-label="Next">
            <div class="panel-head">
                <h2>{"Next"}</h2>
                if props.picks > 0 {
                    <button type="button" class="inline" data-testid="unpick" onclick={props.act.reform(|_| Action::Unpick)}>
                        { format!("undo {} of your choices", props.picks) }
                    </button>
                }
            </div>
            if props.frame.outcome.is_some() {
                <p class="muted">{"The run is over."}</p>
            } else if next.is_empty() {
                <p class="muted">{"Nobody can move: the clock goes to the next timer."}</p>
            }
            <ol class="next" data-testid="next">
                for (i, choice) in next.iter().take(9).enumerate() {
                    <li key={i}>
                        <button type="button" title="Let it act now" onclick={pick(props, i)}>
                            <kbd aria-hidden="true">{ i + 1 }</kbd>
                            <span><b>{ sentence::name(choice.task, view) }</b>{" "}
                                { choice.op.as_ref().map_or_else(|| "begins or goes on".into(), |op| sentence::to_do(op, view)) }
                            </span>
                        </button>
                    </li>
                }
            </ol>
        </section>
    }
}

fn pick(props: &NextProps, i: usize) -> Callback<MouseEvent> {
    let task = props.frame.next[i].task;
    props.act.reform(move |_| Action::Pick(task))
}
