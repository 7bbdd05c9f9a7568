//! Waiting for all other tasks of a run, and what is visible after that.

use crate::harness::*;
use fanin::{
    chan, go, recover, select,
    sim::{self, Outcome},
    sync::{Atomic, Mutex, RwLock},
    time::{Instant, after_func, now, sleep, timeout},
    yield_now,
};
use futures::FutureExt;
use std::{collections::BTreeSet, time::Duration};

sim_only! {
    /// Tasks that a timer starts, and what these start, belong to the run.
    async fn synctest_03_what_a_timer_starts_belongs_to_the_run() {
        let (tx, rx) = chan(0);
        after_func(ms(5), move || {
            let tx = tx.clone();
            async move {
                go(async move {
                    sleep(ms(5)).await;
                    tx.send(now()).await;
                });
            }
        });
        assert_eq!(rx.recv().await, Some(Instant::ZERO + ms(10)));
    }

    /// The wait lasts until all others wait or have ended, through however many steps.
    async fn synctest_05_wait_lasts_until_all_others_wait() {
        let log = Log::new();
        let (mut rx, mut ends) = (chan::<u32>(0).1, Vec::new());
        for i in 0..100 {
            let ((tx, next), log) = (chan(0), log.clone());
            let from = std::mem::replace(&mut rx, next);
            ends.push(tx.clone());
            go(async move {
                if i > 0 {
                    from.recv().await;
                }
                log.add(i);
                tx.send(i).await;
            });
        }
        sim::wait().await;
        assert_eq!(log.entries(), Vec::from_iter(0..100));
        assert_eq!(now(), Instant::ZERO);
        sim::wait().await;
    }

    /// Timers that are due run before; those of a moment later do not, for the wait moves no time.
    async fn synctest_06_wait_lets_due_timers_run() {
        let log = Log::new();
        for (name, after) in [("now", Duration::ZERO), ("later", Duration::from_nanos(1))] {
            let log = log.clone();
            after_func(after, move || {
                let log = log.clone();
                async move { log.add(name) }
            });
        }
        sim::wait().await;
        assert_eq!((log.entries(), now()), (vec!["now"], Instant::ZERO));
    }

    /// Only one task of a run waits for the others; runs within a run have their own.
    async fn synctest_07_one_wait_at_a_time() {
        let wait = || async { recover(sim::wait()).await.map_err(|fault| fault.text().to_string()) };
        let others = [go(wait()), go(wait())];
        let mut results = vec![wait().await];
        for other in others {
            results.push(other.await.expect("it returned"));
        }
        results.sort();
        let in_progress = Err("wait already in progress".to_string());
        assert_eq!(results, [Ok(()), in_progress.clone(), in_progress]);
        let within = async {
            go(yield_now());
            sim::wait().await;
            7
        };
        assert_eq!(run(0, within).value, Some(7));
    }

    /// A wait for a lock is one like any other here: time passes meanwhile, as for an ordinary program.
    async fn synctest_09_a_wait_for_a_lock_lets_time_pass() {
        let (lock, table) = (Mutex::new(()), RwLock::new(()));
        let held = (lock.lock().await, table.write().await);
        let waiting = (lock.clone(), table.clone());
        let other = go(async move {
            let _both = (waiting.0.lock().await, waiting.1.read().await);
            now()
        });
        sleep(ms(5)).await;
        drop(held);
        assert_eq!(other.await, Ok(Instant::ZERO + ms(5)));
    }

    /// After a sleep and a wait all that was due at the same instant is done.
    async fn synctest_15_a_sleep_and_a_wait() {
        let log = Log::new();
        for i in 0..3 {
            let log = log.clone();
            go(async move {
                sleep(ms(1000)).await;
                yield_now().await;
                log.add(i);
            });
        }
        sleep(ms(1000)).await;
        sim::wait().await;
        assert_eq!((log.entries().len(), now()), (3, Instant::ZERO + ms(1000)));
    }

    /// What the others did before they waited or ended is visible after the wait.
    async fn mem_07_a_wait_sees_what_the_others_did() {
        let log = Log::new();
        for end in [true, false] {
            let log = log.clone();
            go(async move {
                log.add(end);
                if !end {
                    fanin::Receiver::<()>::never().recv().await;
                }
            });
        }
        sim::wait().await;
        assert_eq!(log.entries().len(), 2);
    }

    /// A wait that is given up is none: another one may begin, and nobody is woken for it.
    async fn a_wait_can_be_given_up() {
        assert!(timeout(Duration::ZERO, sim::wait()).await.is_err());
        let (tx, rx) = chan::<()>(0);
        go(async move {
            yield_now().await;
            tx.close();
        });
        select! {
            _ = rx.recv() => {},
        }
        let mut wait = Box::pin(sim::wait());
        assert!((&mut wait).now_or_never().is_none());
        drop(wait);
        sim::wait().await;
    }
}

