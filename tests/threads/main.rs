//! Programs on native threads: how they end, what they leave behind, and what they share with the world around them.

#![cfg(all(feature = "threads", not(target_arch = "wasm32")))]

mod contention;
mod drops;
mod ends;
mod outside;
mod wakers;
