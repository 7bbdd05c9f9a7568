//! How locks, wait groups and semaphores stand.

use crate::{engine::Frame, model::sentence};
use yew::prelude::*;

/// The most objects that are listed.
const MOST: usize = 24;

/// What goroutines share besides channels; nothing if there is none of it.
pub fn objects(frame: &Frame) -> Html {
    let view = &frame.now;
    let rows = view.objects.iter().filter_map(|o| Some((o, o.told()?))).take(MOST);
    let rows: Vec<_> = rows.map(|(o, told)| html! {
        <li key={o.id.0}><span class="channel-name">{ sentence::object(o.id, view) }</span><span class="muted">{ told }</span></li>
    }).collect();
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <div role="group" class="panel" aria-label="Locks and counters">
            <div class="panel-head"><h2>{"Locks and counters"}</h2></div>
            <ul class="channels" data-testid="objects">{ for rows }</ul>
        </div>
    }
}
