//! A field to type into, while the page around it goes on.

use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct EntryProps {
    /// The type of the field.
    pub kind: &'static str,
    pub value: String,
    /// Told once the typing is done.
    pub change: Callback<String>,
    #[prop_or_default]
    pub min: Option<AttrValue>,
    #[prop_or_default]
    pub max: Option<AttrValue>,
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A field that shows its value, except while another is typed.
#[component]
pub fn Entry(props: &EntryProps) -> Html {
    let typed = use_state_eq(|| None::<String>);
    let oninput = {
        let typed = typed.setter();
        move |e: InputEvent| typed.set(Some(text(&e)))
    };
    let onchange = {
        let (typed, change) = (typed.setter(), props.change.clone());
        move |e: Event| {
            typed.set(None);
            change.emit(text(&e));
        }
    };
    let onblur = {
        let typed = typed.setter();
        move |_: FocusEvent| typed.set(None)
    };
    let EntryProps { kind, value, min, max, placeholder, inputmode, testid, .. } = props;
    let value = (*typed).clone().unwrap_or_else(|| value.clone());
    html! {
        <input type={*kind} {value} min={min.clone()} max={max.clone()} placeholder={placeholder.clone()} inputmode={inputmode.clone()}
            spellcheck="false" autocomplete="off" data-testid={testid.clone()} {oninput} {onchange} {onblur} />
    }
}

fn text(e: &Event) -> String {
    e.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}
