//! The exploration beside loom and shuttle, on programs of the same shape: threads or tasks that lock or pass values
//! on, and a main that joins them.
//!
//! Each row is the least time of five rounds, in which all contenders take turns. A search that does not end
//! within [`MOST`] executions is cut short, and the row says so. Steps are not compared: a contender decides itself
//! what one is.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the real clock")]

mod fanin_programs;
mod loom_programs;
mod shuttle_programs;

use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

/// After so many executions a search is cut short.
const MOST: usize = 100_000;

/// How many schedules those take that go by chance.
const RUNS: usize = 20_000;

/// How many executions a contender took, and whether that was all there is to see.
struct Explored {
    executions: usize,
    complete: bool,
}

struct Contender {
    name: &'static str,
    explore: Box<dyn Fn() -> Explored>,
}

fn contender(name: &'static str, explore: impl Fn() -> Explored + 'static) -> Contender {
    Contender { name, explore: Box::new(explore) }
}

fn row(program: &str, contenders: &[Contender]) {
    let mut best = vec![Duration::MAX; contenders.len()];
    let mut told = vec![None; contenders.len()];
    for _ in 0..ROUNDS {
        for (i, contender) in contenders.iter().enumerate() {
            let start = Instant::now();
            let explored = (contender.explore)();
            best[i] = best[i].min(start.elapsed());
            told[i] = Some((explored.executions, explored.complete));
        }
    }
    for (i, contender) in contenders.iter().enumerate() {
        let (executions, complete) = told[i].expect("there was a round");
        let rate = executions as f64 / best[i].as_secs_f64();
        let verdict = if complete { "complete" } else { "not complete" };
        println!(
            "{program:<34} {:<16} {executions:>7} {:>11.1?} {rate:>9.0}/s  {verdict}",
            contender.name, best[i]
        );
    }
}

fn main() {
    println!("{:<34} {:<16} {:>7} {:>11} {:>11}", "program", "contender", "runs", "time", "rate");
    row(
        "2 tasks x 3 lockings, one mutex",
        &[
            contender("fanin", || fanin_programs::search(|| fanin_programs::lockers(2, 3, 1))),
            contender("fanin, random", || fanin_programs::random(|| fanin_programs::lockers(2, 3, 1))),
            contender("shuttle, DFS", || shuttle_programs::search(|| shuttle_programs::lockers(2, 3, 1))),
            contender("shuttle, random", || shuttle_programs::random(|| shuttle_programs::lockers(2, 3, 1))),
            contender("loom", || loom_programs::search(|| loom_programs::lockers(2, 3, 1))),
        ],
    );
    row(
        "2 tasks x 3 lockings, own mutexes",
        &[
            contender("fanin", || fanin_programs::search(|| fanin_programs::lockers(2, 3, 2))),
            contender("shuttle, DFS", || shuttle_programs::search(|| shuttle_programs::lockers(2, 3, 2))),
            contender("loom", || loom_programs::search(|| loom_programs::lockers(2, 3, 2))),
        ],
    );
    for items in [2, 4] {
        row(
            &format!("pipe of 3, {items} items, rendezvous"),
            &[
                contender("fanin", move || fanin_programs::search(move || fanin_programs::pipe(items, 0))),
                contender("fanin, random", move || {
                    fanin_programs::random(move || fanin_programs::pipe(items, 0))
                }),
                contender("shuttle, DFS", move || {
                    shuttle_programs::search(move || shuttle_programs::pipe(items, 0))
                }),
                contender("shuttle, random", move || {
                    shuttle_programs::random(move || shuttle_programs::pipe(items, 0))
                }),
            ],
        );
    }
}
