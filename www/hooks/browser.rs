//! Small requests to the browser.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Copies the address of the page, as far as the browser allows it.
pub fn copy_address() {
    let Some(window) = web_sys::window() else { return };
    if let Ok(address) = window.location().href() {
        let _copying = window.navigator().clipboard().write_text(&address);
    }
}

/// The page's clock, in milliseconds.
pub fn millis() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |clock| clock.now())
}

/// Moves the focus.
pub fn focus(id: &str) {
    let element = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id(id));
    if let Some(element) = element.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _focused = element.focus();
    }
}

/// Moves the focus once the page is drawn anew.
pub fn focus_later(id: String) {
    Timeout::new(0, move || focus(&id)).forget();
}
