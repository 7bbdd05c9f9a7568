//! When the run is cancelled, if its last output does not end it.

use super::params::params;
use crate::model::{
    editor::Edit,
    params::{ends_fields, ends_text},
    session::Action,
};
use fanin::pipeline::Ends;
use yew::prelude::*;

/// The last card.
pub fn ends_card(ends: &Ends, act: &Callback<Action>) -> Html {
    let change = act.reform(|values: Vec<String>| Action::Edit(Edit::Ends(ends_text(&values))));
    html! {
        <div class="card ends">
            <div class="card-head"><h3>{"Cancel the run after"}</h3></div>
            { params(&ends_fields(ends), &change) }
        </div>
    }
}
