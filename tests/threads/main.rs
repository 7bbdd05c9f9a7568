//! Programs on native threads: how they end, and what they share with the world around them.

#![cfg(all(feature = "threads", not(target_arch = "wasm32")))]

mod ends;
mod outside;
