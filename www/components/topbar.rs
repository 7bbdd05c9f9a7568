//! The head of every page: where one is, and what concerns the whole of it.

use super::{Glyph, icon};
use crate::{
    hooks::{FIELD, Shared, Theme, use_theme},
    model::{
        link::Link,
        session::{Action, Page},
    },
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TopBarProps {
    pub page: Page,
    /// The address of the pipeline that is being edited.
    pub pipeline: AttrValue,
    /// The address of what is shown.
    pub link: Link,
    pub act: Callback<Action>,
    pub share: Callback<Option<Link>>,
    pub shared: Shared,
}

/// The head of the page.
#[component]
pub fn TopBar(props: &TopBarProps) -> Html {
    let (theme, next) = use_theme();
    let glyph = match theme {
        Theme::System => Glyph::System,
        Theme::Light => Glyph::Sun,
        Theme::Dark => Glyph::Moon,
    };
    let label = format!("Theme: {}. Change to {}", theme.name(), theme.next().name());
    let playground = props.page == Page::Playground;
    let copied = props.shared == Shared::Copied;
    let current = |here: bool| here.then_some("page");
    let copy = {
        let link = props.link.clone();
        props.share.reform(move |_| Some(link.clone()))
    };
    html! {
        <header class="topbar">
            <a class="brand" href={props.pipeline.clone()} aria-label="fanin: to the playground">
                { icon(Glyph::Logo, 22) }<span>{"fanin"}</span>
            </a>
            <nav aria-label="Pages">
                <a href={props.pipeline.clone()} aria-current={current(playground)}>{"Playground"}</a>
                <a href="#v1/gallery" aria-current={current(!playground)}>{"Gallery"}</a>
            </nav>
            <p class="tagline">{"Go's concurrency patterns, step by step"}</p>
            <button class="icon-button named" type="button" title="Copy the link (s)" data-testid="share" onclick={copy}>
                { icon(if copied { Glyph::Check } else { Glyph::Share }, 16) }
                <span>{ if copied { "Link copied" } else { "Copy link" } }</span>
            </button>
            if let Shared::Refused(link) = &props.shared { { to_copy(link, &props.share) } }
            <button class="icon-button" type="button" title={label.clone()} aria-label={label}
                data-testid="theme" onclick={next.reform(|_| ())}>
                { icon(glyph, 16) }
            </button>
            <button class="icon-button" type="button" title="Help and keys (?)" aria-label="Help and keys"
                onclick={props.act.reform(|_| Action::Help(true))}>
                <span aria-hidden="true">{"?"}</span>
            </button>
            <span class="visually-hidden" role="status">{ if copied { "Link copied" } else { "" } }</span>
        </header>
    }
}

/// The link for whoever copies it by hand: selected, until the focus goes elsewhere.
fn to_copy(link: &AttrValue, share: &Callback<Option<Link>>) -> Html {
    let select = |e: FocusEvent| {
        if let Some(field) = e.target_dyn_into::<HtmlInputElement>() {
            field.select();
        }
    };
    html! {
        <label class="to-copy">
            <span>{"Copy this:"}</span>
            <input aria-label="The link, to copy" id={FIELD} data-testid="to-copy" readonly=true value={link.clone()} onfocus={select}
                onblur={share.reform(|_| None)} />
        </label>
    }
}
