//! Text of the library's messages, where code stands between backquotes.

use yew::prelude::*;

/// The text, its code set as code.
pub fn coded(text: &str) -> Html {
    let pieces = text.split('`').enumerate();
    html! {
        <>for (i, piece) in pieces { if i % 2 == 1 { <code>{ piece }</code> } else { { piece } } }</>
    }
}
