//! The exploration beside loom and shuttle, on programs of the same shape: threads or tasks that lock or pass values
//! on, and a main that joins them.
//!
//! Each row is the least time of five rounds, in which all contenders take turns. A search that does not end
//! within [`MOST`](explorers::MOST) executions is cut short, and the row says so. Steps are not compared: a contender decides itself
//! what one is.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the real clock")]

mod loom_programs;
mod shuttle_programs;

use explorers::{Explored, fanin_programs};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

/// What takes less than this is repeated, and its mean counts.
const ROUND: Duration = Duration::from_millis(50);

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
            let (start, mut times) = (Instant::now(), 0);
            while times == 0 || start.elapsed() < ROUND {
                let explored = (contender.explore)();
                told[i] = Some((explored.executions, explored.complete));
                times += 1;
            }
            best[i] = best[i].min(start.elapsed() / times);
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

/// The contenders for a program, each with its own form of it: every row has the same ones, but that loom has no channel
/// with a capacity.
macro_rules! contenders {
    ($program:ident($($arg:expr),*) $(, loom: $($loom:ident($($loom_arg:expr),*))?)?) => {
        vec![
            contender("fanin", move || fanin_programs::search(move || fanin_programs::$program($($arg),*))),
            contender("fanin, every one", move || fanin_programs::every(move || fanin_programs::$program($($arg),*))),
            contender("fanin, random", move || fanin_programs::random(move || fanin_programs::$program($($arg),*))),
            contender("shuttle, DFS", move || shuttle_programs::search(move || shuttle_programs::$program($($arg),*))),
            contender("shuttle, random", move || shuttle_programs::random(move || shuttle_programs::$program($($arg),*))),
            $($(contender("loom", move || loom_programs::search(move || loom_programs::$loom($($loom_arg),*))),)?)?
        ]
    };
}

fn main() {
    println!("{:<34} {:<16} {:>7} {:>11} {:>11}", "program", "contender", "runs", "time", "rate");
    for (tasks, times) in [(2, 2), (2, 3), (3, 1), (3, 2)] {
        let name = format!("{tasks} tasks x {times} lockings, one mutex");
        row(&name, &contenders!(lockers(tasks, times, 1), loom: lockers(tasks, times, 1)));
    }
    row("2 tasks x 3 lockings, own mutexes", &contenders!(lockers(2, 3, 2), loom: lockers(2, 3, 2)));
    row("2 tasks x 3 yields", &contenders!(yielders(2, 3), loom: yielders(2, 3)));
    for (items, cap) in [(2, 0), (4, 0), (4, 1)] {
        row(&format!("pipe of 3, {items} items, capacity {cap}"), &contenders!(pipe(items, cap)));
    }
    for items in [2, 4] {
        let name = format!("pipe of 3, {items} items, room for all");
        row(&name, &contenders!(pipe(items, items as usize), loom: pipe(items)));
    }
}
