//! Sets of outcomes where a wait is given up, and where timers are due at once.

use crate::litmus::{outcomes, set};
use fanin::{
    Context, chan,
    explore::Explorer,
    go, output, sim,
    time::{after_func, sleep, timeout},
};
use std::{collections::BTreeSet, time::Duration};

#[test]
fn a_timeout_gives_up_before_or_after_the_value_comes() {
    let ms = Duration::from_millis(1);
    let seen = outcomes(move || async move {
        let (tx, rx) = chan(0);
        go(async move { output(&timeout(ms, rx.recv()).await.is_ok()) });
        sleep(ms).await;
        tx.send(1).await;
    });
    assert_eq!(seen, set(["true", "false !deadlock"]));
}

#[test]
fn a_timer_for_now_fires_before_or_after_one_that_is_due() {
    let ms = Duration::from_millis(1);
    let seen = outcomes(move || async move {
        let (ctx, _cancel) = Context::background().with_timeout(ms);
        sleep(ms).await;
        after_func(Duration::ZERO, move || {
            let ctx = ctx.clone();
            async move { output(&ctx.err().is_some()) }
        });
        sleep(ms).await;
    });
    assert_eq!(seen, set(["true", "false"]));
}

#[test]
fn either_of_two_that_wait_for_all_others_is_the_one_too_many() {
    let faults = |explorer: Explorer| {
        let report = explorer.run(|| async {
            go(async { sim::wait().await });
            go(async { sim::wait().await });
        });
        report.findings.iter().map(|found| found.finding.places.clone()).collect::<BTreeSet<_>>()
    };
    let found = faults(Explorer::new());
    assert_eq!(found.len(), 2);
    assert_eq!(found, faults(Explorer::new().every_schedule()));
}
