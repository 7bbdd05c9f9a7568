//! Calls that share a run.

use crate::harness::*;
use fanin::{
    go, goexit,
    group::{Answer, Calls},
    panic, select,
    time::{sleep, timeout},
};

type Texts = Calls<&'static str, &'static str>;

async fn after(millis: u64, value: &'static str, log: Log<&'static str>) -> &'static str {
    log.add(value);
    sleep(ms(millis)).await;
    value
}

conformance! {
    /// Calls that overlap run one function, and all get its value.
    async fn sf_01_overlapping_calls_share_a_run() {
        let (calls, log) = (Texts::new(), Log::new());
        let others: Vec<_> = ["second", "third"].map(|name| {
            let (calls, log) = (calls.clone(), log.clone());
            go(async move {
                sleep(ms(2)).await;
                calls.call("key", after(1, name, log)).await.value
            })
        }).into();
        let first = calls.call("key", after(50, "first", log.clone())).await;
        assert_eq!(first.value, "first");
        for other in others {
            assert_eq!(other.await, Ok("first"));
        }
        assert_eq!(log.entries(), ["first"]);
    }

    /// The value is shared if anyone joined, for all of them; else it is not.
    async fn sf_02_shared_says_whether_anyone_joined() {
        let (calls, log) = (Texts::new(), Log::new());
        let (other, theirs) = (calls.clone(), log.clone());
        let joined = go(async move {
            sleep(ms(2)).await;
            other.call("key", after(1, "joined", theirs)).await.shared
        });
        assert!(calls.call("key", after(50, "first", log.clone())).await.shared);
        assert_eq!(joined.await, Ok(true));
        assert!(!calls.call("key", after(1, "alone", log)).await.shared);
    }
}

sim_only! {
    /// After its end a key is free, also after a panic.
    async fn sf_03_a_key_is_free_after_the_run() {
        let (calls, log) = (Texts::new(), Log::new());
        calls.call("key", after(1, "first", log.clone())).await;
        let text = panic_text(calls.call("key", async { match panic("boom").await {} })).await;
        assert_eq!(text, "boom");
        assert_eq!(calls.call("key", after(1, "third", log)).await.value, "third");
    }
}

conformance! {
    /// Different keys do not wait for each other.
    async fn sf_04_keys_are_independent() {
        let (calls, log) = (Texts::new(), Log::new());
        let (other, theirs) = (calls.clone(), log.clone());
        let slow = go(async move { other.call("slow", after(60, "slow", theirs)).await.value });
        others_wait().await;
        let quick = timeout(ms(30), calls.call("quick", after(1, "quick", log))).await;
        assert_eq!(quick.map(|answer| answer.value), Ok("quick"));
        assert_eq!(slow.await, Ok("slow"));
    }

    /// The channel has one place, gets one result and is not closed.
    async fn sf_05_a_call_by_a_channel() {
        let (calls, log) = (Texts::new(), Log::new());
        let results = calls.call_chan("key", after(1, "value", log)).await;
        assert_eq!(results.cap(), 1);
        assert_eq!(results.recv().await, Some(Answer { value: "value", shared: false }));
        others_wait().await;
        let second = select! {
            second = results.recv() => Some(second),
            default => None,
        };
        assert_eq!(second, None);
    }

    /// Once a key is forgotten the next call starts a new run; the old one goes on for those who wait for it,
    /// and its end does not remove the new one.
    async fn sf_06_a_forgotten_key_starts_anew() {
        let (calls, log) = (Texts::new(), Log::new());
        let (other, theirs) = (calls.clone(), log.clone());
        let old = go(async move { other.call("key", after(20, "old", theirs)).await.value });
        others_wait().await;
        calls.forget("key");
        let (other, theirs) = (calls.clone(), log.clone());
        let new = go(async move { other.call("key", after(60, "new", theirs)).await.value });
        assert_eq!(old.await, Ok("old"));
        assert_eq!(calls.call("key", after(1, "third", log.clone())).await.value, "new");
        assert_eq!(new.await, Ok("new"));
        assert_eq!(log.entries(), ["old", "new"]);
    }
}

sim_only! {
    /// A panic of the function reaches all who wait for it.
    async fn sf_07_a_panic_reaches_all() {
        let calls = Texts::new();
        let other = calls.clone();
        let joined = go(async move {
            sleep(ms(2)).await;
            panic_text(other.call("key", async { "not run" })).await
        });
        let boom = async {
            sleep(ms(50)).await;
            match panic("boom").await {}
        };
        assert_eq!(panic_text(calls.call("key", boom)).await, "boom");
        assert_eq!(joined.await.as_deref(), Ok("boom"));
    }
}

conformance! {
    /// A run that nobody joined can be forgotten, and so can one that there is not.
    async fn sf_10_only_the_unshared_is_forgotten() {
        let (calls, log) = (Texts::new(), Log::new());
        assert!(calls.forget_unshared("key").await);
        let first = calls.call_chan("key", after(50, "first", log.clone())).await;
        assert!(calls.forget_unshared("key").await);
        let second = calls.call_chan("key", after(50, "second", log.clone())).await;
        let third = calls.call_chan("key", after(50, "third", log.clone())).await;
        assert!(!calls.forget_unshared("key").await);
        let values = [first.recv().await, second.recv().await, third.recv().await];
        assert_eq!(values.map(|v| v.map(|answer| answer.value)), [Some("first"), Some("second"), Some("second")]);
    }

    /// Who began a run can give up without harm to the others.
    async fn sf_a_call_can_be_given_up() {
        let (calls, log) = (Texts::new(), Log::new());
        let (other, theirs) = (calls.clone(), log.clone());
        let joined = go(async move {
            sleep(ms(2)).await;
            other.call("key", after(1, "joined", theirs)).await.value
        });
        assert!(timeout(ms(10), calls.call("key", after(50, "first", log))).await.is_err());
        assert_eq!(joined.await, Ok("first"));
    }
}

sim_only! {
    /// If anyone waits by a channel, a panic ends the program.
    fn sf_08_a_panic_under_a_channel_ends_the_program() {
        let end = ends(|| async {
            let calls = Texts::new();
            let other = calls.clone();
            go(async move { panic_text(other.call("key", async { match panic("boom").await {} })).await });
            let results = calls.call_chan("key", async { match panic("boom").await {} }).await;
            results.recv().await
        });
        assert_eq!(end, "panic: boom");
    }

    /// If the function leaves by Goexit, so do all who wait for it.
    fn sf_09_goexit_reaches_all() {
        under_every_seed(|| async {
            let (calls, log) = (Texts::new(), Log::new());
            let waiting: Vec<_> = (0..3).map(|_| {
                let (calls, log) = (calls.clone(), log.clone());
                go(async move {
                    let leave = async {
                        sleep(ms(1)).await;
                        match goexit().await {}
                    };
                    calls.call("key", leave).await;
                    log.add("returned");
                })
            }).collect();
            for task in waiting {
                assert!(task.await.is_err());
            }
            assert!(log.entries().is_empty());
            assert_eq!(calls.call("key", async { "free again" }).await.value, "free again");
        });
    }
}
