//! When the run is cancelled, if its last output does not end it.

use super::{coded::coded, params::params};
use crate::model::{
    editor::Edit,
    params::{ends_fields, ends_text},
    session::Action,
};
use yew::prelude::*;

/// The last card: what stands after the stages, and what is wrong with it.
pub fn ends_card(ends: &str, error: Option<String>, act: &Callback<Action>) -> Html {
    let change = act.reform(|values: Vec<String>| Action::Edit(Edit::Ends(ends_text(&values))));
    html! {
        <div class={classes!("card", "ends", error.is_some().then_some("wrong"))}>
            <div class="card-head"><h3>{"Cancel the run after"}</h3></div>
            { params(&ends_fields(ends), &change) }
            if let Some(error) = &error { <p class="error">{ coded(error) }</p> }
        </div>
    }
}
