//! The page's model and its engine, natively.

#![cfg(not(target_arch = "wasm32"))] // proptest is for native tests

#[allow(dead_code, unused_imports, reason = "the page uses the rest")]
#[path = "../../www/model/mod.rs"]
mod model;

#[allow(dead_code, unused_imports, reason = "the page uses the rest")]
#[path = "../../www/engine/mod.rs"]
mod engine;

mod chart;
mod editor;
mod link;
mod params;
mod run;
mod session;
mod sources;
mod spark;
mod view;
mod words;
