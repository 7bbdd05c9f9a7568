//! The programs on loom, whose only channel is without a capacity.

use explorers::{Explored, MOST};
use loom::{
    sync::{Arc, Mutex, mpsc::channel},
    thread,
};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Every interleaving.
pub fn search(program: impl Fn() + Send + Sync + 'static) -> Explored {
    let executions = std::sync::Arc::new(AtomicUsize::new(0));
    let count = executions.clone();
    let mut builder = loom::model::Builder::new();
    builder.max_permutations = Some(MOST);
    builder.check(move || {
        count.fetch_add(1, Ordering::Relaxed);
        program();
    });
    let executions = executions.load(Ordering::Relaxed);
    Explored { executions, complete: executions < MOST }
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

pub fn pipe(items: u32) {
    let (first, from_first) = channel();
    let (second, from_second) = channel();
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
