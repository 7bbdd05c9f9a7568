//! How many goroutines are in which state; each count narrows the lanes down to its own.

use super::{Glyph, icon};
use crate::{
    engine::Frame,
    model::session::{Action, Filter},
};
use yew::prelude::*;

/// The row of counters.
pub fn counters(frame: &Frame, chosen: Option<Filter>, act: &Callback<Action>) -> Html {
    let c = frame.now.counters();
    let leaked = frame.leaked(|_| true);
    let counters = [
        (None, "started", c.started, Glyph::Plus, "plain"),
        (Some(Filter::Running), "running", c.running, Glyph::Running, "running"),
        (Some(Filter::Ready), "ready", c.ready, Glyph::Ready, "ready"),
        (Some(Filter::Blocked), "blocked", c.blocked, Glyph::Wait, "wait"),
        (Some(Filter::Finished), "finished", c.finished, Glyph::Ended, "ended"),
        (Some(Filter::Leaked), "leaked", leaked, Glyph::Leak, if leaked > 0 { "fault" } else { "plain" }),
    ];
    html! {
        <div class="counters" role="group" aria-label="Goroutines by state">
            for (filter, word, count, glyph, class) in counters {
                <button type="button" class={classes!("counter", class)} data-testid={format!("count-{word}")}
                    aria-pressed={(chosen == filter).to_string()}
                    title={if filter.is_some() { format!("Show only {word} goroutines") } else { "Show all goroutines".into() }}
                    onclick={toggle(chosen, filter, act)}>
                    { icon(glyph, 14) }
                    <strong class="num">{ count }</strong>
                    <span>{ word }</span>
                </button>
            }
        </div>
    }
}

fn toggle(chosen: Option<Filter>, filter: Option<Filter>, act: &Callback<Action>) -> Callback<MouseEvent> {
    let next = if chosen == filter { None } else { filter };
    act.reform(move |_| Action::Filter(next))
}
