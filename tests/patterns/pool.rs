//! A worker pool never has more jobs under way than workers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use fanin::{Context, patterns::*, time};

use crate::support::{drain, every_seed, leaked, sorted};

#[test]
fn as_many_at_a_time_as_there_are_workers() {
    for workers in [1, 3] {
        let program = move || async move {
            let (ctx, start) = (Context::background(), time::now());
            let (busy, most) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
            let results = {
                let most = most.clone();
                worker_pool(&ctx, workers as usize, generator(&ctx, 0..6), move |job| {
                    let (busy, most) = (busy.clone(), most.clone());
                    async move {
                        most.fetch_max(busy.fetch_add(1, Relaxed) + 1, Relaxed);
                        time::sleep(Duration::from_secs(1)).await;
                        busy.fetch_sub(1, Relaxed);
                        job
                    }
                })
            };
            (sorted(drain(results).await), most.load(Relaxed), time::now().since(start))
        };
        every_seed(program, |(jobs, most, elapsed), _| {
            assert_eq!(jobs, Vec::from_iter(0..6));
            assert_eq!(most, workers);
            assert_eq!(elapsed, Duration::from_secs(6 / u64::from(workers)));
        });
    }
}

#[test]
fn a_cancel_lets_the_jobs_under_way_end() {
    let program = || async {
        let (ctx, _cancel) = Context::background().with_timeout(Duration::from_secs(1));
        let ended = Arc::new(AtomicU32::new(0));
        let results = {
            let ended = ended.clone();
            worker_pool(&ctx, 2, generator(&ctx, 0..), move |_: u32| {
                let ended = ended.clone();
                async move {
                    time::sleep(Duration::from_secs(60)).await;
                    ended.fetch_add(1, Relaxed);
                }
            })
        };
        drain(results).await;
        ended.load(Relaxed)
    };
    every_seed(program, |ended, recording| {
        assert!(ended >= 2);
        assert!(leaked(recording).is_empty());
    });
}

#[test]
fn no_workers_give_no_results() {
    let program = || async {
        let (ctx, _cancel) = Context::background().with_timeout(Duration::from_secs(1));
        drain(worker_pool(&ctx, 0, generator(&ctx, 0..3), |job| async move { job })).await
    };
    every_seed(program, |results, recording| {
        assert!(results.is_empty());
        assert!(leaked(recording).is_empty());
    });
}
