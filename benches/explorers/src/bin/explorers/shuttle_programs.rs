//! The programs on shuttle.

use explorers::{Explored, MOST, RUNS};
use shuttle::{
    sync::{Arc, Mutex, mpsc::sync_channel},
    thread,
};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Every schedule.
pub fn search(program: impl Fn() + Send + Sync + 'static) -> Explored {
    let executions = counted(program, |program| shuttle::check_dfs(program, Some(MOST)));
    Explored { executions, complete: executions < MOST }
}

/// Schedules by chance.
pub fn random(program: impl Fn() + Send + Sync + 'static) -> Explored {
    let executions = counted(program, |program| shuttle::check_random(program, RUNS));
    Explored { executions, complete: false }
}

fn counted(
    program: impl Fn() + Send + Sync + 'static,
    explore: impl FnOnce(Box<dyn Fn() + Send + Sync>),
) -> usize {
    let executions = std::sync::Arc::new(AtomicUsize::new(0));
    let count = executions.clone();
    explore(Box::new(move || {
        count.fetch_add(1, Ordering::Relaxed);
        program();
    }));
    executions.load(Ordering::Relaxed)
}

pub fn lockers(tasks: usize, times: usize, mutexes: usize) {
    let mutexes: Vec<_> = (0..mutexes).map(|_| Arc::new(Mutex::new(0))).collect();
    let tasks = (0..tasks).map(|task| {
        let mutex = mutexes[task % mutexes.len()].clone();
        thread::spawn(move || {
            for _ in 0..times {
                *mutex.lock().unwrap() += 1;
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.join().unwrap();
    }
}

pub fn pipe(items: u32, cap: usize) {
    let (first, from_first) = sync_channel(cap);
    let (second, from_second) = sync_channel(cap);
    let source = thread::spawn(move || {
        for i in 0..items {
            first.send(i).unwrap();
        }
    });
    let stage = thread::spawn(move || {
        for _ in 0..items {
            second.send(from_first.recv().unwrap()).unwrap();
        }
    });
    for i in 0..items {
        assert_eq!(from_second.recv().unwrap(), i);
    }
    source.join().unwrap();
    stage.join().unwrap();
}

pub fn yielders(tasks: usize, times: usize) {
    let tasks = (0..tasks).map(|_| {
        thread::spawn(move || {
            for _ in 0..times {
                thread::yield_now();
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.join().unwrap();
    }
}
