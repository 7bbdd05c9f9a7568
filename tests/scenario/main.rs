//! What each scenario of the gallery is there to show, over many schedules.

#[macro_use]
mod support;

mod channels;
mod contexts;
mod groups;
mod leaks;
mod lifecycle;
mod pipelines;
mod races;
mod registry;
mod sharing;
