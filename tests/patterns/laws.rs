//! What every stage has in common: it loses nothing, doubles nothing, closes, and ends with its context.

use std::{num::NonZeroUsize, time::Duration};

use fanin::{Context, Receiver, chan, patterns::*, time};

use crate::support::{drain, every_seed, leaked, sorted};

type Stage = fn(&Context, Receiver<u32>) -> Receiver<u32>;

/// Every pattern, in a form that passes on what it is given, in order.
const IN_ORDER: [(&str, Stage); 21] = [
    ("map", |ctx, input| map(ctx, input, |n| n)),
    ("filter", |ctx, input| filter(ctx, input, |_| true)),
    ("take", |ctx, input| take(ctx, input, 100)),
    ("delay", |ctx, input| delay(ctx, input, |n| Duration::from_millis((n % 3).into()))),
    ("buffer", |ctx, input| buffer(ctx, input, 2)),
    ("or_done", or_done),
    ("confined", |ctx, input| {
        confined(ctx, 0, |tx| async move {
            while let Some(n) = input.recv().await {
                tx.send(n).await;
            }
        })
    }),
    ("fan_in_order of one", |ctx, input| fan_in_order(ctx, [input])),
    ("merge with nothing", |ctx, input| merge(ctx, input, generator(ctx, []))),
    ("tee_n of one", |ctx, input| tee_n(ctx, input, 1).remove(0)),
    ("bounded of one", |ctx, input| bounded(ctx, 1, input, |n| async move { Ok::<_, ()>(n) }).0),
    ("rate_limit", |ctx, input| rate_limit(ctx, input, Duration::from_millis(1), 2)),
    ("heartbeat", |ctx, input| heartbeat(ctx, input, Duration::from_secs(3600)).1),
    ("from_stream", |ctx, input| from_stream(ctx, input.stream())),
    ("fan_in of one", |ctx, input| fan_in(ctx, [input])),
    ("worker_pool of one", |ctx, input| worker_pool(ctx, 1, input, |n| async move { n })),
    ("bridge", |ctx, input| bridge(ctx, generator(ctx, [input]))),
    ("take_while", |ctx, input| take_while(ctx, input, |_| true)),
    ("try_map", |ctx, input| {
        let results = try_map(ctx, map(ctx, input, Ok::<u32, ()>), Ok);
        map(ctx, results, Result::unwrap)
    }),
    ("batch", |ctx, input| {
        let (pairs, within) = (batch(ctx, input, NonZeroUsize::new(2).unwrap()), ctx.clone());
        bridge(ctx, map(ctx, pairs, move |pair| generator(&within, pair)))
    }),
    ("tee, left", |ctx, input| {
        let (left, right) = tee(ctx, input);
        fanin::go(async move { while right.recv().await.is_some() {} });
        left
    }),
];

/// Every pattern that passes on what it is given in an order of its own.
const ANY_ORDER: [(&str, Stage); 4] = [
    ("fan_out, fan_in", |ctx, input| fan_in(ctx, fan_out(input, 3, |_, input| or_done(ctx, input)))),
    ("worker_pool", |ctx, input| worker_pool(ctx, 3, input, |n| async move { n })),
    ("tee_n and merge", |ctx, input| {
        let mut copies = tee_n(ctx, input, 3);
        let rest = copies.remove(0);
        fanin::go(async move { while rest.recv().await.is_some() {} });
        let even = filter(ctx, copies.remove(0), |n| n % 2 == 0);
        let odd = filter(ctx, copies.remove(0), |n| n % 2 == 1);
        merge(ctx, even, odd)
    }),
    ("tee, both", |ctx, input| {
        let (left, right) = tee(ctx, input);
        let even = filter(ctx, left, |n| n % 2 == 0);
        let odd = filter(ctx, right, |n| n % 2 == 1);
        fan_in(ctx, [even, odd])
    }),
];

fn all() -> impl Iterator<Item = (&'static str, Stage)> {
    IN_ORDER.into_iter().chain(ANY_ORDER)
}

#[test]
fn keeps_the_order() {
    for (name, stage) in IN_ORDER {
        let program = move || async move {
            let ctx = Context::background();
            drain(stage(&ctx, generator(&ctx, 0..7))).await
        };
        every_seed(program, |values, _| assert_eq!(values, Vec::from_iter(0..7), "{name}"));
    }
}

