//! Light, dark, or as the system has it; remembered.

use yew::prelude::*;

/// Where the choice is stored; www/assets/theme.js reads it before the first paint.
const KEY: &str = "fanin.theme";

/// The colours of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    /// Its name in the document and in storage.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    fn stored() -> Self {
        let root = root();
        let name = root.and_then(|r| r.get_attribute("data-theme"));
        [Self::Light, Self::Dark]
            .into_iter()
            .find(|t| name.as_deref() == Some(t.name()))
            .unwrap_or(Self::System)
    }

    fn apply(self) {
        let Some(root) = root() else { return };
        // Storage may be forbidden: the choice then lasts as long as the page.
        let storage = web_sys::window().and_then(|w| w.local_storage().ok().flatten());
        let _kept = storage.map(|s| s.set_item(KEY, self.name()));
        let _set = match self {
            Self::System => root.remove_attribute("data-theme"),
            theme => root.set_attribute("data-theme", theme.name()),
        };
    }
}

fn root() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.document_element()
}

/// The theme, and what goes on to the next one.
#[hook]
pub fn use_theme() -> (Theme, Callback<()>) {
    let theme = use_state(Theme::stored);
    let current = *theme;
    let next = Callback::from(move |()| {
        current.next().apply();
        theme.set(current.next());
    });
    (current, next)
}
