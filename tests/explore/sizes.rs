//! How many executions known programs take: no more than there are classes of schedules.

use fanin::{
    chan,
    explore::{Explorer, Report, Verdict},
    go, select,
    sync::Mutex,
};
use std::future::Future;

fn explore<F: Future<Output = ()> + Send + 'static>(program: impl Fn() -> F) -> Report {
    let report = Explorer::new().run(program);
    assert_eq!(report.verdict, Verdict::Complete);
    report
}

/// `stages` tasks in a line, `items` through them.
async fn pipeline(stages: u32, items: u32, cap: usize) {
    let (tx, mut rx) = chan(cap);
    go(async move {
        for i in 0..items {
            tx.send(i).await;
        }
    });
    for _ in 2..stages {
        let (tx, next) = chan(cap);
        let input = std::mem::replace(&mut rx, next);
        go(async move {
            for _ in 0..items {
                if let Some(i) = input.recv().await {
                    tx.send(i).await;
                }
            }
        });
    }
    for _ in 0..items {
        rx.recv().await;
    }
}

#[test]
fn a_linear_pipeline_has_one_execution() {
    for (stages, items, cap) in [(3, 4, 0), (3, 4, 1), (3, 4, 4), (4, 4, 0), (5, 8, 1)] {
        let report = explore(move || pipeline(stages, items, cap));
        assert_eq!(report.executions, 1, "{stages} stages, {items} items, capacity {cap}");
    }
}

#[test]
fn a_fan_in_has_one_execution_for_each_order_of_arrival() {
    for cap in [0, 2] {
        let report = explore(move || async move {
            let (tx, rx) = chan(cap);
            for i in 0..3 {
                let tx = tx.clone();
                go(async move {
                    for j in 0..2 {
                        tx.send(10 * i + j).await;
                    }
                });
            }
            for _ in 0..6 {
                rx.recv().await;
            }
        });
        // 6! / 2!^3
        assert_eq!(report.executions, 90, "capacity {cap}");
    }
}

#[test]
fn a_worker_pool_has_one_execution_for_each_way_to_share_and_collect() {
    for (workers, executions) in [(2, 36), (3, 522)] {
        let report = explore(move || async move {
            let (jobs_tx, jobs) = chan(3);
            let (results_tx, results) = chan(3);
            for _ in 0..workers {
                let (jobs, results_tx) = (jobs.clone(), results_tx.clone());
                go(async move {
                    while let Some(job) = jobs.recv().await {
                        results_tx.send(job).await;
                    }
                });
            }
            for job in 0..3 {
                jobs_tx.send(job).await;
            }
            for _ in 0..3 {
                results.recv().await;
            }
        });
        assert!(report.executions <= executions, "{workers} workers: {}", report.executions);
    }
}

#[test]
fn a_merge_by_select() {
    let report = explore(|| async {
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
    assert!(report.executions <= 168, "{}", report.executions);
}

#[test]
fn a_try_send_is_seen_before_and_after_the_receiver_waits() {
    let report = explore(|| async {
        let (tx, rx) = chan(0);
        go(async move {
            select! {
                tx.send(1) => {}
                default => {}
            }
        });
        rx.recv().await;
    });
    assert_eq!(report.executions, 2);
}

#[test]
fn tasks_that_share_nothing_have_one_execution() {
    let report = explore(|| async {
        for _ in 0..4 {
            let (tx, rx) = chan(1);
            go(async move {
                tx.send(1).await;
                rx.recv().await;
                tx.close();
            });
        }
    });
    assert_eq!(report.executions, 1);
}

/// Each of `tasks` locks one of `mutexes` so many `times`; the first serve all who have none of their own.
async fn lockers(tasks: usize, times: usize, mutexes: usize) {
    let mutexes: Vec<_> = (0..mutexes).map(|_| Mutex::new(0)).collect();
    for task in 0..tasks {
        let mutex = mutexes[task % mutexes.len()].clone();
        go(async move {
            for _ in 0..times {
                *mutex.lock().await += 1;
            }
        });
    }
}

#[test]
fn critical_sections_have_one_execution_for_each_order() {
    for (tasks, times, mutexes, executions) in
        [(2, 2, 1, 6), (2, 3, 1, 20), (3, 3, 1, 1_680), (6, 1, 1, 720), (3, 3, 3, 1)]
    {
        let report = explore(move || lockers(tasks, times, mutexes));
        assert_eq!(report.executions, executions, "{tasks} tasks, {times} times, {mutexes} mutexes");
    }
}

#[test]
fn dining_philosophers() {
    for (philosophers, executions) in [(2, 3), (3, 7), (5, 31)] {
        let report = explore(move || async move {
            let forks: Vec<_> = (0..philosophers).map(|_| Mutex::new(())).collect();
            for i in 0..philosophers {
                let (left, right) = (forks[i].clone(), forks[(i + 1) % philosophers].clone());
                go(async move {
                    let _left = left.lock().await;
                    let _right = right.lock().await;
                });
            }
        });
        assert!(report.executions <= executions, "{philosophers}: {}", report.executions);
        assert_eq!(report.findings[0].finding.tasks.len(), 1);
        assert_eq!(report.findings[0].length as usize, 1 + 3 * philosophers, "{report}");
    }
}