#[test]
fn loses_nothing_and_doubles_nothing() {
    for (name, stage) in ANY_ORDER {
        let program = move || async move {
            let ctx = Context::background();
            drain(stage(&ctx, generator(&ctx, 0..7))).await
        };
        every_seed(program, |values, _| assert_eq!(sorted(values), Vec::from_iter(0..7), "{name}"));
    }
}

#[test]
fn closes_and_ends_after_its_input() {
    for (name, stage) in all() {
        let program = move || async move {
            let ctx = Context::background();
            let output = stage(&ctx, generator(&ctx, 0..3));
            drain(output.clone()).await;
            output.recv().await
        };
        every_seed(program, |after, recording| {
            assert_eq!(after, None, "{name}");
            assert!(leaked(recording).is_empty(), "{name}: {:?}", leaked(recording));
        });
    }
}

#[test]
fn an_empty_input_gives_an_empty_output() {
    for (name, stage) in all() {
        let program = move || async move {
            let ctx = Context::background();
            drain(stage(&ctx, generator(&ctx, []))).await
        };
        every_seed(program, |values, _| assert!(values.is_empty(), "{name}"));
    }
}

#[test]
fn a_cancel_midway_leaves_nobody_behind() {
    for (name, stage) in all() {
        let program = move || async move {
            let (ctx, cancel) = Context::background().with_cancel();
            let output = stage(&ctx, generator(&ctx, 0..));
            let first = [output.recv().await, output.recv().await];
            cancel.cancel();
            first
        };
        every_seed(program, |first, recording| {
            assert!(first.iter().all(Option::is_some), "{name}");
            assert!(leaked(recording).is_empty(), "{name}: {:?}", leaked(recording));
        });
    }
}

#[test]
fn without_the_cancel_somebody_is_left_behind() {
    for (name, stage) in all() {
        let program = move || async move {
            let ctx = Context::background();
            stage(&ctx, generator(&ctx, 0..)).recv().await
        };
        every_seed(program, |_, recording| assert!(!leaked(recording).is_empty(), "{name}"));
    }
}

#[test]
fn the_output_closes_after_a_cancel() {
    for (name, stage) in all() {
        let program = move || async move {
            let (ctx, cancel) = Context::background().with_cancel();
            let output = stage(&ctx, generator(&ctx, 0..20));
            output.recv().await;
            cancel.cancel();
            drain(output).await
        };
        every_seed(program, |rest, _| assert!(rest.len() < 20, "{name}: {rest:?}"));
    }
}

#[test]
fn a_consumer_that_leaves_and_cancels_leaves_nobody_behind() {
    for (name, stage) in all() {
        let program = move || async move {
            let (ctx, cancel) = Context::background().with_cancel();
            let _cancel = cancel.on_drop();
            drop(stage(&ctx, generator(&ctx, 0..)));
            time::sleep(Duration::from_secs(1)).await;
        };
        every_seed(program, |(), recording| {
            assert!(leaked(recording).is_empty(), "{name}: {:?}", leaked(recording));
        });
    }
}

#[test]
fn a_timeout_ends_it_though_the_input_is_silent() {
    for (name, stage) in all() {
        let program = move || async move {
            let (ctx, _cancel) = Context::background().with_timeout(Duration::from_secs(1));
            // Open, empty, and never written to.
            let (_tx, silent) = chan(0);
            drain(stage(&ctx, silent)).await
        };
        every_seed(program, |values, recording| {
            assert!(values.is_empty(), "{name}");
            assert!(leaked(recording).is_empty(), "{name}: {:?}", leaked(recording));
        });
    }
}

#[test]
fn a_context_that_has_ended_lets_all_end() {
    for (name, stage) in all() {
        let program = move || async move {
            let (ctx, cancel) = Context::background().with_cancel();
            cancel.cancel();
            drain(stage(&ctx, generator(&ctx, 0..30))).await
        };
        every_seed(program, |values, recording| {
            assert!(values.len() < 30, "{name}: {values:?}");
            assert!(leaked(recording).is_empty(), "{name}: {:?}", leaked(recording));
        });
    }
}
