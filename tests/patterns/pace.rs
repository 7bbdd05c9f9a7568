//! Limits, heartbeats and retries on virtual time.

use std::time::Duration;

use fanin::{Context, ContextError, Receiver, go, output, patterns::*, time};

use crate::support::{drain, every_seed, leaked};

const SECOND: Duration = Duration::from_secs(1);

fn seconds() -> u64 {
    time::now().nanos() / 1_000_000_000
}

/// When the values of a stream come.
async fn arrivals<T: Send + 'static>(input: Receiver<T>) -> Vec<u64> {
    let mut at = Vec::new();
    while input.recv().await.is_some() {
        at.push(seconds());
    }
    at
}

#[test]
fn a_limit_lets_one_through_a_period_and_a_burst_before() {
    for (burst, expected) in [(0, [0, 1, 2, 3, 4]), (1, [0, 1, 2, 3, 4]), (3, [0, 0, 0, 1, 2])] {
        let program = move || async move {
            let ctx = Context::background();
            arrivals(rate_limit(&ctx, generator(&ctx, 0..5), SECOND, burst)).await
        };
        every_seed(program, |at, _| assert_eq!(at, expected));
    }
}

#[test]
fn a_limit_saves_up_while_nothing_comes_and_no_more_than_a_burst() {
    let program = || async {
        let ctx = Context::background();
        let pauses = [0, 0, 100, 0, 0, 0];
        let input = delay(&ctx, generator(&ctx, pauses), |pause| SECOND * *pause);
        arrivals(rate_limit(&ctx, input, SECOND, 2)).await
    };
    every_seed(program, |at, _| assert_eq!(at, [0, 0, 100, 100, 101, 102]));
}

#[test]
fn a_limit_that_holds_a_value_back_ends_with_its_context() {
    let program = || async {
        let (ctx, _cancel) = Context::background().with_timeout(SECOND / 2);
        let passed = arrivals(rate_limit(&ctx, generator(&ctx, 0..), SECOND, 1)).await;
        (passed, time::now())
    };
    every_seed(program, |(passed, at), recording| {
        assert_eq!((passed, at.nanos()), (vec![0], 500_000_000));
        assert!(leaked(recording).is_empty());
    });
}

#[test]
fn a_heart_beats_while_nobody_takes_its_value() {
    let program = || async {
        let (ctx, _cancel) = Context::background().with_timeout(SECOND * 9 / 2);
        let (pulses, values) = heartbeat(&ctx, generator(&ctx, [1, 2]), SECOND);
        let beats = arrivals(pulses).await;
        drop(values);
        beats
    };
    every_seed(program, |beats, recording| {
        assert_eq!(beats, [1, 2, 3, 4]);
        assert!(leaked(recording).is_empty());
    });
}

#[test]
fn a_heart_passes_everything_on_though_nobody_listens_to_it() {
    let program = || async {
        let ctx = Context::background();
        let slow = delay(&ctx, generator(&ctx, 0..4), |_| 3 * SECOND);
        let (pulses, values) = heartbeat(&ctx, slow, SECOND);
        let values = drain(values).await;
        // One pulse was kept; then both are closed.
        (values, drain(pulses).await.len())
    };
    every_seed(program, |got, recording| {
        assert_eq!(got, (vec![0, 1, 2, 3], 1));
        assert!(leaked(recording).is_empty());
    });
}

/// Fails that many times, and says when it was tried.
fn failing(times: u32) -> impl FnMut() -> std::future::Ready<Result<u32, &'static str>> {
    let mut tries = 0;
    move || {
        output(&seconds());
        tries += 1;
        std::future::ready(if tries > times { Ok(tries) } else { Err("busy") })
    }
}

#[test]
fn pauses_between_tries_grow_up_to_the_longest() {
    let program = || async {
        let backoff = Backoff::new(SECOND).factor(3).at_most(5 * SECOND);
        retry(&Context::background(), backoff, failing(4)).await
    };
    every_seed(program, |result, recording| {
        assert_eq!(result, Ok(5));
        assert_eq!(recording.outputs(), ["0", "1", "4", "9", "14"]);
    });
}

#[test]
fn the_last_error_is_given_when_no_tries_are_left() {
    for tries in [0, 1, 3] {
        let program = move || async move {
            retry(&Context::background(), Backoff::new(SECOND).tries(tries), failing(9)).await
        };
        every_seed(program, |result, recording| {
            assert_eq!(result, Err(GaveUp::Failed("busy")));
            assert_eq!(recording.outputs().len(), tries.max(1) as usize);
        });
    }
}

#[test]
fn a_pause_ends_with_the_context() {
    let program = || async {
        let (ctx, _cancel) = Context::background().with_timeout(2 * SECOND);
        let result = retry(&ctx, Backoff::new(SECOND).factor(10), failing(9)).await;
        (result, seconds())
    };
    let ended = GaveUp::Ended(ContextError::DeadlineExceeded, Some("busy"));
    assert_eq!(ended.to_string(), "context deadline exceeded, after: busy");
    every_seed(program, |(result, at), _| assert_eq!((result, at), (Err(ended.clone()), 2)));
}

#[test]
fn under_a_context_that_has_ended_nothing_is_tried() {
    let program = || async {
        let (ctx, cancel) = Context::background().with_cancel();
        cancel.cancel();
        retry(&ctx, Backoff::new(SECOND), failing(0)).await
    };
    every_seed(program, |result, recording| {
        assert_eq!(result, Err(GaveUp::Ended(ContextError::Canceled, None)));
        assert!(recording.outputs().is_empty());
    });
}

#[test]
fn what_is_detached_keeps_its_values_and_outlives_the_request() {
    let program = || async {
        let (ctx, cancel) = Context::background().with_value("id", 7).with_timeout(SECOND);
        let work = detached(&ctx, 60 * SECOND, |ctx| async move {
            assert_eq!((ctx.value(&"id"), ctx.deadline()), (Some(&7), Some(time::now() + 60 * SECOND)));
            time::sleep(30 * SECOND).await;
            ctx.err()
        });
        go(async move { cancel.cancel() });
        (work.await, seconds())
    };
    every_seed(program, |end, _| assert_eq!(end, (Ok(None), 30)));
}

#[test]
fn what_is_detached_ends_at_its_limit() {
    let program = || async {
        let work = detached(&Context::background(), SECOND, |ctx| async move {
            ctx.done().recv().await;
            ctx.err()
        });
        (work.await, seconds())
    };
    every_seed(program, |end, _| assert_eq!(end, (Ok(Some(ContextError::DeadlineExceeded)), 1)));
}
