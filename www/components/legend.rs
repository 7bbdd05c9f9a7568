//! What the signs on the lanes mean, drawn by what draws the lanes.

use super::segments::{bar, cap, leak};
use crate::model::{chart::ROW, lane::Look};
use yew::prelude::*;

/// How wide a sign is.
const WIDTH: u32 = 56;

/// Each sign with its meaning.
pub fn legend() -> Html {
    let middle = WIDTH / 2;
    let look = |look: Look| bar(look, 4, WIDTH - 4, 0);
    let signs: [(Html, &str); 12] = [
        (look(Look::Running), "acts in this step"),
        (look(Look::Ready), "could be next"),
        (look(Look::Send), "waits to send"),
        (look(Look::Recv), "waits to receive"),
        (look(Look::Wait), "waits for one of several, for a lock, or for others"),
        (look(Look::Sleep), "sleeps"),
        (cap(false, middle, 0), "has returned"),
        (cap(true, middle, 0), "has panicked"),
        (html! { <>{ look(Look::Send) }{ leak(4, WIDTH - 12, 0) }</> }, "leaked: waits for ever"),
        (html! { <path class="close" d={format!("M{} 5v18m4-18v18", middle - 2)} /> }, "closes a channel"),
        (cancel(middle, "heard"), "a context ends, and this goroutine takes notice"),
        (cancel(middle, "unheard"), "a context ends, and this one lives on"),
    ];
    html! {
        <dl class="legend">
            for (sign, meaning) in signs {
                <dt><svg width={WIDTH.to_string()} height={ROW.to_string()} aria-hidden="true">{ sign }</svg></dt>
                <dd>{ meaning }</dd>
            }
        </dl>
    }
}

/// How things are called and counted.
const NAMES: [(&str, &str); 6] = [
    ("g3", "a goroutine, by the order in which they were started; g1 is main"),
    ("#4", "a channel, a context, a lock or a timer, by the order in which they were made"),
    ("9₃", "the value 9, made from the third item of the source"),
    ("0 ms", "the virtual time"),
    ("20 / 20+", "the step shown, and the last that is known; with a plus more may follow"),
    ("struck out", "a closed channel"),
];

/// Each name and number with its meaning.
pub fn names() -> Html {
    html! {
        <dl class="keymap">for (name, meaning) in NAMES { <dt class="num">{ name }</dt><dd>{ meaning }</dd> }</dl>
    }
}

fn cancel(x: u32, class: &'static str) -> Html {
    html! {
        <g class="cancel">
            <path d={format!("M{x} 0V{ROW}")} />
            <circle {class} cx={x.to_string()} cy={(ROW / 2).to_string()} r="4" />
        </g>
    }
}
