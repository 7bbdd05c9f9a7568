//! Kubernetes: a test counts the rounds of a controller.
//!
//! The controller calls done before the test has added to the wait group, or once more than it has. The
//! repair adds before the controller starts, and counts no more rounds than were added.

use fanin::{WaitGroup, chan, go, select, time::sleep};
use std::time::Duration;

const ROUNDS: i64 = 2;

pub async fn buggy() {
    let rounds = WaitGroup::new();
    let (stop, stopped) = chan::<()>(0);
    let counted = rounds.clone();
    go(async move {
        loop {
            select! {
                stopped.recv() => return,
                default => {}
            }
            counted.done();
            sleep(Duration::from_millis(10)).await;
        }
    });
    objects(|| rounds.add(ROUNDS)).await;
    rounds.wait().await;
    stop.close();
}

pub async fn repaired() {
    let rounds = WaitGroup::new();
    rounds.add(ROUNDS);
    let (stop, stopped) = chan::<()>(0);
    let counted = rounds.clone();
    go(async move {
        let mut left = ROUNDS;
        loop {
            select! {
                stopped.recv() => return,
                default => {}
            }
            if left > 0 {
                left -= 1;
                counted.done();
            }
            sleep(Duration::from_millis(10)).await;
        }
    });
    objects(|| {}).await;
    rounds.wait().await;
    stop.close();
}

/// What the test makes for the controller to see.
async fn objects(expect: impl FnOnce()) {
    let made = WaitGroup::new();
    made.add(ROUNDS);
    expect();
    for _ in 0..ROUNDS {
        let made = made.clone();
        go(async move { made.done() });
    }
    made.wait().await;
}
