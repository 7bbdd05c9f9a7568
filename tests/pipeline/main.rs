//! The editable pipeline: its text, its checks, and what it does when it runs.

#[cfg(not(target_arch = "wasm32"))]
mod any;
mod errors;
mod leaks;
#[cfg(not(target_arch = "wasm32"))]
mod model;
#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod runs;
mod text;
