//! Functions that run once.

use crate::harness::*;
use fanin::{
    WaitGroup, detect, go, goexit, panic, recover,
    sync::{Once, OnceFunc, OnceValue},
    time::{now, sleep},
    yield_now,
};
use std::sync::Arc;

conformance! {
    /// Exactly one function runs, though they differ.
    async fn once_01_one_function_runs() {
        let (once, log, wg) = (Once::new(), Log::new(), WaitGroup::new());
        for i in 0..10 {
            let (once, log) = (once.clone(), log.clone());
            wg.go(async move { once.do_once(async || log.add(i)).await });
        }
        wg.wait().await;
        assert_eq!(log.entries().len(), 1);
    }

    /// Every call returns only after the one run has ended.
    async fn once_02_all_wait_for_the_run() {
        let (once, log, wg) = (Once::new(), Log::new(), WaitGroup::new());
        for _ in 0..3 {
            let (once, log) = (once.clone(), log.clone());
            wg.go(async move {
                let run = async || {
                    sleep(ms(2)).await;
                    log.add("ran");
                };
                once.do_once(run).await;
                assert_eq!(log.entries(), ["ran"]);
            });
        }
        wg.wait().await;
    }
}

sim_only! {
    /// A panic is the first caller's; the once is done all the same.
    async fn once_03_a_panic_counts_as_a_run() {
        let once = Once::new();
        let text = panic_text(once.do_once(async || match panic("boom").await {})).await;
        assert_eq!(text, "boom");
        once.do_once(async || unreachable!("it has run")).await;
    }
}

conformance! {
    /// The function runs once, and its result is given each time.
    async fn once_06_results_are_kept() {
        let log = Log::new();
        let func = OnceFunc::new({
            let log = log.clone();
            || async move { log.add("func") }
        });
        let value = OnceValue::new({
            let log = log.clone();
            || async move {
                yield_now().await;
                log.add("value");
                (7, "seven")
            }
        });
        func.call().await;
        func.call().await;
        let other = go({
            let value = value.clone();
            async move { value.call().await }
        });
        assert_eq!((value.call().await, other.await), ((7, "seven"), Ok((7, "seven"))));
        assert_eq!(value.call().await, (7, "seven"));
        assert_eq!(log.entries(), ["func", "value"]);
    }
}

sim_only! {
    /// If the function panics, each call panics with the same, and it is not run again.
    async fn once_07_a_panic_is_kept() {
        let log = Log::new();
        let func = OnceFunc::new({
            let log = log.clone();
            || async move {
                log.add("called");
                panic("x").await;
            }
        });
        for _ in 0..2 {
            assert_eq!(panic_text(func.call()).await, "x");
        }
        assert_eq!(log.entries(), ["called"]);
    }
}

sim_only! {
    /// The function is dropped after its run.
    async fn once_08_the_function_is_dropped() {
        for fails in [false, true] {
            let captured = Arc::new(());
            let func = OnceFunc::new({
                let captured = captured.clone();
                move || async move {
                    let _captured = captured;
                    if fails {
                        panic("boom").await;
                    }
                }
            });
            assert_eq!(Arc::strong_count(&captured), 2);
            assert_eq!(recover(func.call()).await.is_err(), fails);
            assert_eq!(Arc::strong_count(&captured), 1);
        }
    }
}

sim_only! {
    /// A function that leaves by Goexit has run.
    fn once_04_goexit_counts_as_a_run() {
        under_every_seed(|| async {
            let once = Once::new();
            let other = once.clone();
            let left = go(async move { other.do_once(async || match goexit().await {}).await });
            assert!(left.await.is_err());
            once.do_once(async || unreachable!("it has run")).await;
        });
    }

    /// Called from within its function it blocks for ever.
    fn once_05_a_call_from_within_blocks() {
        let run = run(0, async {
            let once = Once::new();
            let inner = once.clone();
            once.do_once(async || inner.do_once(async || ()).await).await;
        });
        assert!(run.recording.report().contains("goroutine 1 [sync.Mutex.Lock]:"));
        let found = detect::findings(&run.recording.events);
        let message = &found[0].message;
        assert!(message.contains("for the function of #1 to end: it has been running it itself since step "), "{message}");
    }

    /// Time stands still for those who wait, as for all.
    fn once_02_waiting_takes_the_time_of_the_run() {
        under_every_seed(|| async {
            let once = Once::new();
            let other = once.clone();
            go(async move { other.do_once(async || sleep(ms(20)).await).await });
            sleep(ms(1)).await;
            once.do_once(async || ()).await;
            assert_eq!(now().nanos(), 20_000_000);
        });
    }
}
