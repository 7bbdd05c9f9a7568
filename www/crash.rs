//! A panic here would leave a dead page: this says so instead, on the page itself.

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// Hands the text of a panic to the banner that index.html keeps for it.
pub fn report_panics() {
    yew::set_custom_panic_hook(Box::new(|info| {
        let text = info.to_string();
        web_sys::console::error_1(&JsValue::from_str(&text));
        let init = CustomEventInit::new();
        init.set_detail(&JsValue::from_str(&text));
        if let (Some(window), Ok(event)) =
            (web_sys::window(), CustomEvent::new_with_event_init_dict("fanin-panic", &init))
        {
            let _unheard = window.dispatch_event(&event);
        }
    }));
}
