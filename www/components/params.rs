//! The parameters of a card.

use super::field::FieldView;
use crate::model::params::Field;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ParamsProps {
    pub fields: Vec<Field>,
    /// Told all values, when one of them has changed.
    pub change: Callback<Vec<String>>,
}

/// The fields of a card, side by side.
#[component]
pub fn Params(props: &ParamsProps) -> Html {
    html! {
        <div class="params">
            for (i, field) in props.fields.iter().enumerate() {
                <FieldView key={i} field={field.clone()} change={change(props, i)} />
            }
        </div>
    }
}

fn change(props: &ParamsProps, i: usize) -> Callback<String> {
    let values: Vec<_> = props.fields.iter().map(|f| f.value.clone()).collect();
    props.change.reform(move |value| {
        let mut values = values.clone();
        values[i] = value;
        values
    })
}
