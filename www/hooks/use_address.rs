//! Keeps the address and the state in step.

use crate::model::session::{Action, Session};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// How long the position has to rest before it is written to the address, in milliseconds. Browsers refuse
/// more than some hundred changes in half a minute.
const REST: u32 = 300;

/// The fragment of the page's address.
pub fn fragment() -> String {
    web_sys::window().and_then(|w| w.location().hash().ok()).unwrap_or_default()
}

/// Writes the state to the address, and follows back, forward and what is typed there. A change of the run is
/// an entry of the history; a change of the position is not, and typing is one however many keys it takes.
#[hook]
pub fn use_address(session: &Session, act: Callback<Action>) {
    // What the address stands for; nothing if it was changed by the browser.
    let written = use_mut_ref(|| None::<Session>);
    {
        let written = written.clone();
        use_effect_with((), move |()| {
            let window = web_sys::window().expect("a page has a window");
            let listener = EventListener::new(&window, "popstate", move |_| {
                written.take();
                act.emit(Action::Open(fragment()));
            });
            || drop(listener)
        });
    }
    use_effect_with(session.clone(), move |session| {
        let before = written.borrow().clone();
        let later = match before {
            Some(before) if before.same_run(session) => {
                let session = session.clone();
                Some(Timeout::new(REST, move || write(&written, session, false)))
            }
            before => {
                let types_on = |b: &Session| b.editor.typing && session.editor.typing && b.key == session.key;
                let push = before.is_some_and(|b| !types_on(&b));
                write(&written, session.clone(), push);
                None
            }
        };
        || drop(later)
    });
}

/// An address that could not be read stays as it is, for whoever wants to mend it.
fn write(written: &Rc<RefCell<Option<Session>>>, session: Session, push: bool) {
    if session.notice.is_none() {
        put(&session.link().to_string(), push);
    }
    *written.borrow_mut() = Some(session);
}

fn put(address: &str, push: bool) {
    let Some(window) = web_sys::window() else { return };
    let Ok(history) = window.history() else { return };
    if fragment() == address {
        return;
    }
    // A browser may refuse: then the address lags behind, and nothing is broken.
    let _refused = if push {
        history.push_state_with_url(&JsValue::NULL, "", Some(address))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(address))
    };
}
