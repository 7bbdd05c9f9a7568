//! The page's model, natively: the property tests need proptest, which is not for wasm32.

#![cfg(not(target_arch = "wasm32"))]

#[allow(dead_code, reason = "the page uses the rest")]
#[path = "../../www/model/mod.rs"]
mod model;

mod link;
mod view;
