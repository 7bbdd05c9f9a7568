//! One stage of the pipeline.

use super::{Glyph, coded::coded, icon, params::params};
use crate::{
    hooks::focus_later,
    model::{
        editor::Edit,
        params::{fields, text_of},
        session::Action,
    },
};
use fanin::pipeline::Stage;
use web_sys::{HtmlInputElement, HtmlSelectElement, KeyboardEvent};
use yew::prelude::*;

/// What the switch of a card does. A stage always watches a context: which one, is what can be chosen.
const HONOURS: &str = "On: this stage stops when the run is cancelled. Off: it is given context.Background(), whose \
    Done() is a nil channel, so that it never hears of it";

/// What a card shows.
pub struct Card<'a> {
    pub index: usize,
    pub stage: &'a Stage,
    pub text: &'a str,
    pub depth: u32,
    pub is_last: bool,
    /// What is wrong with it.
    pub error: Option<String>,
    /// How many of its goroutines leaked, in words.
    pub stuck: Option<String>,
}

/// A card: what it does, its parameters, and whether it honours cancellation.
pub fn stage_card(card: &Card<'_>, act: &Callback<Action>) -> Html {
    let Card { index: i, stage, text, depth, is_last, ref error, ref stuck } = *card;
    let kind = &stage.kind;
    let edit = |edit: Edit| {
        let act = act.clone();
        move |_: MouseEvent| perform(&act, edit.clone(), is_last)
    };
    let rewrite = {
        let kind = kind.clone();
        act.reform(move |values: Vec<String>| Action::Edit(Edit::Rewrite(i, text_of(&kind, &values))))
    };
    let honour = act.reform(move |e: Event| {
        let on = e.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
        Action::Edit(Edit::HonourCancel(i, on))
    });
    let name = kind.name();
    let up = (i > 0).then(|| Edit::Move { from: i, to: i - 1 });
    let down = (!is_last).then(|| Edit::Move { from: i, to: i + 1 });
    html! {
        <li class={classes!("card", format!("depth-{depth}"), error.is_some().then_some("wrong"), stuck.is_some().then_some("leaking"))}
            key={i} id={format!("stage-{}", i + 1)} data-testid={format!("stage-{}", i + 1)} tabindex="-1" onkeydown={keys(card, act)}>
            <div class="card-head">
                <span class="card-number num">{ i + 1 }</span>
                <h3>{ name }</h3>
                if let Some(stuck) = stuck {
                    <span class="leak-note" title="Goroutines of this stage that wait for ever">{ icon(Glyph::Leak, 12) }{ stuck }</span>
                }
                <span class="card-tools">
                    { tool(Glyph::Up, format!("Move {name} up"), up.map(edit)) }
                    { tool(Glyph::Down, format!("Move {name} down"), down.map(edit)) }
                    { tool(Glyph::Close, format!("Remove {name}"), Some(edit(Edit::Remove(i)))) }
                </span>
            </div>
            { params(&fields(kind, text), &rewrite) }
            if kind.starts_tasks() {
                <label class="switch" title={HONOURS}>
                    <input type="checkbox" role="switch" checked={stage.honours_cancel} onchange={honour} />
                    <span>{"honours cancellation"}</span>
                </label>
            }
            if let Some(error) = error { <p class="error">{ coded(error) }</p> }
        </li>
    }
}

fn tool(glyph: Glyph, label: String, onclick: Option<impl Fn(MouseEvent) + 'static>) -> Html {
    let onclick = onclick.map(Callback::from);
    html! {
        <button type="button" class="icon-button small" title={label.clone()} aria-label={label}
            disabled={onclick.is_none()} {onclick}>{ icon(glyph, 14) }</button>
    }
}

/// Does an edit; the focus goes along with a card that moves, and from one that is removed to its neighbour.
fn perform(act: &Callback<Action>, edit: Edit, is_last: bool) {
    match edit {
        Edit::Move { to, .. } => focus_later(format!("stage-{}", to + 1)),
        Edit::Remove(at) if is_last => focus_later(format!("stage-{at}")),
        Edit::Remove(at) => focus_later(format!("stage-{}", at + 1)),
        _ => {}
    }
    act.emit(Action::Edit(edit));
}

/// Alt with up or down moves the card, Delete removes it; not while a field is filled in.
fn keys(card: &Card<'_>, act: &Callback<Action>) -> Callback<KeyboardEvent> {
    let (act, i, is_last) = (act.clone(), card.index, card.is_last);
    Callback::from(move |e: KeyboardEvent| {
        let in_field = e.target_dyn_into::<HtmlSelectElement>().is_some()
            || e.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.type_() != "checkbox");
        let edit = match e.key().as_str() {
            _ if in_field => return,
            "ArrowUp" if e.alt_key() && i > 0 => Edit::Move { from: i, to: i - 1 },
            "ArrowDown" if e.alt_key() && !is_last => Edit::Move { from: i, to: i + 1 },
            "Delete" => Edit::Remove(i),
            _ => return,
        };
        e.prevent_default();
        perform(&act, edit, is_last);
    })
}
