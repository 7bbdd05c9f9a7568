//! What was wrong with the address, and where.

use super::{Glyph, coded::coded, icon};
use crate::model::{
    session::{Action, Notice},
    words::sentence,
};
use yew::prelude::*;

/// A notice about the address.
pub fn banner(notice: &Notice, act: &Callback<Action>) -> Html {
    let [before, wrong, after] = notice.excerpt();
    let (what, below) = if notice.rest {
        ("A part of this address cannot be read: ", "is what the rest of it says")
    } else {
        ("This address cannot be read: ", "is what can be shown instead")
    };
    html! {
        <div class="banner" role="alert" data-testid="bad-link">
            { icon(Glyph::Warning, 16) }
            <div>
                <p><strong>{ what }</strong>{ coded(&sentence(&notice.error.message)) }</p>
                <pre>{"#"}{ before }<mark>{ wrong }</mark>{ after }</pre>
                <p class="muted">
                    { format!("The address stays as it is until you change something. Below {below}; all programs are in the ") }
                    <a href="#v1/gallery">{"gallery"}</a>{"."}
                </p>
            </div>
            <button class="icon-button" type="button" aria-label="Dismiss" onclick={act.reform(|_| Action::Dismiss)}>
                { icon(Glyph::Close, 16) }
            </button>
        </div>
    }
}
