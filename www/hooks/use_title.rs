//! The title of the tab.

use crate::model::session::{Page, Session};
use fanin::scenario;
use yew::prelude::*;

/// Says in the tab what is open.
#[hook]
pub fn use_title(session: &Session) {
    use_effect_with(session.page.clone(), |page| {
        let title = match page {
            Page::Playground => "fanin: Go's concurrency patterns, step by step".to_owned(),
            Page::Gallery => "Gallery – fanin".to_owned(),
            Page::Scenario { id, .. } => {
                format!("{} – fanin", scenario::find(id).map_or(*id, |s| s.title))
            }
        };
        if let Some(document) = web_sys::window().and_then(|w| w.document()) {
            document.set_title(&title);
        }
    });
}
