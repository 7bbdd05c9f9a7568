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
    let next = lane.segments.iter().skip(1).map(|s| s.from).chain([end]);
    let visible = lane.segments.iter().zip(next).filter(|(s, to)| *to > window.from && s.from < window.to());
    let stuck = frame.finding(lane.task);
    html! {
        <g>
            for (segment, to) in visible.filter(|(s, _)| s.look != Look::Ended) {
                { bar(segment.look, window.x(segment.from), window.x(to), row) }
            }
            if let State::Ended(_) = lane.state && window.holds(lane.since) {
                { cap(lane.fault.is_some(), window.x(lane.since + 1), row) }
            }
            if stuck.is_some() {
                { leak(window.x(lane.since + 1), window.x(end), row) }
            }
        </g>
    }
}

/// A stretch of the same state.
pub fn bar(look: Look, from: u32, to: u32, row: u32) -> Html {
    let height = match look {
        Look::Running => 14,
        Look::Ready => 4,
        _ => 8,
    };
    html! {
        <rect class={classes!("bar", look.class())} x={from.to_string()} y={(y(row) - height / 2).to_string()}
            width={to.saturating_sub(from).to_string()} height={height.to_string()} />
    }
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
