//! The reduced exploration beside the one that takes every schedule: `cargo bench --bench explore`.
//!
//! Both take the same programs, interleaved, in one run; a time is the least of five.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the real clock")]

use fanin::{
    chan,
    explore::{Explorer, Report},
    go, select,
    sync::Mutex,
};
use std::{
    future::Future,
    hint::black_box,
    time::{Duration, Instant},
};

const ROUNDS: usize = 5;

/// Above this many schedules the unreduced search is cut short, and the row says so.
const MOST: u64 = 20_000;

fn time<F: Future<Output = ()> + Send + 'static>(
    explorer: &Explorer,
    program: impl Fn() -> F,
) -> (Report, Duration) {
    let start = Instant::now();
    let report = black_box(explorer.run(program));
    (report, start.elapsed())
}

fn row<F: Future<Output = ()> + Send + 'static>(name: &str, program: impl Fn() -> F) {
    let reduced = Explorer::new();
    let every = Explorer::new().every_schedule().max_executions(MOST);
    let mut best = [Duration::MAX; 2];
    let mut executions = [0; 2];
    for _ in 0..ROUNDS {
        for (i, explorer) in [&reduced, &every].into_iter().enumerate() {
            let (report, took) = time(explorer, &program);
            best[i] = best[i].min(took);
            executions[i] = report.executions;
        }
    }
    let rate = executions[0] as f64 / best[0].as_secs_f64();
    let cut = if executions[1] >= MOST { "+" } else { "" };
    println!(
        "{name:<22} {:>7} {:>10.2?} {rate:>9.0}/s   {:>7}{cut:<1} {:>10.2?}",
        executions[0], best[0], executions[1], best[1]
    );
}

fn main() {
    println!(
        "{:<22} {:>7} {:>10} {:>11}   {:>8} {:>10}",
        "program", "reduced", "time", "rate", "every", "time"
    );
    row("pipeline of 3, 4 items", || async {
        let (a, from_a) = chan(0);
        let (b, from_b) = chan(0);
        go(async move {
            for i in 0..4 {
                a.send(i).await;
            }
        });
        go(async move {
            for _ in 0..4 {
                if let Some(i) = from_a.recv().await {
                    b.send(i).await;
                }
            }
        });
        for _ in 0..4 {
            from_b.recv().await;
        }
    });
    row("fan-in, 3 of 2 items", || async {
        let (tx, rx) = chan(0);
        for _ in 0..3 {
            let tx = tx.clone();
            go(async move {
                for i in 0..2 {
                    tx.send(i).await;
                }
            });
        }
        for _ in 0..6 {
            rx.recv().await;
        }
    });
    row("select merge, 2 of 2", || async {
        let (a, from_a) = chan(0);
        let (b, from_b) = chan(0);
        for tx in [a, b] {
            go(async move {
                for i in 0..2 {
                    tx.send(i).await;
                }
            });
        }
        for _ in 0..4 {
            select! {
                _ = from_a.recv() => {}
                _ = from_b.recv() => {}
            }
        }
    });
    row("2 tasks, 2 lockings", || async {
        let mutex = Mutex::new(0);
        for _ in 0..2 {
            let mutex = mutex.clone();
            go(async move {
                for _ in 0..2 {
                    *mutex.lock().await += 1;
                }
            });
        }
    });
}
