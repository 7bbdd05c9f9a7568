//! What was wrong with the address, and where.

use super::{Glyph, Icon};
use crate::model::session::{Action, Notice};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct BannerProps {
    pub notice: Notice,
    pub act: Callback<Action>,
}

/// A notice about the address.
#[component]
pub fn Banner(props: &BannerProps) -> Html {
    let Notice { fragment, error } = &props.notice;
    let span = error.span.clone();
    html! {
        <div class="banner" role="alert" data-testid="bad-link">
            <Icon glyph={Glyph::Warning} />
            <div>
                <p><strong>{"This address cannot be read: "}</strong>{ &error.message }{"."}</p>
                <pre>{"#"}{ &fragment[..span.start] }<mark>{ &fragment[span.clone()] }</mark>{ &fragment[span.end..] }</pre>
                <p class="muted">{"The address stays as it is until you change something; below is what was open before."}</p>
            </div>
            <button class="icon-button" type="button" aria-label="Dismiss" onclick={props.act.reform(|_| Action::Dismiss)}>
                <Icon glyph={Glyph::Close} />
            </button>
        </div>
    }
}
