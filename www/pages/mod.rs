//! The pages.

mod app;
mod gallery;
mod playground;
mod scenario;

pub use app::App;
