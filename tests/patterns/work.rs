//! Workers, bounded jobs, and the cache.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use fanin::{Context, Receiver, go, goexit, output, patterns::*, recover, time};
use futures::StreamExt;

use crate::support::{drain, every_seed, leaked, sorted};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn at_most_as_many_jobs_as_workers_and_errors_apart() {
    let program = || async {
        let ctx = Context::background();
        let (busy, most) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        let seen = most.clone();
        let (results, errors) = bounded(&ctx, 3, generator(&ctx, 0..10_u64), move |job| {
            let (busy, most) = (busy.clone(), most.clone());
            async move {
                most.fetch_max(busy.fetch_add(1, Relaxed) + 1, Relaxed);
                time::sleep(SECOND).await;
                busy.fetch_sub(1, Relaxed);
                if job % 4 == 0 { Err(job) } else { Ok(10 * job) }
            }
        });
        let failed = go(drain(errors));
        let done = sorted(drain(results).await);
        (done, sorted(failed.await.unwrap()), seen.load(Relaxed), time::now().nanos() / 1_000_000_000)
    };
    every_seed(program, |(done, failed, most, seconds), recording| {
        assert_eq!((done, failed), (vec![10, 20, 30, 50, 60, 70, 90], vec![0, 4, 8]));
        assert_eq!((most, seconds), (3, 4));
        assert!(leaked(recording).is_empty());
    });
}

#[test]
fn a_cancel_frees_workers_whose_error_nobody_takes() {
    let program = |cancels: bool| {
        move || async move {
            let (ctx, cancel) = Context::background().with_cancel();
            let (results, _errors) = bounded(&ctx, 2, generator(&ctx, 0..), |job: u32| async move {
                if job == 0 { Ok(job) } else { Err(job) }
            });
            results.recv().await;
            time::sleep(SECOND).await;
            if cancels {
                cancel.cancel();
            }
        }
    };
    every_seed(program(true), |(), recording| assert!(leaked(recording).is_empty()));
    every_seed(program(false), |(), recording| assert!(leaked(recording).len() >= 3));
}

#[test]
fn a_worker_is_stopped_and_then_waited_for() {
    let program = || async {
        let worker = Worker::start(&Context::background(), |ctx| async move {
            ctx.done().recv().await;
            time::sleep(SECOND).await;
            output(&"flushed");
        });
        worker.stop();
        output(&"asked");
        let other = worker.clone();
        go(async move { other.wait().await });
        worker.wait().await;
        output(&"ended");
    };
    every_seed(program, |(), recording| {
        assert_eq!(recording.outputs(), ["asked", "flushed", "ended"]);
        assert!(leaked(recording).is_empty());
    });
}

#[test]
fn a_worker_ends_with_its_parent_and_by_itself() {
    let program = || async {
        let (ctx, cancel) = Context::background().with_cancel();
        let heeds = Worker::start(&ctx, |ctx| async move { _ = ctx.done().recv().await });
        let leaves = Worker::start(&ctx, |_| async { match goexit().await {} });
        leaves.wait().await;
        cancel.cancel();
        heeds.wait().await;
    };
    every_seed(program, |(), recording| assert!(leaked(recording).is_empty()));
}

#[test]
fn without_a_stop_a_worker_is_left_behind() {
    let program = || async {
        Worker::start(&Context::background(), |ctx| async move { _ = ctx.done().recv().await });
    };
    every_seed(program, |(), recording| assert_eq!(leaked(recording).len(), 1));
}

/// Counts its runs, and takes a second for each.
fn load(
    runs: &Arc<AtomicU32>,
    result: Result<u32, &'static str>,
) -> impl Future<Output = Result<u32, &'static str>> + use<> {
    let runs = runs.clone();
    async move {
        runs.fetch_add(1, Relaxed);
        time::sleep(SECOND).await;
        result
    }
}

#[test]
fn ten_who_ask_at_once_and_later_load_once() {
    let program = || async {
        let (cache, runs) = (Cache::new(), Arc::new(AtomicU32::new(0)));
        let asking: Vec<_> = (0..10)
            .map(|i| {
                let (cache, load) = (cache.clone(), load(&runs, Ok(7)));
                go(async move {
                    // Some of them while it is loading, some when it is done, some at that very instant.
                    time::sleep(SECOND * i / 3).await;
                    cache.get("key", load).await
                })
            })
            .collect();
        for one in asking {
            assert_eq!(one.await, Ok(Ok(7)));
        }
        runs.load(Relaxed)
    };
    every_seed(program, |runs, recording| {
        assert_eq!(runs, 1);
        assert!(leaked(recording).is_empty());
    });
}

#[test]
fn an_error_is_shared_and_not_kept() {
    let program = || async {
        let (cache, runs) = (Cache::new(), Arc::new(AtomicU32::new(0)));
        let (other, failing) = (cache.clone(), load(&runs, Err("busy")));
        let other = go(async move { other.get("key", failing).await });
        let mine = cache.get("key", load(&runs, Err("busy"))).await;
        let shared = (mine, other.await.unwrap(), runs.load(Relaxed));
        let again = cache.get("key", load(&runs, Ok(7))).await;
        cache.forget("key");
        (shared, again, cache.get("key", load(&runs, Ok(8))).await)
    };
    every_seed(program, |(shared, again, after), _| {
        assert_eq!(shared, (Err("busy"), Err("busy"), 1));
        assert_eq!((again, after), (Ok(7), Ok(8)));
    });
}

#[test]
fn a_load_goes_on_when_those_who_asked_have_given_up() {
    let program = || async {
        let (cache, runs) = (Cache::new(), Arc::new(AtomicU32::new(0)));
        let impatient = time::timeout(SECOND / 2, cache.get("key", load(&runs, Ok(7)))).await;
        time::sleep(SECOND).await;
        let kept = cache.get("key", load(&runs, Ok(8))).await;
        (impatient.is_err(), kept, runs.load(Relaxed))
    };
    every_seed(program, |end, _| assert_eq!(end, (true, Ok(7), 1)));
}

#[test]
fn a_load_that_panics_panics_those_who_wait_and_is_tried_again() {
    let program = || async {
        let cache = Cache::<_, u32, &str>::new();
        let panics = cache.get("key", async { match fanin::panic("boom").await {} });
        let caught = recover(panics).await.unwrap_err().text().to_string();
        (caught, cache.get("key", async { Ok(7) }).await)
    };
    every_seed(program, |(caught, again), _| {
        assert!(caught.starts_with("boom"), "{caught}");
        assert_eq!(again, Ok(7));
    });
}

#[test]
fn streams_go_in_and_out_of_a_pattern() {
    let program = || async {
        let ctx = Context::background();
        let input = from_stream(&ctx, generator(&ctx, 0..6).stream().chunks(2));
        map(&ctx, input, |pair| pair.iter().sum::<u32>()).stream().collect::<Vec<_>>().await
    };
    every_seed(program, |sums, recording| {
        assert_eq!(sums, [1, 5, 9]);
        assert!(leaked(recording).is_empty());
    });
}

#[test]
fn a_silent_source_keeps_no_owner_alive_after_a_cancel() {
    let program = || async {
        let (ctx, _cancel) = Context::background().with_timeout(SECOND);
        let owned = confined(&ctx, 0, |tx| async move {
            let silent = Receiver::<u32>::never();
            tx.send(silent.recv().await).await;
        });
        drain(owned).await.len()
    };
    every_seed(program, |got, recording| {
        assert_eq!(got, 0);
        assert!(leaked(recording).is_empty());
    });
}
