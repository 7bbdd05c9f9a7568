//! The head of every page: where one is, and what concerns the whole of it.

use super::{Glyph, icon};
use crate::{
    hooks::{Theme, use_theme},
    model::session::{Action, Page},
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TopBarProps {
    pub page: Page,
    /// The address of the pipeline that is being edited.
    pub pipeline: AttrValue,
    pub act: Callback<Action>,
    pub share: Callback<()>,
    pub copied: bool,
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
    let current = |here: bool| here.then_some("page");
    html! {
        <header class="topbar">
            <a class="brand" href={props.pipeline.clone()} aria-label="fanin: to the playground">
                { icon(Glyph::Logo, 22) }<span>{"fanin"}</span>
            </a>
            <nav aria-label="Pages">
                <a href={props.pipeline.clone()} aria-current={current(playground)}>{"Playground"}</a>
                <a href="#v1/gallery" aria-current={current(!playground)}>{"Gallery"}</a>
            </nav>
            <button class="icon-button" type="button" title="Copy the link (s)" aria-label="Copy the link"
                data-testid="share" onclick={props.share.reform(|_| ())}>
                { icon(if props.copied { Glyph::Check } else { Glyph::Share }, 16) }
            </button>
            <button class="icon-button" type="button" title={label.clone()} aria-label={label}
                data-testid="theme" onclick={next.reform(|_| ())}>
                { icon(glyph, 16) }
            </button>
            <button class="icon-button" type="button" title="Keys (?)" aria-label="Keys and help"
                onclick={props.act.reform(|_| Action::Help(true))}>
                <span aria-hidden="true">{"?"}</span>
            </button>
            <span class="visually-hidden" role="status">{ if props.copied { "Link copied" } else { "" } }</span>
        </header>
    }
}
