//! Wait groups.

use crate::harness::*;
use fanin::{WaitGroup, chan, go, goexit, panic};

conformance! {
    /// A new group's counter is zero: nobody waits.
    async fn wg_01_a_new_group_is_done() {
        WaitGroup::new().wait().await;
    }

    /// Waiting lasts while the counter is positive; zero releases all.
    async fn wg_02_zero_releases_all() {
        let wg = WaitGroup::new();
        wg.add(1);
        let waiters: Vec<_> = (0..4)
            .map(|_| {
                let wg = wg.clone();
                go(async move { wg.wait().await })
            })
            .collect();
        assert!(blocks(wg.wait()).await);
        wg.done();
        for waiter in waiters {
            assert_eq!(waiter.await, Ok(()));
        }
    }

    /// Two groups hold each other back as a barrier, again and again.
    async fn wg_02_a_barrier_of_two_groups() {
        let (first, second) = (WaitGroup::new(), WaitGroup::new());
        for _ in 0..8 {
            first.add(4);
            second.add(4);
            let (tx, rx) = chan(4);
            for _ in 0..4 {
                let (first, second, tx) = (first.clone(), second.clone(), tx.clone());
                go(async move {
                    first.done();
                    second.wait().await;
                    tx.send(()).await;
                });
            }
            first.wait().await;
            for _ in 0..4 {
                assert!(rx.is_empty());
                second.done();
            }
            for _ in 0..4 {
                rx.recv().await;
            }
        }
    }

    /// Additions sum up.
    async fn wg_03_additions_sum_up() {
        let wg = WaitGroup::new();
        wg.add(2);
        wg.add(-2);
        wg.wait().await;
        wg.add(2);
        wg.done();
        assert!(blocks(wg.wait()).await);
        wg.done();
        wg.wait().await;
    }

    /// A group can be used again once all waits have returned.
    async fn wg_05_a_group_can_be_used_again() {
        let wg = WaitGroup::new();
        for _ in 0..3 {
            wg.add(1);
            let worker = wg.clone();
            go(async move { worker.done() });
            wg.wait().await;
        }
    }

    /// Go counts a task from its start to its end; tasks may start more.
    async fn wg_08_go_counts_a_task() {
        let (wg, log) = (WaitGroup::new(), Log::new());
        for i in 0..3 {
            let (inner, log) = (wg.clone(), log.clone());
            wg.go(async move {
                others_wait().await;
                let inner_log = log.clone();
                inner.go(async move { inner_log.add(i + 3) });
                log.add(i);
            });
        }
        wg.wait().await;
        let mut entries = log.entries();
        entries.sort_unstable();
        assert_eq!(entries, [0, 1, 2, 3, 4, 5]);
    }
}

sim_only! {
    /// A counter below zero panics.
    fn wg_04_a_negative_counter_panics() {
        let new = ends(|| async { WaitGroup::new().done() });
        let used = ends(|| async {
            let wg = WaitGroup::new();
            wg.add(1);
            wg.done();
            wg.done();
        });
        assert_eq!(new, "panic: sync: negative WaitGroup counter");
        assert_eq!(used, new);
    }

    /// Counting up before a released waiter has returned panics that waiter; later it is no misuse.
    fn wg_06_reuse_before_the_waiter_returned() {
        let seen = results(SEEDS, || async {
            let wg = WaitGroup::new();
            wg.add(1);
            let counting = wg.clone();
            go(async move {
                others_wait().await;
                counting.done();
                counting.add(1);
            });
            fanin::recover(async move { wg.wait().await }).await.map_err(|fault| fault.text().to_owned())
        });
        let reused = "sync: WaitGroup is reused before previous Wait has returned".to_owned();
        assert_eq!(seen, [Ok(()), Err(reused)].into());
    }

    /// A panic under Go ends the program; nobody is released first.
    fn wg_09_a_panic_under_go_ends_the_program() {
        let end = ends(|| async {
            let wg = WaitGroup::new();
            wg.go(async {
                panic("boom").await;
            });
            wg.wait().await;
            unreachable!("main goes on");
        });
        assert_eq!(end, "panic: boom");
    }

    /// Goexit under Go counts as an end.
    fn wg_10_goexit_under_go_is_an_end() {
        under_every_seed(|| async {
            let wg = WaitGroup::new();
            wg.go(async {
                goexit().await;
            });
            wg.wait().await;
        });
    }
}
