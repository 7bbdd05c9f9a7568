//! Small requests to the browser.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, Response};

/// The page's address with this fragment.
pub fn address(fragment: &str) -> String {
    let here = web_sys::window().and_then(|w| w.location().href().ok()).unwrap_or_default();
    let page = here.split_once('#').map_or(here.as_str(), |(page, _)| page);
    format!("{page}{fragment}")
}

/// Puts a text into the clipboard, and tells whether the browser let it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let clipboard = window.navigator().clipboard();
    // There is none on a page that came without encryption, and a frame may have none that works.
    !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// What index.html says under this name.
pub fn meta(name: &str) -> String {
    let document = web_sys::window().and_then(|w| w.document());
    let meta = document.and_then(|d| d.query_selector(&format!("meta[name={name}]")).ok().flatten());
    meta.and_then(|m| m.get_attribute("content")).unwrap_or_default()
}

/// The text of a file of the site, if it comes.
pub async fn file(name: &str) -> Option<String> {
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(name)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok().filter(|_| response.ok())?).await.ok()?;
    text.as_string()
}

/// The page's clock, in milliseconds.
pub fn millis() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |clock| clock.now())
}

/// Moves the focus, if there is such an element.
pub fn focus(id: &str) -> bool {
    element(id).is_some_and(|element| element.focus().is_ok())
}

/// Scrolls to what has this id, and moves the focus there.
pub fn go_to(id: &str) {
    if let Some(element) = element(id) {
        element.scroll_into_view();
        let _focused = element.focus();
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Scrolls a text, and nothing around it, until the line, counted from 1, is in view.
pub fn keep_in_view(text: &Element, line: u32) {
    let lines = text.query_selector_all(".line").ok();
    let line = lines.and_then(|l| l.get(line.checked_sub(1)?)).and_then(|l| l.dyn_into::<HtmlElement>().ok());
    let Some(line) = line else { return };
    let (top, height) = (line.offset_top(), text.client_height());
    let bottom = top + line.offset_height();
    if top < text.scroll_top() || bottom > text.scroll_top() + height {
        let rows = height / line.offset_height().max(1);
        text.set_scroll_top(top - rows / 2 * line.offset_height());
    }
}

/// Moves the focus once the page is drawn anew.
pub fn focus_later(id: String) {
    Timeout::new(0, move || _ = focus(&id)).forget();
}
