//! What passes between lanes: messages with their values, and cancellations.

use crate::{
    engine::Frame,
    model::{
        chart::{ROW, Window, row_of, y},
        lane::Lane,
        message::{Mark, MarkKind, Message},
        view::View,
    },
};
use fanin::pipeline::Item;
use yew::prelude::*;

/// The most characters of a value that are drawn.
const CHIP: usize = 5;

/// The messages that begin or end in the window: what may lie under the veil behind the playhead, and the values
/// before it, which hang over.
pub fn messages(view: &View, rows: &[&Lane], window: Window, playhead: u32) -> [Html; 2] {
    let (mut under, mut over) = (Vec::new(), Vec::new());
    for message in &view.messages {
        let end = message.received;
        if !window.holds(message.sent.step) && !end.is_some_and(|r| window.holds(r.step)) {
            continue;
        }
        let Some(from) = row_of(rows, message.sent.task) else { continue };
        let (x, top) = (window.middle(message.sent.step), y(from));
        let end = end.and_then(|r| Some((window.middle(r.step), y(row_of(rows, r.task)?))));
        under.push(arrow(x, top, end));
        if window.has_values() {
            let (x, y) = end.map_or((x, top + 13), |(x2, bottom)| ((x + x2) / 2, (top + bottom) / 2));
            if x < playhead { &mut over } else { &mut under }.push(chip(message, x, y));
        }
    }
    [under, over].map(|drawn| html! { <g class="traffic">{ for drawn }</g> })
}

/// To its end, unless the message is in a buffer, or with somebody who is not shown.
fn arrow(x: u32, top: u32, end: Option<(u32, u32)>) -> Html {
    let Some((x2, bottom)) = end else {
        return html! { <path class="message waiting" d={format!("M{x} {top}v9")} /> };
    };
    let class = if x == x2 { "message" } else { "message buffered" };
    // The tip stops short of the lane it points to.
    let tip = if bottom > top { bottom - 5 } else { bottom + 5 };
    html! { <path {class} d={format!("M{x} {top}L{x2} {tip}")} marker-end="url(#arrow)" /> }
}

/// A value on a patch of its own.
fn chip(message: &Message, x: u32, y: u32) -> Html {
    let text = match Item::shown(&message.value) {
        Some(item) => item.value.to_string(),
        None => message.value.to_string(),
    };
    let short: String =
        if text.chars().count() > CHIP { text.chars().take(CHIP - 1).chain(['…']).collect() } else { text };
    let width = short.chars().count() as u32 * 7 + 5;
    html! {
        <g class="chip">
            <rect x={(x + 4).to_string()} y={y.saturating_sub(7).to_string()} width={width.to_string()} height="14" rx="3" />
            <text x={(x + 4 + width / 2).to_string()} y={(y + 4).to_string()} text-anchor="middle">{ short }</text>
        </g>
    }
}

/// True for a goroutine that lives on as if nothing had been cancelled.
fn is_heedless(lane: &Lane, mark: &Mark) -> bool {
    !lane.is_ended() && lane.task != mark.task && lane.segments[0].from <= mark.step
}

/// A line through all lanes for each end of a context, with a tick where a goroutine took notice of it and a
/// hollow one where it has not.
pub fn cancels(frame: &Frame, rows: &[&Lane], window: Window) -> Html {
    let marks = frame.whole.marks.iter().filter(|m| window.holds(m.step));
    html! {
        <g>
            for mark in marks {
                if mark.kind == MarkKind::Cancel {
                    { cancel(frame, rows, window.middle(mark.step), mark) }
                } else if mark.kind == MarkKind::Close && let Some(row) = row_of(rows, mark.task) {
                    <path class="close" d={format!("M{} {}v18m4-18v18", window.middle(mark.step) - 2, y(row) - 9)} />
                }
            }
        </g>
    }
}

fn cancel(frame: &Frame, rows: &[&Lane], x: u32, mark: &Mark) -> Html {
    let noticed = frame
        .whole
        .contexts
        .iter()
        .find(|c| c.id == mark.obj)
        .map(|c| c.noticed.as_slice())
        .unwrap_or_default();
    let alive = (0..).zip(rows).filter(|(_, l)| noticed.contains(&l.task) || is_heedless(l, mark));
    html! {
        <g class="cancel">
            <path d={format!("M{x} 0V{}", rows.len() as u32 * ROW)} />
            for (row, lane) in alive {
                <circle class={if noticed.contains(&lane.task) { "heard" } else { "unheard" }}
                    cx={x.to_string()} cy={y(row).to_string()} r="4" />
            }
        </g>
    }
}
