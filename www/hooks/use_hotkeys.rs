//! The keyboard, outside of what takes keys itself.

use crate::model::keys::{Command, command, is_single};
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// Listens to the keys of [`command`]; without those that are a single character, if they are switched off.
#[hook]
pub fn use_hotkeys(single: bool, act: Callback<Command>) {
    use_effect(move || {
        let window = web_sys::window().expect("a page has a window");
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&window, "keydown", options, move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let (key, ctrl) = (event.key(), event.ctrl_key() || event.meta_key());
            if event.alt_key() || takes(event, &key) || (!single && !ctrl && is_single(&key)) {
                return;
            }
            if let Some(command) = command(&key, ctrl, event.shift_key()) {
                event.prevent_default();
                act.emit(command);
            }
        });
        || drop(listener)
    });
}

/// True if the element with the focus has a use for the key.
fn takes(event: &KeyboardEvent, key: &str) -> bool {
    let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return false };
    match target.tag_name().as_str() {
        "INPUT" if matches!(target.get_attribute("type").as_deref(), Some("checkbox")) => key == " ",
        // A slider is moved by the keys that have a name.
        "INPUT" if matches!(target.get_attribute("type").as_deref(), Some("range")) => key.len() > 1,
        "INPUT" | "TEXTAREA" | "SELECT" => true,
        "BUTTON" | "SUMMARY" => key == " ",
        _ => target.closest("dialog").ok().flatten().is_some(),
    }
}
