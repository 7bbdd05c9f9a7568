//! Sources, and how much of them is used.

use std::{
    num::NonZeroUsize,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use fanin::{Context, patterns::*};

use crate::support::{drain, every_seed, leaked};

#[test]
fn repeat_goes_round_until_cancelled() {
    let program = || async {
        let (ctx, cancel) = Context::background().with_cancel();
        let _cancel = cancel.on_drop();
        drain(take(&ctx, repeat(&ctx, ['a', 'b']), 5)).await
    };
    every_seed(program, |values, recording| {
        assert_eq!(values, ['a', 'b', 'a', 'b', 'a']);
        assert!(leaked(recording).is_empty());
    });
}

#[test]
fn repeat_of_nothing_closes() {
    let program = || async { drain(repeat::<u8, _>(&Context::background(), [])).await };
    every_seed(program, |values, recording| {
        assert!(values.is_empty());
        assert!(leaked(recording).is_empty());
    });
}

/// `take` of `n` from a counting source, not cancelled; and how often the source was asked.
async fn asked(n: usize) -> (Vec<u32>, u32) {
    let ctx = Context::background();
    let calls = Arc::new(AtomicU32::new(0));
    let source = {
        let calls = calls.clone();
        repeat_with(&ctx, move || calls.fetch_add(1, Relaxed))
    };
    let values = drain(take(&ctx, source, n)).await;
    (values, calls.load(Relaxed))
}

#[test]
fn take_gives_the_first_n_and_receives_no_more() {
    for n in [0, 1, 4] {
        every_seed(
            move || asked(n),
            |(values, calls), _| {
                assert_eq!(values, Vec::from_iter(0..n as u32));
                assert!(calls as usize <= n + 1, "asked {calls} times for {n}");
            },
        );
    }
}

#[test]
fn the_stage_before_a_take_waits_in_its_send() {
    every_seed(
        || asked(2),
        |_, recording| assert_eq!(leaked(recording).into_values().collect::<Vec<_>>(), ["select"]),
    );
}

#[test]
fn take_of_more_than_there_is_closes_early() {
    let program = || async {
        let ctx = Context::background();
        drain(take(&ctx, generator(&ctx, [1, 2]), 5)).await
    };
    every_seed(program, |values, _| assert_eq!(values, [1, 2]));
}

#[test]
fn a_pipeline_computes_what_its_iterator_does() {
    let program = || async {
        let ctx = Context::background();
        let odd = filter(&ctx, generator(&ctx, 1..10), |n| n % 2 == 1);
        drain(take(&ctx, map(&ctx, odd, |n| n * n + 1), 4)).await
    };
    let expected: Vec<u32> = (1..10).filter(|n| n % 2 == 1).map(|n| n * n + 1).take(4).collect();
    every_seed(program, |values, _| assert_eq!(values, expected));
}

#[test]
fn take_while_ends_at_the_first_that_does_not_hold() {
    let program = || async {
        let ctx = Context::background();
        drain(take_while(&ctx, generator(&ctx, [1, 2, 9, 3]), |n| *n < 5)).await
    };
    every_seed(program, |values, _| assert_eq!(values, [1, 2]));
}

#[test]
fn bridge_reads_one_stream_after_the_other() {
    let program = || async {
        let ctx = Context::background();
        let streams = [generator(&ctx, 0..3), generator(&ctx, []), generator(&ctx, 3..5)];
        drain(bridge(&ctx, generator(&ctx, streams))).await
    };
    every_seed(program, |values, recording| {
        assert_eq!(values, [0, 1, 2, 3, 4]);
        assert!(leaked(recording).is_empty());
    });
}

#[test]
fn batch_groups_in_order_and_keeps_what_is_left() {
    for (size, expected) in
        [(1, "[[0], [1], [2], [3], [4]]"), (2, "[[0, 1], [2, 3], [4]]"), (9, "[[0, 1, 2, 3, 4]]")]
    {
        let program = move || async move {
            let ctx = Context::background();
            drain(batch(&ctx, generator(&ctx, 0..5), NonZeroUsize::new(size).unwrap())).await
        };
        every_seed(program, |groups, _| assert_eq!(format!("{groups:?}"), expected));
    }
}

#[test]
fn a_cancel_drops_the_group_that_is_not_full() {
    let program = || async {
        let (ctx, _cancel) = Context::background().with_timeout(Duration::from_secs(5));
        let slow = delay(&ctx, generator(&ctx, 0..), |_| Duration::from_secs(2));
        drain(batch(&ctx, slow, NonZeroUsize::new(10).unwrap())).await
    };
    every_seed(program, |groups, _| assert!(groups.is_empty()));
}

#[test]
fn try_map_passes_errors_on() {
    let program = || async {
        let ctx = Context::background();
        let results = generator(&ctx, [Ok(1), Err("early"), Ok(2)]);
        drain(try_map(&ctx, results, |n| if n == 2 { Err("late") } else { Ok(10 * n) })).await
    };
    every_seed(program, |results, _| assert_eq!(results, [Ok(10), Err("early"), Err("late")]));
}
