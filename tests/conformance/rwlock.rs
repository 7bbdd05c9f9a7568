//! Read-write locks.

use crate::harness::*;
use fanin::{
    WaitGroup, detect, go, named, recover,
    sync::{AtomicI64, RwLock},
    time::timeout,
    yield_now,
};

conformance! {
    /// Readers hold it together; a writer excludes readers and writers.
    async fn rw_01_readers_together_writers_alone() {
        let (rw, activity, wg) = (RwLock::new(()), AtomicI64::new(0), WaitGroup::new());
        for i in 0..6 {
            let (rw, activity) = (rw.clone(), activity.clone());
            wg.go(async move {
                if i % 3 == 0 {
                    let _writing = rw.write().await;
                    assert_eq!(activity.add(100).await, 100);
                    yield_now().await;
                    activity.add(-100).await;
                } else {
                    let _reading = rw.read().await;
                    assert!((1..100).contains(&activity.add(1).await));
                    yield_now().await;
                    activity.add(-1).await;
                }
            });
        }
        wg.wait().await;
        assert_eq!(activity.load().await, 0);
    }

    /// A writer waits for all who read already.
    async fn rw_02_a_writer_waits_for_the_readers() {
        let rw = RwLock::new(0);
        let (a, b) = (rw.read().await, rw.read().await);
        let (other, log) = (rw.clone(), Log::new());
        let writer = go({
            let log = log.clone();
            async move {
                *other.write().await = 1;
                log.add("written");
            }
        });
        drop(a);
        others_wait().await;
        log.add("still read");
        drop(b);
        assert!(writer.await.is_ok());
        assert_eq!(log.entries(), ["still read", "written"]);
        assert_eq!(*rw.read().await, 1);
    }

    /// A writer that waits stops new readers, though only readers hold the lock.
    async fn rw_03_a_waiting_writer_stops_new_readers() {
        let (rw, log, wg) = (RwLock::new(()), Log::new(), WaitGroup::new());
        let reading = rw.read().await;
        for (kind, write) in [("writer", true), ("reader", false)] {
            let (rw, log) = (rw.clone(), log.clone());
            wg.go(async move {
                if write {
                    let _writing = rw.write().await;
                    log.add(kind);
                } else {
                    let _reading = rw.read().await;
                    log.add(kind);
                }
            });
            others_wait().await;
        }
        assert!(rw.try_read().await.is_none());
        drop(reading);
        wg.wait().await;
        assert_eq!(log.entries(), ["writer", "reader"]);
    }

    /// After a writing, all who waited to read go before the next writer, even one that came earlier.
    async fn rw_05_readers_go_before_the_next_writer() {
        let (rw, log, wg) = (RwLock::new(()), Log::new(), WaitGroup::new());
        let writing = rw.write().await;
        for who in ["writer", "reader", "reader", "reader"] {
            let (rw, log) = (rw.clone(), log.clone());
            wg.go(async move {
                if who == "writer" {
                    let _writing = rw.write().await;
                    log.add(who);
                } else {
                    let _reading = rw.read().await;
                    log.add(who);
                }
            });
            others_wait().await;
        }
        drop(writing);
        wg.wait().await;
        assert_eq!(log.entries(), ["reader", "reader", "reader", "writer"]);
    }

    /// Trying to write succeeds only with no reader and no writer, trying to read with no writer.
    async fn rw_06_tries() {
        let rw = RwLock::new(());
        let writing = rw.try_write().await.expect("it is free");
        assert!(rw.try_write().await.is_none() && rw.try_read().await.is_none());
        drop(writing);
        let reading = rw.try_read().await.expect("it is free");
        assert!(rw.try_read().await.is_some());
        assert!(rw.try_write().await.is_none());
        drop(reading);
        assert!(rw.try_write().await.is_some());
    }

    /// Another task may end a reading or a writing.
    async fn rw_09_another_task_may_unlock() {
        let rw = RwLock::new(());
        rw.write_raw().await;
        let other = rw.clone();
        go(async move { other.write_unlock() });
        rw.read_raw().await;
        let other = rw.clone();
        go(async move { other.read_unlock() });
        rw.write_raw().await;
        rw.write_unlock();
    }

    /// A read guard is a lock object of its own: it can be handed on, and ends the reading where it is dropped.
    async fn rw_10_a_guard_can_be_handed_on() {
        let rw = RwLock::new(7);
        let reading = rw.read().await;
        let reader = go(async move { *reading });
        drop(rw.write().await);
        assert_eq!(reader.await, Ok(7));
    }

    /// A writer that gives up lets in those whom it held back.
    async fn rw_a_wait_can_be_given_up() {
        let rw = RwLock::new(());
        let reading = rw.read().await;
        let other = rw.clone();
        let reader = go(async move {
            others_wait().await;
            drop(other.read().await);
        });
        assert!(timeout(ms(3), rw.write()).await.is_err());
        assert!(reader.await.is_ok());
        drop(reading);
        drop(rw.write().await);
    }
}

sim_only! {
    /// Reading again inside of a reading deadlocks if a writer came in between; so does writing.
    fn rw_04_reading_again_inside() {
        for writer in [false, true] {
            let end = ends(move || async move {
                let rw = RwLock::new(());
                let _reading = rw.read().await;
                if writer {
                    let rw = rw.clone();
                    go(async move { drop(rw.write().await) });
                }
                others_wait().await;
                drop(rw.read().await);
            });
            assert_eq!(end.contains("deadlock"), writer, "{end}");
        }
        let upgrade = run(0, async {
            let rw = named("rw", || RwLock::new(()));
            let _reading = rw.read().await;
            drop(rw.write().await);
        });
        assert!(upgrade.recording.report().contains("goroutine 1 [sync.RWMutex.Lock]:"));
        let found = detect::findings(&upgrade.recording.events);
        let message = &found[0].message;
        assert!(message.contains("to lock #1 (rw) for writing: it has held it itself since step 2."), "{message}");
    }

    /// The report names the writer that holds a reader back.
    fn rw_04_the_report_names_the_writer() {
        let run = run(0, async {
            let rw = RwLock::new(());
            let _reading = rw.read().await;
            let other = rw.clone();
            go(async move { drop(other.write().await) });
            others_wait().await;
            drop(rw.read().await);
        });
        assert!(run.recording.report().contains("goroutine 1 [sync.RWMutex.RLock]:"));
        let found = detect::findings(&run.recording.events);
        let expected = "main waits to lock #1 for reading: g2 waits before it to write, and it has held it itself \
                        since step 2.";
        assert!(found[0].message.contains(expected), "{found:?}");
    }

    /// Ending a writing that is none is fatal.
    fn rw_07_unlock_of_an_unlocked_lock() {
        for read in [false, true] {
            let end = ends(move || async move {
                let rw = RwLock::new(());
                if read {
                    rw.read_raw().await;
                }
                let _never = recover(async {
                    rw.write_unlock();
                    yield_now().await;
                })
                .await;
            });
            assert_eq!(end, "fatal error: sync: Unlock of unlocked RWMutex");
        }
    }

    /// Ending a reading that is none is fatal.
    fn rw_08_read_unlock_of_an_unlocked_lock() {
        for write in [false, true] {
            let end = ends(move || async move {
                let rw = RwLock::new(());
                if write {
                    rw.write_raw().await;
                }
                rw.read_unlock();
            });
            assert_eq!(end, "fatal error: sync: RUnlock of unlocked RWMutex");
        }
    }
}
