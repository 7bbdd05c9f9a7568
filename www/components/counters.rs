//! How many goroutines are in which state; each count narrows the lanes down to its own.

use super::{Glyph, Icon};
use crate::{
    engine::Frame,
    model::session::{Action, Filter},
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct CounterBarProps {
    pub frame: Frame,
    pub filter: Option<Filter>,
    pub act: Callback<Action>,
}

/// The row of counters.
#[component]
pub fn CounterBar(props: &CounterBarProps) -> Html {
    let c = props.frame.now.counters();
    let leaked = props.frame.leaked(|_| true);
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
                    aria-pressed={(props.filter == filter).to_string()}
                    title={if filter.is_some() { format!("Show only {word} goroutines") } else { "Show all goroutines".into() }}
                    onclick={toggle(props, filter)}>
                    <Icon {glyph} size=14 />
                    <strong class="num">{ count }</strong>
                    <span>{ word }</span>
                </button>
            }
        </div>
    }
}

fn toggle(props: &CounterBarProps, filter: Option<Filter>) -> Callback<MouseEvent> {
    let next = if props.filter == filter { None } else { filter };
    props.act.reform(move |_| Action::Filter(next))
}
