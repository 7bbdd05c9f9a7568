//! What this page is a model of, its signs and its keys.

use super::{
    Glyph, icon,
    legend::{legend, names},
};
use crate::model::{keys::HELP, session::Action};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct HelpProps {
    pub single_keys: bool,
    pub act: Callback<Action>,
}

/// The help, on top of the page.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        if let Some(dialog) = node.cast::<HtmlDialogElement>() {
            let _open_already = dialog.show_modal();
        }
    });
    // Closed by itself it gives the focus back to what had it, as it does for Escape.
    let close = {
        let node = node.clone();
        move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        }
    };
    let toggle = {
        let on = !props.single_keys;
        props.act.reform(move |_: Event| Action::SingleKeys(on))
    };
    html! {
        <dialog ref={node} class="dialog" aria-labelledby="help-title" onclose={props.act.reform(|_| Action::Help(false))}>
            <header>
                <h2 id="help-title">{"Help"}</h2>
                <button class="icon-button" type="button" aria-label="Close" onclick={close}>{ icon(Glyph::Close, 16) }</button>
            </header>
            <div class="body">
                <p>{"A model of Go's goroutines, channels, select, wait groups and contexts, not the Go runtime: one goroutine \
                    acts at a time, one visible operation is one step, and the seed decides who acts next. Time is virtual: it \
                    moves only when nobody else can. After main has returned the others run on until nothing can move, so \
                    that a leak can be told for certain; a Go program would have exited. Everything runs in this page; nothing is sent anywhere."}</p>
                <h3>{"What the lanes show"}</h3>
                { legend() }
                { names() }
                <p>{"Above the slider: how many goroutines there are, and in red how many have leaked. Marks below it: where \
                    a channel is closed, and in red where a context ends or a goroutine panics."}</p>
                <h3>{"Keys"}</h3>
                <dl class="keymap">
                    for (keys, what) in HELP {
                        <dt>for key in keys { <kbd>{ *key }</kbd>{" "} }</dt>
                        <dd>{ what }</dd>
                    }
                </dl>
                <p><label class="switch">
                    <input type="checkbox" role="switch" checked={props.single_keys} onchange={toggle} />
                    {"Keys without Ctrl"}
                </label></p>
                <h3>{"In a page of your own"}</h3>
                <p>{"An address that ends in "}<code>{"&embed"}</code>{", or in "}<code>{"?embed"}</code>{" if it has no question mark yet, \
                    shows the run alone, for a frame: the lanes and what drives them."}</p>
            </div>
        </dialog>
    }
}
