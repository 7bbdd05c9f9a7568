//! The stages that can be added: a button for each, so that none is taken by passing over it with the keys.

use super::{Glyph, icon};
use crate::{
    hooks::focus_later,
    model::{editor::Edit, session::Action},
};
use fanin::pipeline::Kind;
use web_sys::Element;
use yew::prelude::*;

/// A button that opens the list. Sources go to the front, all else behind the last of `count` stages.
pub fn add_stage(count: usize, act: &Callback<Action>) -> Html {
    let group = |label: &'static str, wanted: fn(&Kind) -> bool| {
        html! {
            <div role="group" aria-label={label}>
                <span class="muted" aria-hidden="true">{ label }</span>
                for kind in Kind::all().into_iter().filter(wanted) { { choice(kind, count, act) } }
            </div>
        }
    };
    html! {
        <details class="add" data-testid="add-stage">
            <summary>{ icon(Glyph::Plus, 14) }{"Add a stage"}</summary>
            { group("sources", Kind::is_source) }
            { group("stages", |k| !k.is_source() && !is_plumbing(k)) }
            { group("plumbing", is_plumbing) }
        </details>
    }
}

fn choice(kind: Kind, count: usize, act: &Callback<Action>) -> Html {
    let name = kind.name();
    let at = if kind.is_source() { 0 } else { count };
    let act = act.clone();
    let onclick = move |e: MouseEvent| {
        let list = e.target_dyn_into::<Element>().and_then(|button| button.closest("details").ok().flatten());
        let _closed = list.map(|list| list.remove_attribute("open"));
        act.emit(Action::Edit(Edit::Insert(at, kind.clone())));
        focus_later(format!("stage-{}", at + 1));
    };
    html! { <button type="button" class="button" {onclick}>{ name }</button> }
}

fn is_plumbing(kind: &Kind) -> bool {
    matches!(kind, Kind::Buffer(_) | Kind::FanOut(_) | Kind::Tee | Kind::And | Kind::FanIn)
}
