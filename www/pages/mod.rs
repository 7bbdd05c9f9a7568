//! The pages.

mod app;
mod bench;
mod gallery;
mod playground;
mod scenario;

pub use app::App;
