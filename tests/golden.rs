//! A run is the same everywhere: its recording, event for event, is the one in `tests/golden`, natively and
//! in a browser.
//!
//! `BLESS=1 cargo test --test golden` writes the files anew, after a change that is meant.

#![cfg(feature = "sim")]

use fanin::{
    Context, chan, go, named,
    pipeline::{Pipeline, Settings},
    probe::Event,
    select,
    sim::{Config, Recording},
    time::{Ticker, after, sleep},
};
use std::{fmt::Write, time::Duration};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// Channels, a select with default, timers, a context with a deadline, a panic that is recovered.
async fn raw() {
    let (ctx, cancel) = named("deadline", || Context::background().with_timeout(ms(9)));
    let (tx, rx) = named("numbers", || chan(1));
    for i in 0..3 {
        let (tx, ctx) = (tx.clone(), ctx.clone());
        named("sender", || {
            go(async move {
                select! {
                    tx.send(i) => {},
                    _ = ctx.done().recv() => fanin::output(&"gave up"),
                }
            })
        });
    }
    let ticker = Ticker::new(ms(2));
    let (mut ticks, mut polls) = (0, 0);
    while ticks < 3 {
        select! {
            _ = ticker.recv() => ticks += 1,
            v = rx.recv() => fanin::output(&v.unwrap_or(-1)),
            _ = after(ms(1)).recv() => polls += 1,
        }
    }
    fanin::output(&polls);
    cancel.cancel();
    let caught = fanin::recover(async move {
        tx.close();
        tx.close();
    });
    fanin::output(&caught.await.is_err());
    sleep(ms(1)).await;
}

fn of_pipeline(seed: u64) -> Recording {
    let mut run = Pipeline::opening().start(Settings::seed(seed)).expect("it can run");
    while run.step() {}
    run.sim().recording().clone()
}

/// A line for each event. Lines of the library's own source are left out: they move.
fn lines(recordings: impl IntoIterator<Item = Recording>) -> String {
    let mut text = String::new();
    for recording in recordings {
        let _infallible = writeln!(text, "seed {}", recording.seed);
        for Event { step, at, task, what, place } in &recording.events {
            let _infallible = write!(text, "{step} {at} {task} {what:?}");
            if let Some(place) = place.as_ref().filter(|p| !p.file.starts_with("src")) {
                let _infallible = write!(text, " at {place}");
            }
            text.push('\n');
        }
    }
    text
}

#[track_caller]
fn check(name: &str, golden: &str, lines: &str) {
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("BLESS").is_some() {
        let path = format!("{}/tests/golden/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        return std::fs::write(path, lines).expect("the file can be written");
    }
    for (number, (expected, line)) in (1..).zip(golden.lines().zip(lines.lines())) {
        assert_eq!(line, expected, "line {number} of tests/golden/{name}.txt");
    }
    assert_eq!(lines.lines().count(), golden.lines().count(), "tests/golden/{name}.txt");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_raw_program_is_the_same_everywhere() {
    let recordings = [1, 7].map(|seed| Config::new().seed(seed).run(raw()).recording);
    check("raw", include_str!("golden/raw.txt"), &lines(recordings));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_pipeline_is_the_same_everywhere() {
    check("pipeline", include_str!("golden/pipeline.txt"), &lines([1, 7].map(of_pipeline)));
}