sim_only! {
    /// Another run's channel among the cases of a select is fatal, also beside one of its own.
    fn synctest_10_no_select_over_two_runs() {
        let (_tx, foreign) = run(0, async { chan::<u32>(1) }).value.expect("main returned");
        let run = run(0, async move {
            let (_own_tx, own) = chan::<u32>(1);
            select! {
                _ = own.recv() => {},
                _ = foreign.recv() => {},
            }
        });
        let end = run.recording.outcome.expect("it is over").to_string();
        assert_eq!(end, "fatal error: receive on a channel from outside the run that it was made in");
    }

    /// All that was done in a run is visible after it.
    fn mem_07_after_a_run_all_of_it_is_visible() {
        let log = Log::new();
        let adding = log.clone();
        let run = run(0, async move {
            go(async move {
                sleep(ms(5)).await;
                adding.add("after main");
            });
        });
        assert_eq!((run.recording.outcome, log.entries()), (Some(Outcome::Returned), vec!["after main"]));
    }

    /// A wait for the others does not hide that they wait for ever.
    fn a_wait_is_no_way_out_of_a_deadlock() {
        let end = ends(|| async {
            sim::wait().await;
            select! {}
        });
        assert_eq!(end, "fatal error: all goroutines are asleep - deadlock!");
    }
}

/// Outside a run nobody knows who else there is.
#[cfg(not(target_arch = "wasm32"))]
#[test]
#[should_panic(expected = "goroutine is not in a bubble")]
fn synctest_07_no_wait_outside_a_run() {
    sim::wait().now_or_never();
}

conformance! {
    /// What was done before an unlock is visible after the next lock; a failed try orders nothing.
    async fn mem_04_a_lock_sees_what_was_before_the_unlock() {
        let (lock, table) = (Mutex::new(0), RwLock::new(0));
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let (lock, table) = (lock.clone(), table.clone());
                go(async move {
                    let mut held = lock.lock().await;
                    let seen = *held;
                    yield_now().await;
                    *held = seen + 1;
                    drop(held);
                    let mut held = table.write().await;
                    let seen = *held;
                    yield_now().await;
                    *held = seen + 1;
                })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await, Ok(()));
        }
        assert_eq!((*lock.lock().await, *table.read().await), (4, 4));
        assert_eq!(lock.try_lock().await.map(|n| *n), Some(4));
    }

    /// Who sees the effect of an atomic or map operation sees what was before it.
    async fn mem_06_an_atomic_or_a_map_orders_what_was_before() {
        let (flag, map, log) = (Atomic::new(false), fanin::sync::Map::new(), Log::new());
        go({
            let (flag, map, log) = (flag.clone(), map.clone(), log.clone());
            async move {
                log.add("payload");
                flag.store(true);
                log.add("more");
                map.store("ready", ());
            }
        });
        while !flag.load().await {
            yield_now().await;
        }
        assert_eq!(log.entries()[0], "payload");
        while map.load("ready").await.is_none() {
            yield_now().await;
        }
        assert_eq!(log.entries(), ["payload", "more"]);
    }
}

sim_only! {
    /// What a program that reads the flag first can see is exactly this; without the flag it is more.
    fn mem_06_the_flag_is_what_orders() {
        let program = |by_flag: bool| {
            results(SEEDS, move || async move {
                let (flag, log) = (Atomic::new(false), Log::new());
                let (writer, adding) = (flag.clone(), log.clone());
                go(async move {
                    yield_now().await;
                    adding.add(());
                    writer.store(true);
                });
                let set = flag.load().await;
                yield_now().await;
                (!by_flag || set).then(|| log.entries().len())
            })
        };
        assert_eq!(program(true), BTreeSet::from([None, Some(1)]));
        assert_eq!(program(false), BTreeSet::from([Some(0), Some(1)]));
    }
}
