//! Fan-out and fan-in.

use std::{collections::BTreeSet, time::Duration};

use fanin::{Context, Receiver, patterns::*, time};

use crate::support::{drain, every_seed, leaked};

#[test]
fn fan_in_reaches_exactly_the_orders_that_keep_each_input() {
    let program = || async {
        let ctx = Context::background();
        drain(fan_in(&ctx, [generator(&ctx, ["a1", "a2"]), generator(&ctx, ["b1", "b2"])])).await
    };
    let mut seen = BTreeSet::new();
    every_seed(program, |values, recording| {
        assert!(leaked(recording).is_empty());
        seen.insert(values.join(" "));
    });
    let expected = ["a1 a2 b1 b2", "a1 b1 a2 b2", "a1 b1 b2 a2", "b1 a1 a2 b2", "b1 a1 b2 a2", "b1 b2 a1 a2"];
    assert_eq!(seen, expected.map(String::from).into());
}

#[test]
fn fan_in_of_nothing_closes() {
    let program = || async { drain(fan_in::<u8>(&Context::background(), [])).await };
    every_seed(program, |values, recording| {
        assert!(values.is_empty());
        assert!(leaked(recording).is_empty());
    });
}

#[test]
fn fan_in_waits_for_its_last_input() {
    let program = || async {
        let (ctx, start) = (Context::background(), time::now());
        let slow = |secs| delay(&ctx, generator(&ctx, [secs]), |n| Duration::from_secs(*n));
        let all = drain(fan_in(&ctx, [slow(3), slow(1), slow(2)])).await;
        (all, time::now().since(start))
    };
    every_seed(program, |(all, elapsed), _| {
        assert_eq!(all, [1, 2, 3]);
        assert_eq!(elapsed, Duration::from_secs(3));
    });
}

#[test]
fn n_workers_are_n_times_as_fast() {
    for (workers, secs) in [(1, 12), (2, 6), (3, 4), (12, 1), (20, 1)] {
        let program = move || async move {
            let (ctx, start) = (Context::background(), time::now());
            let slow = |_, input: Receiver<u32>| delay(&ctx, input, |_| Duration::from_secs(1));
            drain(fan_in(&ctx, fan_out(generator(&ctx, 0..12), workers, slow))).await;
            time::now().since(start)
        };
        every_seed(program, |elapsed, _| assert_eq!(elapsed, Duration::from_secs(secs), "{workers} workers"));
    }
}

#[test]
fn fan_out_numbers_its_workers() {
    let program = || async {
        let ctx = Context::background();
        let mut numbers = Vec::new();
        fan_out(generator(&ctx, 0..3), 3, |worker, input| {
            numbers.push(worker);
            or_done(&ctx, input)
        });
        numbers
    };
    every_seed(program, |numbers, _| assert_eq!(numbers, [0, 1, 2]));
}
