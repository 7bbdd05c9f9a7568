//! Condition variables.

use crate::harness::*;
use fanin::{
    WaitGroup, detect, go, named,
    sync::{Cond, Mutex},
    time::timeout,
    yield_now,
};

/// Starts tasks that wait for `cond` one after the other, and log their number when it came.
async fn waiters(n: u32, mutex: &Mutex<()>, cond: &Cond, log: &Log<u32>) -> WaitGroup {
    let wg = WaitGroup::new();
    for i in 0..n {
        let (mutex, cond, log) = (mutex.clone(), cond.clone(), log.clone());
        wg.go(async move {
            let guard = mutex.lock().await;
            let _guard = cond.wait(guard).await;
            log.add(i);
        });
        others_wait().await;
    }
    wg
}

conformance! {
    /// A wait unlocks and parks as one: whoever locks after it finds it waiting. It holds the lock again when
    /// it returns.
    async fn cond_01_unlock_and_park_are_one() {
        let (mutex, cond) = (Mutex::new(0), Cond::new());
        let guard = mutex.lock().await;
        let (other, signal) = (mutex.clone(), cond.clone());
        let signaller = go(async move {
            let mut value = other.lock().await;
            *value += 1;
            signal.signal();
        });
        let guard = cond.wait(guard).await;
        assert_eq!(*guard, 1);
        assert!(mutex.try_lock().await.is_none());
        assert!(signaller.await.is_ok());
    }

    /// A signal wakes the one that waited longest; with nobody waiting it does nothing.
    async fn cond_02_signals_wake_in_order() {
        let (mutex, cond, log) = (Mutex::new(()), Cond::new(), Log::new());
        cond.signal();
        let wg = waiters(5, &mutex, &cond, &log).await;
        for woken in 1..=5 {
            cond.signal();
            others_wait().await;
            assert_eq!(log.entries(), Vec::from_iter(0..woken));
        }
        wg.wait().await;
    }

    /// A broadcast wakes all who wait at that moment.
    async fn cond_03_a_broadcast_wakes_all() {
        let (mutex, cond, log) = (Mutex::new(()), Cond::new(), Log::new());
        for round in 1..4 {
            let wg = waiters(3, &mutex, &cond, &log).await;
            cond.broadcast();
            wg.wait().await;
            assert_eq!(log.entries().len(), 3 * round);
        }
    }

    /// Signals are not remembered.
    async fn cond_04_signals_are_not_remembered() {
        let (mutex, cond) = (Mutex::new(()), Cond::new());
        cond.signal();
        cond.broadcast();
        assert!(blocks(cond.wait(mutex.lock().await)).await);
        assert!(mutex.try_lock().await.is_some());
    }

    /// Signals may be given with the lock held, or without.
    async fn cond_06_with_or_without_the_lock() {
        let (mutex, cond, log) = (Mutex::new(()), Cond::new(), Log::new());
        let wg = waiters(3, &mutex, &cond, &log).await;
        cond.signal();
        let guard = mutex.lock().await;
        cond.broadcast();
        drop(guard);
        wg.wait().await;
        assert_eq!(log.entries().len(), 3);
    }

    /// A signal that was given before a task began to wait is not for that task.
    async fn cond_07_a_signal_is_not_stolen() {
        let (mutex, cond, log) = (Mutex::new(()), Cond::new(), Log::new());
        let first = waiters(1, &mutex, &cond, &log).await;
        cond.signal();
        let second = waiters(1, &mutex, &cond, &log).await;
        first.wait().await;
        assert_eq!(log.entries().len(), 1);
        cond.signal();
        second.wait().await;
    }

    /// A wait that is given up passes on the signal that it had got.
    async fn cond_a_wait_can_be_given_up() {
        let (mutex, cond, log) = (Mutex::new(()), Cond::new(), Log::new());
        let given_up = {
            let (mutex, cond) = (mutex.clone(), cond.clone());
            go(async move { timeout(ms(5), cond.wait(mutex.lock().await)).await.is_err() })
        };
        others_wait().await;
        let wg = waiters(1, &mutex, &cond, &log).await;
        let held = mutex.lock().await;
        cond.signal();
        assert_eq!(given_up.await, Ok(true));
        drop(held);
        cond.signal();
        wg.wait().await;
    }
}

sim_only! {
    /// A wait never ends without a signal.
    fn cond_05_no_wake_without_a_signal() {
        let end = ends(|| async {
            let (mutex, cond) = (Mutex::new(()), Cond::new());
            go(async {
                for _ in 0..100 {
                    yield_now().await;
                }
            });
            let _never = cond.wait(mutex.lock().await).await;
        });
        assert!(end.contains("all goroutines are asleep"), "{end}");
    }

    /// The report says what is waited for, and that nobody gave it.
    fn cond_05_the_report_says_that_no_signal_came() {
        let run = run(0, async {
            let (mutex, cond) = (Mutex::new(()), named("changed", Cond::new));
            let _never = cond.wait(mutex.lock().await).await;
        });
        assert!(run.recording.report().contains("goroutine 1 [sync.Cond.Wait]:"));
        let found = detect::findings(&run.recording.events);
        let expected = "main waits for a signal of #2 (changed): nobody else ever gave one.";
        assert!(found[0].message.contains(expected), "{found:?}");
    }
}
