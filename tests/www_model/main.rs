//! The page's model, natively.

#[allow(dead_code, reason = "the page uses the rest")]
#[path = "../../www/model/mod.rs"]
mod model;

mod chart;
mod editor;
mod link;
mod params;
mod session;
mod view;
