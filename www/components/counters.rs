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
    let stuck = frame.stuck(|_| true);
    let counters = [
        (None, c.started, Glyph::Plus, "plain"),
        (Some(Filter::Running), c.running, Glyph::Running, "running"),
        (Some(Filter::Ready), c.ready, Glyph::Ready, "ready"),
        (Some(Filter::Blocked), c.blocked, Glyph::Wait, "wait"),
        (Some(Filter::Finished), c.finished, Glyph::Ended, "ended"),
        (Some(Filter::Leaked), stuck, Glyph::Leak, if stuck > 0 { "fault" } else { "plain" }),
    ];
    let word = |filter: Option<Filter>| match filter {
        None => "started",
        Some(Filter::Leaked) => frame.stuck_word(),
        Some(filter) => filter.word(),
    };
    html! {
        <div class="tally">
            <div class="counters" role="group" aria-label="Goroutines by state">
                for (filter, count, glyph, class) in counters {
                    { counter(filter, (count, word(filter)), chosen == filter, (glyph, class), act) }
                }
            </div>
        </div>
    }
}

/// One of them; pressed again it lets all lanes come back.
fn counter(
    filter: Option<Filter>,
    (count, word): (u32, &'static str),
    pressed: bool,
    (glyph, class): (Glyph, &'static str),
    act: &Callback<Action>,
) -> Html {
    let next = filter.filter(|_| !pressed);
    html! {
        <button type="button" class={classes!("counter", class)} data-testid={format!("count-{}", filter.map_or(word, Filter::word))}
            aria-pressed={pressed.to_string()}
            title={if filter.is_some() { format!("Show only {word} goroutines") } else { "Show all goroutines".into() }}
            onclick={act.reform(move |_| Action::Filter(next))}>
            { icon(glyph, 14) }
            <strong class="num">{ count }</strong>
            <span>{ word }</span>
        </button>
    }
}
