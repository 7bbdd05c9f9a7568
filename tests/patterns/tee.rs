//! Tee keeps its outputs in step.

use std::time::Duration;

use fanin::{Context, patterns::*, time};

use crate::support::{drain, every_seed, leaked};

#[test]
fn both_get_everything_in_order() {
    let program = || async {
        let ctx = Context::background();
        let (left, right) = tee(&ctx, generator(&ctx, 0..6));
        let right = fanin::go(drain(right));
        (drain(left).await, right.await.unwrap())
    };
    every_seed(program, |(left, right), recording| {
        assert_eq!(left, Vec::from_iter(0..6));
        assert_eq!(right, left);
        assert!(leaked(recording).is_empty());
    });
}

#[test]
fn a_slow_consumer_holds_back_the_fast_one() {
    let program = || async {
        let (ctx, start) = (Context::background(), time::now());
        let (fast, slow) = tee(&ctx, generator(&ctx, 0..4));
        fanin::go(async move {
            while slow.recv().await.is_some() {
                time::sleep(Duration::from_secs(1)).await;
            }
        });
        let mut times = Vec::new();
        while fast.recv().await.is_some() {
            times.push(time::now().since(start).as_secs());
        }
        times
    };
    // The first two come at once: the slow one has taken the first, and not yet the second.
    every_seed(program, |times, _| assert_eq!(times, [0, 0, 1, 2]));
}

#[test]
fn an_output_that_nobody_reads_stops_both() {
    let program = || async {
        let (ctx, _cancel) = Context::background().with_timeout(Duration::from_secs(1));
        let (left, _unread) = tee(&ctx, generator(&ctx, 0..));
        drain(left).await
    };
    every_seed(program, |values, recording| {
        assert_eq!(values, [0]);
        assert!(leaked(recording).is_empty());
    });
}
