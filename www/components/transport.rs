//! The controls of time.

use super::{Glyph, entry::Entry, icon};
use crate::{
    hooks::Playground,
    model::{
        message::MarkKind,
        playback::Speed,
        sentence,
        session::Action,
        spark::{counts, outline},
    },
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The id of what goes to any step.
pub const SCRUB: &str = "scrub";

/// Run, step, scrub, speed, seed, cancel.
pub fn transport(state: &Playground, act: &Callback<Action>) -> Html {
    let session = &state.session;
    let (t, over) = (session.t, state.is_over());
    let on = |action: Action| act.reform(move |_: MouseEvent| action.clone());
    html! {
        <div class="bench-bar">
            <div class="transport" role="group" aria-label="Playback">
                { scrubber(state, act) }
                <div class="keys">
                    { button(Glyph::Start, "To the start (Home)", "start", t == 0, on(Action::Seek(0))) }
                    { button(Glyph::Back, "Step back (←)", "back", t == 0, on(Action::Back(1))) }
                    <button type="button" class="button primary play" data-testid="play"
                        title="Run, pause (Space)" onclick={on(Action::TogglePlay)}>
                        { icon(if session.playing { Glyph::Pause } else { Glyph::Play }, 14) }
                        { if session.playing { "Pause" } else if over { "Run again" } else { "Run" } }
                    </button>
                    { button(Glyph::Forward, "Step (→)", "step", over, on(Action::Forward(1))) }
                    { button(Glyph::End, "To the end (End)", "end", over, on(Action::ToEnd)) }
                </div>
            </div>
            <div class="extras">
                { speeds(session.speed, act) }
                // The seed decides nothing where a schedule does.
                if session.key.schedule.is_some() {
                    <button type="button" class="button unschedule" data-testid="unschedule" title="Let the seed decide instead"
                        onclick={act.reform(|_| Action::Unschedule)}>
                        {"Follows a schedule"}{ icon(Glyph::Close, 12) }
                    </button>
                } else {
                    { seed(session.key.seed, act) }
                }
                if state.can_cancel() { { cancel(session.key.cancel, over, act) } }
            </div>
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
            { icon(glyph, 16) }
        </button>
    }
}

/// The position, on a native slider: keyboard, touch and screen readers know it.
fn scrubber(state: &Playground, act: &Callback<Action>) -> Html {
    let seek = act.reform(|e: InputEvent| {
        let value = e.target_dyn_into::<HtmlInputElement>().map(|i| i.value_as_number());
        Action::Seek(value.unwrap_or_default() as u32)
    });
    let (t, last) = (state.session.t, state.last());
    let total = if state.ended() { last.to_string() } else { format!("{last}+") };
    let story =
        state.shown.first().map(|s| sentence::step(s.frame.events(), &s.frame.now)).unwrap_or_default();
    html! {
        <div class="timeline">
            <div class="scrub">
                if last > 0 { { spark(state) } }
                <input type="range" min="0" max={last.to_string()} value={t.to_string()} aria-label="Step"
                    aria-valuetext={format!("step {t} of {total}: {story}")} id={SCRUB} data-testid="scrub" oninput={seek} />
                <svg class="marks" viewBox={format!("0 0 {} 6", last.max(1))} preserveAspectRatio="none" aria-hidden="true">
                    for kind in [MarkKind::Close, MarkKind::Cancel, MarkKind::Fault] {
                        <path class={mark_class(kind)} d={marks(state, kind)} />
                    }
                </svg>
            </div>
            <p class="position num" data-testid="position">
                {"step "}<strong>{ t }</strong>{ format!(" / {total}") }
            </p>
        </div>
    }
}

/// How many goroutines there are along the slider, and how many of them leaked.
fn spark(state: &Playground) -> Html {
    let count = |leaked| counts(state.spans(leaked), state.last());
    let (living, leaked) = (count(false), count(true));
    let peak = living.iter().copied().max().unwrap_or(0);
    html! {
        <svg class="spark" viewBox={format!("0 0 {} {}", living.len() - 1, peak.max(1))} preserveAspectRatio="none" aria-hidden="true">
            <path class="living" d={outline(&living, peak)} />
            <path class="leaked" d={outline(&leaked, peak)} />
        </svg>
    }
}

/// All marks of a kind as one line, however many there are.
fn marks(state: &Playground, kind: MarkKind) -> String {
    state.marks().filter(|m| m.kind == kind).map(|m| format!("M{} 0V6", m.step)).collect()
}

fn mark_class(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Close => "mark close",
        MarkKind::Cancel => "mark cancel",
        MarkKind::Fault => "mark fault",
    }
}

fn speeds(chosen: Speed, act: &Callback<Action>) -> Html {
    html! {
        <div class="segmented" role="group" aria-label="Speed">
            for speed in Speed::ALL {
                <button type="button" aria-pressed={(speed == chosen).to_string()}
                    onclick={act.reform(move |_| Action::Pace(speed))}>{ speed.label() }</button>
            }
        </div>
    }
}

fn seed(seed: u64, act: &Callback<Action>) -> Html {
    let change = {
        let act = act.clone();
        move |typed: String| {
            if let Ok(seed) = typed.trim().parse() {
                act.emit(Action::Seed(seed));
            }
        }
    };
    html! {
        <div class="seed">
            <label>{"seed"}<Entry kind="text" inputmode="numeric" testid="seed" value={seed.to_string()} {change} /></label>
            { button(Glyph::Dice, "Another seed (r)", "reroll", false, act.reform(|_| Action::Reroll)) }
        </div>
    }
}

/// Cancelling from outside: at this step, or no longer at that one.
fn cancel(cancelled: Option<u32>, over: bool, act: &Callback<Action>) -> Html {
    match cancelled {
        None => html! {
            <button type="button" class="button danger" data-testid="cancel" disabled={over} title="Cancel the run's context here (c)"
                onclick={act.reform(|_| Action::Cancel(true))}>{"Cancel now"}</button>
        },
        Some(step) => html! {
            <button type="button" class="button danger" data-testid="uncancel" title="Let the run go on uncancelled"
                onclick={act.reform(|_| Action::Cancel(false))}>
                { format!("Cancelled at {step}") }{ icon(Glyph::Close, 12) }
            </button>
        },
    }
}
