//! How a statement is tested: one body for all runtimes, many seeds where there are seeds.

use fanin::{
    recover,
    sim::{Config, Run},
    time::{sleep, timeout},
};
use std::{
    collections::BTreeSet,
    fmt::Debug,
    sync::{Arc, Mutex},
    time::Duration,
};

/// How many schedules a body is run under in the simulator.
pub const SEEDS: u64 = 50;

/// Tests that run on the simulator, natively also on one thread and on many, and in a browser on its event loop.
macro_rules! conformance {
    ($($(#[$doc:meta])+ async fn $name:ident() $body:block)+) => {$(
        $(#[$doc])+
        pub mod $name {
            #[allow(unused_imports, reason = "not every body needs its surroundings")]
            use super::*;

            async fn body() $body

            #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
            #[cfg_attr(not(target_arch = "wasm32"), test)]
            fn on_the_simulator() {
                $crate::harness::under_every_seed(body);
            }

            #[cfg(not(target_arch = "wasm32"))]
            #[test]
            fn on_one_thread() {
                fanin::rt::local::Config::new().paused_clock().run(body());
            }

            #[cfg(all(not(target_arch = "wasm32"), feature = "threads"))]
            #[test]
            fn on_threads() {
                for workers in [1, 2, 8] {
                    fanin::rt::threads::Config::new().workers(workers).paused_clock().run(body());
                }
            }

            #[cfg(all(target_arch = "wasm32", feature = "browser"))]
            #[wasm_bindgen_test::wasm_bindgen_test]
            async fn in_the_browser() {
                fanin::rt::browser::spawn(body()).await.expect("main returned");
            }
        }
    )+};
}

/// Tests that need the simulator: its faults, its reports, its clock or its seeds. An `async fn` runs under
/// every seed.
macro_rules! sim_only {
    ($($(#[$doc:meta])+ async fn $name:ident() $body:block)+) => {
        sim_only! {$(
            $(#[$doc])+
            fn $name() {
                $crate::harness::under_every_seed(async || $body);
            }
        )+}
    };
    ($($(#[$doc:meta])+ fn $name:ident() $body:block)+) => {$(
        $(#[$doc])+
        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        pub fn $name() $body
    )+};
}

/// Runs a program under many seeds; main has to return under each.
pub fn under_every_seed<F>(body: impl Fn() -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    for seed in 0..SEEDS {
        let run = run(seed, body());
        assert!(run.value.is_some(), "seed {seed}: {}", run.recording.report());
    }
}

/// Runs a program under one seed.
pub fn run<F>(seed: u64, main: F) -> Run<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    Config::new().seed(seed).run(main)
}

/// All that a program gives under `seeds` seeds.
pub fn results<F>(seeds: u64, body: impl Fn() -> F) -> BTreeSet<F::Output>
where
    F: Future<Output: Ord + Send> + Send + 'static,
{
    let value = |seed| {
        let run = run(seed, body());
        let report = run.recording.report();
        run.value.unwrap_or_else(|| panic!("seed {seed}: {report}"))
    };
    (0..seeds).map(value).collect()
}

/// How a program ends, in Go's words; the same under every seed.
pub fn ends<F>(body: impl Fn() -> F) -> String
where
    F: Future<Output: Send> + Send + 'static,
{
    let outcome = |seed| run(seed, body()).recording.outcome.expect("the run is over").to_string();
    let mut ends: BTreeSet<_> = (0..SEEDS).map(outcome).collect();
    let end = ends.pop_first().expect("some seed");
    assert!(ends.is_empty(), "not only {end:?}, but also {ends:?}");
    end
}

/// The text of the panic that ends a future.
pub async fn panic_text<F: Future<Output: Debug>>(future: F) -> String {
    recover(future).await.expect_err("it panics").text().into()
}

/// Passes once all other tasks wait: a clock that is virtual or paused stands still before, and a browser's event loop
/// runs what is ready before a timeout.
pub async fn others_wait() {
    sleep(Duration::from_millis(1)).await;
}

/// True if a future is not ready once all other tasks wait.
pub async fn blocks<F: Future>(future: F) -> bool {
    timeout(ms(1), future).await.is_err()
}

/// That many milliseconds.
pub const fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// A log that tasks write to.
#[derive(Clone)]
pub struct Log<T>(Arc<Mutex<Vec<T>>>);

impl<T: Clone> Log<T> {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Vec::new())))
    }

    pub fn add(&self, entry: T) {
        self.0.lock().expect("no panic in here").push(entry);
    }

    pub fn entries(&self) -> Vec<T> {
        self.0.lock().expect("no panic in here").clone()
    }
}
