//! One stage of the pipeline.

use super::{Glyph, Icon, params::Params};
use crate::model::{
    editor::Edit,
    params::{fields, text_of},
    session::Action,
};
use fanin::pipeline::Stage;
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct StageCardProps {
    pub index: usize,
    pub stage: Stage,
    pub depth: u32,
    pub is_last: bool,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// How many of its goroutines are stuck.
    pub leaks: u32,
    pub act: Callback<Action>,
}

/// A card: what it does, its parameters, and whether it honours cancellation.
#[component]
pub fn StageCard(props: &StageCardProps) -> Html {
    let (i, kind) = (props.index, &props.stage.kind);
    let edit = |edit: Edit| props.act.reform(move |_: MouseEvent| Action::Edit(edit.clone()));
    let rewrite = {
        let kind = kind.clone();
        props.act.reform(move |values: Vec<String>| Action::Edit(Edit::Rewrite(i, text_of(&kind, &values))))
    };
    let honour = props.act.reform(move |e: Event| {
        let on = e.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
        Action::Edit(Edit::HonourCancel(i, on))
    });
    let name = kind.name();
    let up = (i > 0).then(|| Edit::Move { from: i, to: i - 1 });
    let down = (!props.is_last).then(|| Edit::Move { from: i, to: i + 1 });
    html! {
        <li class={classes!("card", format!("depth-{}", props.depth), props.error.is_some().then_some("wrong"), (props.leaks > 0).then_some("leaking"))}
            data-testid={format!("stage-{}", i + 1)} onkeydown={keys(props)}>
            <div class="card-head">
                <span class="card-number num">{ i + 1 }</span>
                <h3>{ name }</h3>
                if props.leaks > 0 {
                    <span class="leak-note" title="Goroutines of this stage that leaked"><Icon glyph={Glyph::Leak} size=12 />{ format!("{} leaked", props.leaks) }</span>
                }
                <span class="card-tools">
                    { tool(Glyph::Up, format!("Move {name} up"), up.clone().map(edit)) }
                    { tool(Glyph::Down, format!("Move {name} down"), down.clone().map(edit)) }
                    { tool(Glyph::Close, format!("Remove {name}"), Some(edit(Edit::Remove(i)))) }
                </span>
            </div>
            <Params fields={fields(kind)} change={rewrite} />
            if kind.starts_tasks() {
                <label class="switch" title="Whether this stage stops when the run is cancelled">
                    <input type="checkbox" role="switch" checked={props.stage.honours_cancel} onchange={honour} />
                    <span>{"honours cancellation"}</span>
                </label>
            }
            if let Some(error) = &props.error { <p class="error">{ error }</p> }
        </li>
    }
}

fn tool(glyph: Glyph, label: String, onclick: Option<Callback<MouseEvent>>) -> Html {
    html! {
        <button type="button" class="icon-button small" title={label.clone()} aria-label={label}
            disabled={onclick.is_none()} {onclick}><Icon {glyph} size=14 /></button>
    }
}

/// Alt with up or down moves the card, Delete removes it; not while a field is filled in.
fn keys(props: &StageCardProps) -> Callback<KeyboardEvent> {
    let (act, i, is_last) = (props.act.clone(), props.index, props.is_last);
    Callback::from(move |e: KeyboardEvent| {
        let in_field =
            e.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.type_() != "checkbox");
        let edit = match e.key().as_str() {
            "ArrowUp" if e.alt_key() && i > 0 => Edit::Move { from: i, to: i - 1 },
            "ArrowDown" if e.alt_key() && !is_last => Edit::Move { from: i, to: i + 1 },
            "Delete" if !in_field => Edit::Remove(i),
            _ => return,
        };
        e.prevent_default();
        act.emit(Action::Edit(edit));
    })
}
