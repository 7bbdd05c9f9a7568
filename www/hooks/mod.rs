//! Where the page touches the browser.

mod browser;
mod use_address;
mod use_hotkeys;
mod use_playback;
mod use_playground;
mod use_preparation;
mod use_share;
mod use_sources;
mod use_theme;
mod use_title;
mod use_width;

pub use browser::{focus, focus_later, go_to, keep_in_view, millis};
pub use use_address::use_address;
pub use use_hotkeys::use_hotkeys;
pub use use_playback::use_playback;
pub use use_playground::{Playground, Shown, use_playground};
pub use use_preparation::use_preparation;
pub use use_share::{FIELD, Shared, use_share};
pub use use_sources::{Fetched, use_sources};
pub use use_theme::{Theme, use_theme};
pub use use_title::use_title;
pub use use_width::use_width;
