//! The history of each lane: a bar for every stretch of the same state.

use crate::{
    engine::Frame,
    model::{
        chart::{ROW, Window, y},
        lane::{Lane, Look, State},
    },
};
use yew::prelude::*;

/// The bars of all rows.
pub fn segments(frame: &Frame, rows: &[&Lane], window: Window) -> Html {
    html! {
        <g>
            for (row, lane) in (0..).zip(rows) {
                { lane_bars(frame, lane, row, window) }
            }
        </g>
    }
}

fn lane_bars(frame: &Frame, lane: &Lane, row: u32, window: Window) -> Html {
    let end = frame.last() + 1;
    let stuck = frame.finding(lane.task);
    html! {
        <g>
            for look in Look::LIVING { { path(look, stretches(lane, look, end, window, row)) } }
            if let State::Ended(_) = lane.state && window.holds(lane.since) {
                { cap(lane.fault.is_some(), window.x(lane.since + 1), row) }
            }
            if stuck.is_some() {
                { leak(window.x(lane.since + 1), window.x(end), row) }
            }
        </g>
    }
}

/// All the stretches of a look that are seen, as one line: there may be hundreds.
fn stretches(lane: &Lane, look: Look, end: u32, window: Window, row: u32) -> String {
    let next = lane.segments.iter().skip(1).map(|s| s.from).chain([end]);
    let alike = lane.segments.iter().zip(next).filter(|(s, _)| s.look == look);
    let visible = alike.filter(|(s, to)| *to > window.from && s.from < window.to());
    visible.map(|(s, to)| outline(look, window.x(s.from), window.x(to), row)).collect()
}

fn outline(look: Look, from: u32, to: u32, row: u32) -> String {
    let height = match look {
        Look::Running => 14,
        Look::Ready => 4,
        _ => 8,
    };
    format!("M{from} {}H{to}v{height}H{from}z", y(row) - height / 2)
}

fn path(look: Look, d: String) -> Html {
    html! { <path class={classes!("bar", look.class())} {d} /> }
}

/// A stretch of the same state.
pub fn bar(look: Look, from: u32, to: u32, row: u32) -> Html {
    path(look, outline(look, from, to, row))
}

/// The end of a goroutine: a square, or a cross if it ended by a fault.
pub fn cap(by_fault: bool, x: u32, row: u32) -> Html {
    let y = y(row);
    if by_fault {
        html! { <path class="cap fault" d={format!("M{x} {}l8 8m-8 0l8-8", y - 4)} /> }
    } else {
        html! { <rect class="cap" x={x.to_string()} y={(y - 4).to_string()} width="8" height="8" /> }
    }
}

/// A wait without end: its edge is thick, and its right side open.
pub fn leak(from: u32, to: u32, row: u32) -> Html {
    let (top, bottom) = (row * ROW + 8, row * ROW + ROW - 8);
    let tip = y(row);
    html! {
        <path class="leak" d={format!("M{to} {top}H{from}V{bottom}H{to}M{to} {top}l7 {}l-7 {}", tip - top, bottom - tip)} />
    }
}
