//! The parameters of a card.

use super::field::field_view;
use crate::model::params::Field;
use yew::prelude::*;

/// The fields of a card, side by side.
pub fn params(fields: &[Field], change: &Callback<Vec<String>>) -> Html {
    html! {
        <div class="params">
            for (i, field) in fields.iter().enumerate() {
                { field_view(field, one(fields, change, i)) }
            }
        </div>
    }
}

/// Told one value, tells them all.
fn one(fields: &[Field], change: &Callback<Vec<String>>, i: usize) -> Callback<String> {
    let values: Vec<_> = fields.iter().map(|f| f.value.clone()).collect();
    change.reform(move |value| {
        let mut values = values.clone();
        values[i] = value;
        values
    })
}
