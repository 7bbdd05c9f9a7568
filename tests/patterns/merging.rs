//! Several inputs into one output, in an order of their own; one input to several outputs; confinement.

use std::{collections::BTreeSet, time::Duration};

use fanin::{
    Context, Receiver,
    explore::{Explorer, Verdict},
    patterns::*,
    time,
};

use crate::support::{drain, every_seed, leaked};

#[test]
fn the_order_of_the_inputs_is_the_order_of_the_output() {
    let program = || async {
        let ctx = Context::background();
        let slow = delay(&ctx, generator(&ctx, [1, 2, 3]), |_| Duration::from_secs(1));
        let inputs = [slow, generator(&ctx, [10, 20]), generator(&ctx, []), generator(&ctx, 100..104)];
        drain(fan_in_order(&ctx, inputs)).await
    };
    every_seed(program, |values, _| assert_eq!(values, [1, 10, 100, 2, 20, 101, 3, 102, 103]));
}

#[test]
fn no_inputs_close_at_once() {
    let program = || async { drain(fan_in_order(&Context::background(), [] as [Receiver<u8>; 0])).await };
    every_seed(program, |values, _| assert!(values.is_empty()));
}

#[test]
fn a_merge_of_two_goes_on_with_the_one_that_is_left() {
    let program = || async {
        let ctx = Context::background();
        let late = delay(&ctx, generator(&ctx, [10, 20]), |_| Duration::from_secs(1));
        drain(merge(&ctx, generator(&ctx, [1, 2]), late)).await
    };
    every_seed(program, |values, recording| {
        assert_eq!(values, [1, 2, 10, 20]);
        assert!(leaked(recording).is_empty());
    });
}

#[test]
fn a_merge_comes_out_in_every_order_that_keeps_that_of_its_inputs() {
    let report = Explorer::new().run(|| async {
        let ctx = Context::background();
        let values = drain(merge(&ctx, generator(&ctx, [1, 2]), generator(&ctx, [10]))).await;
        fanin::output(&format!("{values:?}"));
    });
    let orders: BTreeSet<_> = report.outcomes.iter().map(|o| o.outputs.join(" ")).collect();
    assert_eq!((report.verdict, report.findings.len()), (Verdict::Complete, 0));
    assert_eq!(orders, ["[1, 2, 10]", "[1, 10, 2]", "[10, 1, 2]"].map(String::from).into());
}

#[test]
fn every_copy_gets_every_value() {
    for n in [0, 1, 2, 5] {
        let program = move || async move {
            let ctx = Context::background();
            let copies = tee_n(&ctx, generator(&ctx, 0..4), n);
            let readers: Vec<_> = copies.into_iter().map(|copy| fanin::go(drain(copy))).collect();
            let mut read = Vec::new();
            for reader in readers {
                read.push(reader.await.unwrap());
            }
            read
        };
        every_seed(program, |read, recording| {
            assert_eq!(read, vec![Vec::from_iter(0..4); n]);
            assert!(leaked(recording).is_empty());
        });
    }
}

#[test]
fn the_slowest_copy_sets_the_pace() {
    let program = || async {
        let ctx = Context::background();
        let mut copies = tee_n(&ctx, generator(&ctx, 0..4), 3);
        let slow = delay(&ctx, copies.remove(0), |_| Duration::from_secs(1));
        fanin::go(drain(slow));
        fanin::go(drain(copies.remove(0)));
        drain(copies.remove(0)).await;
        time::now().nanos() / 1_000_000_000
    };
    // The slow one takes the last value after three delays.
    every_seed(program, |seconds, _| assert_eq!(seconds, 3));
}

#[test]
fn an_owner_is_let_go_where_it_waits() {
    let program = || async {
        let (ctx, cancel) = Context::background().with_cancel();
        let owned = confined(&ctx, 1, |tx| async move {
            for n in 0.. {
                tx.send(n).await;
            }
        });
        let first = owned.recv().await;
        cancel.cancel();
        let rest = drain(owned).await;
        (first, rest.len())
    };
    every_seed(program, |(first, rest), recording| {
        assert_eq!(first, Some(0));
        assert!(rest < 20 && leaked(recording).is_empty(), "{rest} {:?}", leaked(recording));
    });
}
