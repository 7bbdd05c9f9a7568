//! The keyboard, outside of what takes keys itself.

use crate::model::keys::{Command, command, is_single};
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// Listens to the keys of [`command`]; without those that are a single character, if they are switched off. `act`
/// tells whether it did something: where it did not, the key is the browser's.
#[hook]
pub fn use_hotkeys(single: bool, act: Callback<Command, bool>) {
    // The listener stays, and asks for what was rendered last.
    let latest = use_mut_ref(|| (single, act.clone()));
    *latest.borrow_mut() = (single, act);
    use_effect_with((), move |()| {
        let window = web_sys::window().expect("a page has a window");
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&window, "keydown", options, move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let (single, act) = latest.borrow().clone();
            let (key, ctrl) = (event.key(), event.ctrl_key() || event.meta_key());
            if event.alt_key() || takes(event, &key) || (!single && !ctrl && is_single(&key)) {
                return;
            }
            if command(&key, ctrl, event.shift_key()).is_some_and(|command| act.emit(command)) {
                event.prevent_default();
            }
        });
        || drop(listener)
    });
}

/// True if a dialog is open, or the element with the focus has a use for the key.
fn takes(event: &KeyboardEvent, key: &str) -> bool {
    let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return false };
    let document = target.owner_document();
    if document.is_some_and(|d| d.query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())) {
        return true;
    }
    match target.tag_name().as_str() {
        "INPUT" if matches!(target.get_attribute("type").as_deref(), Some("checkbox")) => key == " ",
        // A slider is moved by the keys that have a name.
        "INPUT" if matches!(target.get_attribute("type").as_deref(), Some("range")) => key.len() > 1,
        "INPUT" | "TEXTAREA" | "SELECT" => true,
        "BUTTON" | "SUMMARY" => key == " ",
        // A text is scrolled where it is longer than its place.
        "PRE" if key.starts_with("Arrow") => target.scroll_width() > target.client_width(),
        "PRE" if key.len() > 1 => target.scroll_height() > target.client_height(),
        _ => false,
    }
}
