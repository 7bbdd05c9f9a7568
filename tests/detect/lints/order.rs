//! Locks that are taken in different orders.

use super::{MS, found, nothing, only};
use fanin::{
    detect::{Finding, Kind, lints},
    go, named,
    sim::Config,
    sync::{Mutex, RwLock},
    time::sleep,
};

/// Tasks that take two locks each, by number.
fn pairs(
    orders: &'static [[usize; 2]],
    wait: impl Fn() -> bool + Send + Sync + Copy + 'static,
) -> Vec<Vec<Finding>> {
    found(move || async move {
        let locks: Vec<_> = (0..3).map(|i| named(["a", "b", "c"][i], || Mutex::new(()))).collect();
        for order in orders {
            let locks = locks.clone();
            let task = go(async move {
                let _first = locks[order[0]].lock().await;
                let _second = locks[order[1]].lock().await;
            });
            if wait() {
                task.await.expect("it returns");
            }
        }
    })
}

#[test]
fn locks_in_both_orders_are_told_though_nobody_waited() {
    let found = pairs(&[[0, 1], [1, 0]], || false);
    let says = ["g2 takes #2 (b) while it holds #1 (a) (step", "g3 takes #1 (a) while it holds #2 (b) (step"];
    only(&found, Kind::LockOrder, &says);
    only(&pairs(&[[0, 1], [1, 2], [2, 0]], || false), Kind::LockOrder, &["g2", "g3", "g4"]);
}

#[test]
fn locks_in_one_order_or_one_task_after_the_other_are_fine() {
    nothing(&pairs(&[[0, 1], [0, 1], [1, 2], [0, 2]], || false));
    nothing(&pairs(&[[0, 1], [1, 0]], || true));
}

#[test]
fn the_same_locks_are_told_once() {
    only(&pairs(&[[0, 1], [1, 0], [1, 0]], || false), Kind::LockOrder, &["#1 (a)", "#2 (b)"]);
}

#[test]
fn one_task_or_one_lock_at_a_time_is_in_nobodys_way() {
    nothing(&found(|| async {
        let (a, b) = (Mutex::new(()), Mutex::new(()));
        for (first, second) in [(&a, &b), (&b, &a)] {
            let _first = first.lock().await;
            let _second = second.lock().await;
        }
    }));
    nothing(&found(|| async {
        let (a, b) = (Mutex::new(()), Mutex::new(()));
        for (first, second) in [(a.clone(), b.clone()), (b, a)] {
            go(async move {
                drop(first.lock().await);
                drop(second.lock().await);
            });
        }
    }));
}

/// Of three tasks around a circle the second one starts after the end of the first.
#[test]
fn a_circle_of_which_two_come_one_after_the_other_is_none() {
    for [first, second, third] in [[[1, 2], [2, 0], [0, 1]], [[2, 0], [1, 2], [0, 1]]] {
        nothing(&found(move || async move {
            let locks: Vec<_> = (0..3).map(|_| Mutex::new(())).collect();
            let start = |order: [usize; 2]| {
                let locks = locks.clone();
                go(async move {
                    let _first = locks[order[0]].lock().await;
                    let _second = locks[order[1]].lock().await;
                })
            };
            let beside = start(third);
            start(first).await.expect("it returns");
            start(second).await.expect("it returns");
            beside.await.expect("it returns");
        }));
    }
}

#[test]
fn a_lock_around_both_keeps_them_apart() {
    nothing(&found(|| async {
        let (gate, a, b) = (Mutex::new(()), Mutex::new(()), Mutex::new(()));
        for (first, second) in [(a.clone(), b.clone()), (b, a)] {
            let gate = gate.clone();
            go(async move {
                let _gate = gate.lock().await;
                let _first = first.lock().await;
                let _second = second.lock().await;
            });
        }
    }));
}

#[test]
fn a_lock_that_another_task_has_given_back_is_held_no_more() {
    nothing(&found(|| async {
        let (a, b) = (Mutex::new(()), Mutex::new(()));
        let (first, second) = (b.clone(), a.clone());
        go(async move {
            sleep(MS).await;
            let _first = first.lock().await;
            let _second = second.lock().await;
        });
        a.lock_raw().await;
        let other = a.clone();
        go(async move { other.unlock() }).await.expect("it returns");
        let _guard = b.lock().await;
        sleep(MS * 2).await;
    }));
}

#[test]
fn of_two_locks_for_reading_one_is_left_when_the_other_is_given_back() {
    let program = found(|| async {
        let (config, mutex) = (named("config", || RwLock::new(())), named("mu", || Mutex::new(())));
        let (write, other) = (config.clone(), mutex.clone());
        go(async move {
            sleep(MS).await;
            let _first = other.lock().await;
            let _second = write.write().await;
        });
        let (once, again) = (config.read().await, config.read().await);
        drop(once);
        drop(mutex.lock().await);
        drop(again);
    });
    only(&program, Kind::LockOrder, &["main takes #2 (mu) while it holds #1 (config)"]);
}

#[test]
fn a_try_waits_for_nobody_and_others_wait_for_it() {
    nothing(&found(|| async {
        let (a, b) = (Mutex::new(()), Mutex::new(()));
        let (first, second) = (a.clone(), b.clone());
        go(async move {
            let _first = first.lock().await;
            let _second = second.try_lock().await;
        });
        let _first = b.lock().await;
        let _second = a.lock().await;
    }));
    let tried = found(|| async {
        let (a, b) = (Mutex::new(()), Mutex::new(()));
        let (first, second) = (a.clone(), b.clone());
        go(async move {
            sleep(MS).await;
            let _first = first.try_lock().await;
            let _second = second.lock().await;
        });
        let _first = b.lock().await;
        let _second = a.lock().await;
    });
    only(&tried, Kind::LockOrder, &["g2 takes #2 while it holds #1", "main takes #1 while it holds #2"]);
}

/// Walks along a list of locks, and gives each back when it has the next.
async fn walk(locks: Vec<Mutex<()>>) {
    let mut held = locks[0].lock().await;
    for next in &locks[1..] {
        held = next.lock().await;
    }
    drop(held);
}

/// In whatever way a search goes along them: there are more ways than it could ever go.
#[test]
fn many_tasks_that_take_many_locks_in_one_order_are_fine() {
    nothing(&found(|| async {
        let locks: Vec<_> = (0..16).map(|_| Mutex::new(())).collect();
        for _ in 0..15 {
            go(walk(locks.clone()));
        }
    }));
}

/// All that could close the circle is of tasks of which one comes after the other.
#[test]
fn the_search_for_a_circle_has_an_end() {
    let run = Config::new().run(async {
        let locks: Vec<_> = (0..15).map(|_| Mutex::new(())).collect();
        for _ in 0..14 {
            go(walk(locks[..14].to_vec()));
        }
        go(walk(locks[13..].to_vec())).await.expect("it returns");
        go(walk(vec![locks[14].clone(), locks[0].clone()]));
    });
    assert_eq!(lints(&run.recording.events), []);
}

#[test]
fn readers_are_not_in_each_others_way() {
    let program = |write: bool| {
        found(move || async move {
            let (a, b) = (RwLock::new(()), RwLock::new(()));
            for (first, second) in [(a.clone(), b.clone()), (b, a)] {
                go(async move {
                    let _first = first.read().await;
                    if write {
                        let _second = second.write().await;
                    } else {
                        let _second = second.read().await;
                    }
                });
            }
        })
    };
    nothing(&program(false));
    only(&program(true), Kind::LockOrder, &["g2", "g3"]);
}
