//! The programs on fanin.

use crate::{Explored, MOST, RUNS};
use fanin::{
    chan,
    explore::{Explorer, Verdict},
    go,
    sync::Mutex,
    yield_now,
};
use std::future::Future;

/// Every interleaving, one execution for each class of equivalent ones.
pub fn search<F: Future<Output = ()> + Send + 'static>(program: impl Fn() -> F) -> Explored {
    explore(&Explorer::new().max_executions(MOST as u64), program)
}

/// Every schedule, as a search without reduction takes them.
pub fn every<F: Future<Output = ()> + Send + 'static>(program: impl Fn() -> F) -> Explored {
    explore(&Explorer::new().every_schedule().max_executions(MOST as u64), program)
}

/// Schedules by chance.
pub fn random<F: Future<Output = ()> + Send + 'static>(program: impl Fn() -> F) -> Explored {
    explore(&Explorer::new().random(1, RUNS as u64), program)
}

fn explore<F: Future<Output = ()> + Send + 'static>(
    explorer: &Explorer,
    program: impl Fn() -> F,
) -> Explored {
    let report = explorer.run(program);
    assert!(report.findings.is_empty(), "{report}");
    Explored { executions: report.executions as usize, complete: report.verdict == Verdict::Complete }
}

pub async fn lockers(tasks: usize, times: usize, mutexes: usize) {
    let mutexes: Vec<_> = (0..mutexes).map(|_| Mutex::new(0)).collect();
    let tasks = (0..tasks).map(|task| {
        let mutex = mutexes[task % mutexes.len()].clone();
        go(async move {
            for _ in 0..times {
                *mutex.lock().await += 1;
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.expect("it ends");
    }
}

pub async fn pipe(items: u32, cap: usize) {
    let (first, from_first) = chan(cap);
    let (second, from_second) = chan(cap);
    let source = go(async move {
        for i in 0..items {
            first.send(i).await;
        }
    });
    let stage = go(async move {
        for _ in 0..items {
            second.send(from_first.recv().await.expect("a value")).await;
        }
    });
    for i in 0..items {
        assert_eq!(from_second.recv().await, Some(i));
    }
    source.await.expect("it ends");
    stage.await.expect("it ends");
}

pub async fn yielders(tasks: usize, times: usize) {
    let tasks = (0..tasks).map(|_| {
        go(async move {
            for _ in 0..times {
                yield_now().await;
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.expect("it ends");
    }
}
