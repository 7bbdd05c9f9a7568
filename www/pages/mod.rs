//! The pages.

mod app;
mod crumbs;
mod gallery;
mod playground;
mod scenario;

pub use app::App;
