//! One parameter.

use super::entry::Entry;
use crate::model::params::{Field, Input};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A parameter to fill in.
pub fn field_view(field: &Field, change: Callback<String>) -> Html {
    let Field { label, value, input } = field;
    let control = match input {
        // What is no number, the browser would not show in a field for numbers.
        Input::Number(range) => html! {
            <Entry kind={if is_number(value) { "number" } else { "text" }} min={range.start().to_string()} max={range.end().to_string()}
                value={value.clone()} {change} />
        },
        Input::Text(example) => html! {
            <Entry kind="text" placeholder={format!("e.g. {example}")} value={value.clone()} {change} />
        },
        Input::Choice(choices) => {
            let chosen = change.reform(|e: Event| {
                e.target_dyn_into::<HtmlSelectElement>().map(|s| s.value()).unwrap_or_default()
            });
            html! {
                <select onchange={chosen}>
                    if !choices.contains(&&**value) { <option value="" selected=true disabled=true>{ value.clone() }</option> }
                    for choice in *choices { <option value={*choice} selected={choice == value}>{ *choice }</option> }
                </select>
            }
        }
    };
    html! { <label class="field"><span>{ *label }</span>{ control }</label> }
}

fn is_number(value: &str) -> bool {
    value.is_empty() || value.parse::<i64>().is_ok_and(|n| n.to_string() == value)
}
