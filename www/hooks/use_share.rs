//! The link to what is shown, handed out.

use super::browser::{address, copy, focus_later};
use crate::model::link::Link;
use gloo_timers::callback::Timeout;
use yew::{platform::spawn_local, prelude::*};

/// How long it is said that the link was copied, in milliseconds.
const COPIED: u32 = 2_000;

/// Where a link stands that the browser would not copy: the id of the field.
pub const FIELD: &str = "link";

/// What became of the link that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared {
    Nothing,
    Copied,
    /// The browser does not let the page copy: this is for the reader to do.
    Refused(AttrValue),
}

/// What became of it, and what copies a link, or forgets the one before.
#[hook]
pub fn use_share() -> (Shared, Callback<Option<Link>>) {
    let shared = use_state_eq(|| Shared::Nothing);
    let share = use_callback(shared.setter(), |link: Option<Link>, shared| {
        let Some(link) = link else { return shared.set(Shared::Nothing) };
        let (link, shared) = (address(&link.to_string()), shared.clone());
        spawn_local(async move {
            if copy(&link).await {
                shared.set(Shared::Copied);
                Timeout::new(COPIED, move || shared.set(Shared::Nothing)).forget();
            } else {
                shared.set(Shared::Refused(link.into()));
                focus_later(FIELD.into());
            }
        });
    });
    ((*shared).clone(), share)
}
