//! The lanes: a row for each goroutine, a column for each step.

use super::{
    Glyph, icon,
    lane_head::lane_head,
    segments::segments,
    traffic::{cancels, messages},
};
use crate::{
    engine::Frame,
    hooks::use_width,
    model::{
        chart::{AXIS, ROW, Window, row_of, rows},
        lane::{Lane, State},
        session::{Action, Filter},
    },
};
use fanin::probe::TaskId;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LanesProps {
    pub frame: Frame,
    pub selected: Option<TaskId>,
    pub filter: Option<Filter>,
    /// The steps are drawn as narrow as it takes for the whole run to be seen.
    pub fit: bool,
    pub act: Callback<Action>,
}

/// The lanes with their heads.
#[component]
pub fn Lanes(props: &LanesProps) -> Html {
    let plot = use_node_ref();
    let width = use_width(&plot);
    let frame = &props.frame;
    let (t, whole) = (frame.t(), &*frame.whole);
    let window = Window::around(t, whole.step, width, props.fit);
    let rows = rows(whole, window, |lane| passes(frame, lane, props.filter));
    let hidden = whole.lanes.len() - rows.len();
    let (w, h) = (window.width(), AXIS + rows.len() as u32 * ROW);
    let seek = props.act.reform(move |e: MouseEvent| Action::Seek(window.step(e.offset_x().unsigned_abs())));
    let fit = props.fit;
    let past = window.x(t + 1);
    let [under, over] = messages(whole, &rows, window, past);
    let lanes_at = format!("translate(0 {AXIS})");
    html! {
        <div role="group" class="lanes" aria-label="Goroutines over steps">
            <button type="button" class="fit" aria-pressed={fit.to_string()} data-testid="fit"
                title="Draw as much of the run as there is room for (z)" onclick={props.act.reform(move |_| Action::Fit(!fit))}>
                {"Zoom out"}
            </button>
            <ol class="lane-heads">
                for lane in &rows {
                    { lane_head(frame, lane.task, props.selected == Some(lane.task), &props.act) }
                }
                if hidden > 0 && props.filter.is_none() {
                    <li class="more muted">{ format!("and {hidden} more goroutines") }</li>
                }
            </ol>
            <div class="plot" ref={plot}>
                <svg role="img" width={w.to_string()} height={h.to_string()} viewBox={format!("0 0 {w} {h}")} onclick={seek}>
                    <title>{ format!("{} goroutines over {} steps, at step {t}", whole.lanes.len(), whole.step) }</title>
                    { axis(window) }
                    if let Some(row) = props.selected.and_then(|task| row_of(&rows, task)) {
                        <rect class="selected" x="0" y={(AXIS + row * ROW).to_string()} width={w.to_string()} height={ROW.to_string()} />
                    }
                    <g transform={lanes_at.clone()}>
                        { grid(rows.len() as u32, w) }
                        { segments(frame, &rows, window) }
                        { cancels(frame, &rows, window) }
                        { under }
                    </g>
                    if t < whole.step {
                        <rect class="veil" x={past.to_string()} y={AXIS.to_string()} width={(w - past).to_string()} height={(h - AXIS).to_string()} />
                    }
                    <path class="playhead" d={format!("M{past} 4V{h}")} />
                    <g transform={lanes_at}>{ over }</g>
                </svg>
            </div>
            if let Some(filter) = props.filter && rows.is_empty() {
                <p class="invitation">
                    { format!("No goroutine is {} now. ", filter.word()) }
                    <button type="button" class="inline" onclick={props.act.reform(|_| Action::Filter(None))}>{"Show all"}</button>
                </p>
            }
            if frame.last() == 0 && !frame.ended {
                <p class="invitation">
                    <b>{"Run"}</b>{" it, or take one step after the other with "}{ icon(Glyph::Forward, 16) }{" "}<kbd>{"→"}</kbd>
                    {" and go back with "}{ icon(Glyph::Back, 16) }{" "}<kbd>{"←"}</kbd>{"."}
                </p>
            }
        </div>
    }
}

fn passes(frame: &Frame, lane: &Lane, filter: Option<Filter>) -> bool {
    let Some(filter) = filter else { return true };
    let view = &frame.now;
    let Some(lane) = view.lane(lane.task) else { return false };
    match filter {
        Filter::Running => view.is_running(lane),
        Filter::Ready => matches!(lane.state, State::Ready(_)) && !view.is_running(lane),
        Filter::Blocked => matches!(lane.state, State::Blocked(_)),
        Filter::Finished => lane.is_ended(),
        Filter::Leaked => frame.finding(lane.task).is_some(),
    }
}

/// Patterns, which tell apart what hue alone must not, and the heads of arrows: once for all pictures of the page.
pub fn patterns() -> Html {
    let hatch = |id: &'static str, d: &'static str| {
        html! {
            <pattern {id} width="6" height="6" patternUnits="userSpaceOnUse"><path class="hatch" {d} /></pattern>
        }
    };
    html! {
        <svg class="visually-hidden" aria-hidden="true"><defs>
            { hatch("hatch-send", "M-1 7L7-1M-1 1L1-1M5 7L7 5") }
            { hatch("hatch-recv", "M-1-1L7 7M-1 5L1 7M5-1L7 1") }
            { hatch("hatch-wait", "M-1 7L7-1M-1-1L7 7") }
            <marker id="arrow" viewBox="0 0 6 6" refX="5.5" refY="3" markerWidth="6" markerHeight="6" orient="auto">
                <path class="arrowhead" d="M0 0L6 3L0 6z" />
            </marker>
        </defs></svg>
    }
}

/// The steps are numbered where there is room for it.
fn axis(window: Window) -> Html {
    let numbered = (window.from..window.to()).filter(|s| s % window.numbered() == 0);
    // Half of the number, and a little.
    let half = |step: u32| step.to_string().len() as u32 * 3 + 2;
    let is_whole =
        |s: &u32| (half(*s)..=window.width().saturating_sub(half(*s))).contains(&window.middle(*s));
    html! {
        <g class="axis" aria-hidden="true">
            for step in numbered.filter(is_whole) {
                <text x={window.middle(step).to_string()} y="15" text-anchor="middle">{ step }</text>
            }
        </g>
    }
}

fn grid(rows: u32, width: u32) -> Html {
    let lines: String = (0..=rows).map(|row| format!("M0 {}.5h{width}", row * ROW)).collect();
    html! { <path class="grid" d={lines} /> }
}
