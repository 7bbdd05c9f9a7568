//! The playground: builds a pipeline or takes a scenario, runs it in the simulator, and shows the recording.

#![forbid(unsafe_code)]

mod components;
mod crash;
mod engine;
mod hooks;
mod model;
mod pages;

fn main() {
    crash::report_panics();
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("app"));
    yew::Renderer::<pages::App>::with_root(root.expect("index.html has the element")).render();
}
