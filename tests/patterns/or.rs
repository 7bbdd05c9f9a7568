//! The or-channel: its tasks, and when it closes.

use std::time::Duration;

use fanin::{
    Receiver, chan, go, named,
    patterns::{or, or_counted},
    probe::{TaskId, What},
    sim::Recording,
    time,
};

use crate::support::every_seed;

const SIZES: [u32; 6] = [0, 1, 2, 3, 4, 100];

fn signal(after: Duration) -> Receiver<()> {
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        time::sleep(after).await;
    });
    rx
}

/// Waits for `n` signals, of which number `first` comes after a second and the others after an hour.
async fn first_of(n: u32, first: u32) -> Duration {
    let start = time::now();
    let secs = |i| Duration::from_secs(if i == first { 1 } else { 3600 });
    let signals: Vec<_> = (0..n).map(|i| named("signal", || signal(secs(i)))).collect();
    or(signals).recv().await;
    time::now().since(start)
}

/// How many tasks the tree was made of, and how many of them closed their channel.
fn tree(recording: &Recording) -> (usize, usize) {
    let tasks: Vec<TaskId> = recording
        .events
        .iter()
        .filter_map(|event| match &event.what {
            What::Go { child, name } if *child != TaskId::MAIN && &**name != "signal" => Some(*child),
            _ => None,
        })
        .collect();
    let closed = |task: &&TaskId| {
        recording.events.iter().any(|e| e.task == **task && matches!(e.what, What::Close { .. }))
    };
    (tasks.len(), tasks.iter().filter(closed).count())
}

#[test]
fn closes_at_the_first_signal_whichever_it_is() {
    for n in SIZES {
        for first in [0, n / 2, n.saturating_sub(1)] {
            every_seed(
                move || first_of(n, first),
                |elapsed, _| assert_eq!(elapsed.as_secs(), u64::from(n > 0), "{first} of {n}"),
            );
        }
    }
}

#[test]
fn every_task_of_the_tree_ends_and_closes() {
    for n in SIZES {
        every_seed(
            move || first_of(n, n / 2),
            |_, recording| {
                let (made, closed) = tree(recording);
                assert_eq!(made, closed, "of {n}");
                // Each task takes three channels and puts its own in with the rest.
                assert_eq!(made, n as usize / 2, "of {n}");
            },
        );
    }
}

#[test]
fn the_counts_are_those_of_the_recording() {
    let program = || async {
        let (signal, (done, tasks)) =
            (signal(Duration::from_secs(1)), or_counted((0..9).map(|_| Receiver::never())));
        let (first, pair) = or_counted([signal, done]);
        first.recv().await;
        time::sleep(Duration::from_secs(1)).await;
        ((pair.made(), pair.closed()), (tasks.made(), tasks.closed()))
    };
    // Without a signal of its own the larger tree is never closed.
    every_seed(program, |counts, _| assert_eq!(counts, ((1, 1), (4, 0))));
    for n in SIZES {
        let program = move || async move {
            let (done, tasks) = or_counted((0..n).map(|_| signal(Duration::from_secs(1))));
            done.recv().await;
            time::sleep(Duration::from_secs(1)).await;
            (tasks.made(), tasks.closed())
        };
        every_seed(program, |counts, _| assert_eq!(counts, (n / 2, n / 2)));
    }
}

#[test]
fn a_value_is_a_signal_too() {
    let program = || async {
        let (tx, rx) = chan(1);
        tx.send(7).await;
        or([Receiver::never(), rx, Receiver::never()]).recv().await
    };
    every_seed(program, |value, _| assert_eq!(value, None));
}

#[test]
fn one_channel_is_given_back_as_it_is() {
    let program = || async {
        let (_tx, rx) = chan::<()>(0);
        or([rx.clone()]).same_channel(&rx)
    };
    every_seed(program, |same, _| assert!(same));
}
