//! What is found in recordings.

#![cfg(all(feature = "sim", not(target_arch = "wasm32")))]

mod shared;
