//! When the run is cancelled, if its last output does not end it.

use super::params::Params;
use crate::model::{
    editor::Edit,
    params::{ends_fields, ends_text},
    session::Action,
};
use fanin::pipeline::Ends;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct EndsCardProps {
    pub ends: Ends,
    pub act: Callback<Action>,
}

/// The last card.
#[component]
pub fn EndsCard(props: &EndsCardProps) -> Html {
    let change = props.act.reform(|values: Vec<String>| Action::Edit(Edit::Ends(ends_text(&values))));
    html! {
        <div class="card ends">
            <div class="card-head"><h3>{"cancel the run after"}</h3></div>
            <Params fields={ends_fields(&props.ends)} {change} />
        </div>
    }
}
