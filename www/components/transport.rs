//! The controls of time.

use super::{Glyph, Icon};
use crate::model::{
    message::{Mark, MarkKind},
    playback::Speed,
    session::Action,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TransportProps {
    pub t: u32,
    /// The last step that is known.
    pub last: u32,
    pub ended: bool,
    pub playing: bool,
    pub speed: Speed,
    pub seed: u64,
    /// The step before which the run is cancelled, if it can be.
    pub cancel: Option<Option<u32>>,
    /// What the step was about.
    pub story: AttrValue,
    pub marks: Vec<Mark>,
    pub act: Callback<Action>,
}

/// Run, step, scrub, speed, seed, cancel.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let act = |action: Action| props.act.reform(move |_: MouseEvent| action.clone());
    let over = props.ended && props.t == props.last;
    let total = if props.ended { props.last.to_string() } else { format!("{}+", props.last) };
    html! {
        <div class="transport" role="group" aria-label="Playback">
            <Scrubber t={props.t} last={props.last} {total} story={props.story.clone()} marks={props.marks.clone()} act={props.act.clone()} />
            <div class="keys">
                { button(Glyph::Start, "To the start (Home)", "start", props.t == 0, act(Action::Seek(0))) }
                { button(Glyph::Back, "Step back (←)", "back", props.t == 0, act(Action::Back(1))) }
                <button type="button" class="button primary play" data-testid="play" disabled={over && !props.playing}
                    title="Run, pause (Space)" onclick={act(Action::TogglePlay)}>
                    <Icon glyph={if props.playing { Glyph::Pause } else { Glyph::Play }} size=14 />
                    { if props.playing { "Pause" } else { "Run" } }
                </button>
                { button(Glyph::Forward, "Step (→)", "step", over, act(Action::Forward(1))) }
                { button(Glyph::End, "To the end (End)", "end", over, act(Action::ToEnd)) }
            </div>
            <Speeds speed={props.speed} act={props.act.clone()} />
            <Seed seed={props.seed} act={props.act.clone()} />
            { cancel(props) }
        </div>
    }
}

fn button(
    glyph: Glyph,
    label: &'static str,
    id: &'static str,
    disabled: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button type="button" class="icon-button" title={label} aria-label={label} data-testid={id} {disabled} {onclick}>
            <Icon {glyph} />
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct ScrubberProps {
    t: u32,
    last: u32,
    total: AttrValue,
    story: AttrValue,
    marks: Vec<Mark>,
    act: Callback<Action>,
}

/// The position, on a native slider: keyboard, touch and screen readers know it.
#[component]
fn Scrubber(props: &ScrubberProps) -> Html {
    let seek = props.act.reform(|e: InputEvent| {
        let value = e.target_dyn_into::<HtmlInputElement>().map(|i| i.value_as_number());
        Action::Seek(value.unwrap_or_default() as u32)
    });
    let (t, last) = (props.t, props.last);
    html! {
        <div class="timeline">
            <div class="scrub">
                <input type="range" min="0" max={last.to_string()} value={t.to_string()} aria-label="Step"
                    aria-valuetext={format!("step {t} of {}: {}", props.total, props.story)} data-testid="scrub" oninput={seek} />
                <svg viewBox={format!("0 0 {} 6", last.max(1))} preserveAspectRatio="none" aria-hidden="true">
                    for mark in &props.marks {
                        <path class={mark_class(mark.kind)} d={format!("M{} 0V6", mark.step)} />
                    }
                </svg>
            </div>
            <p class="position num" data-testid="position">
                {"step "}<strong>{ t }</strong>{ format!(" / {}", props.total) }
            </p>
        </div>
    }
}

fn mark_class(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Close => "mark close",
        MarkKind::Cancel => "mark cancel",
        MarkKind::Fault => "mark fault",
    }
}

#[derive(Properties, PartialEq)]
struct SpeedsProps {
    speed: Speed,
    act: Callback<Action>,
}

#[component]
fn Speeds(props: &SpeedsProps) -> Html {
    html! {
        <div class="segmented" role="group" aria-label="Speed">
            for speed in Speed::ALL {
                <button type="button" aria-pressed={(speed == props.speed).to_string()}
                    onclick={props.act.reform(move |_| Action::Pace(speed))}>{ speed.label() }</button>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SeedProps {
    seed: u64,
    act: Callback<Action>,
}

#[component]
fn Seed(props: &SeedProps) -> Html {
    let set = {
        let (act, old) = (props.act.clone(), props.seed);
        move |e: Event| {
            let Some(input) = e.target_dyn_into::<HtmlInputElement>() else { return };
            match input.value().trim().parse() {
                Ok(seed) => act.emit(Action::Seed(seed)),
                Err(_) => input.set_value(&old.to_string()),
            }
        }
    };
    html! {
        <div class="seed">
            <label>{"seed"}<input type="text" inputmode="numeric" data-testid="seed" value={props.seed.to_string()} onchange={set} /></label>
            { button(Glyph::Dice, "Another seed (r)", "reroll", false, props.act.reform(|_| Action::Reroll)) }
        </div>
    }
}

/// Cancelling from outside: at this step, or no longer at that one.
fn cancel(props: &TransportProps) -> Html {
    let over = props.ended && props.t == props.last;
    match props.cancel {
        None => Html::default(),
        Some(None) => html! {
            <button type="button" class="button danger" data-testid="cancel" disabled={over} title="Cancel the run's context here (c)"
                onclick={props.act.reform(|_| Action::Cancel(true))}>{"Cancel now"}</button>
        },
        Some(Some(step)) => html! {
            <button type="button" class="button danger" data-testid="uncancel" title="Let the run go on uncancelled"
                onclick={props.act.reform(|_| Action::Cancel(false))}>
                { format!("Cancelled at {step}") }<Icon glyph={Glyph::Close} size=12 />
            </button>
        },
    }
}
