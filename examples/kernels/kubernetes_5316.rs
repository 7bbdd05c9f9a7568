//! Kubernetes: a request is given up if its handler takes too long.
//!
//! The handler then has nobody to give its result to. The repair gives the results a slot.

use fanin::{
    chan, go, rt, select,
    time::{after, sleep},
};
use std::time::Duration;

pub async fn buggy() {
    finish_request(0).await;
}

pub async fn repaired() {
    finish_request(1).await;
}

async fn finish_request(slots: usize) {
    let (ok_tx, ok) = chan(slots);
    let (err_tx, err) = chan(slots);
    go(async move {
        go(async move {
            sleep(Duration::from_millis(2)).await;
            if rt::choose(2) == 0 {
                ok_tx.send("result").await;
            } else {
                err_tx.send("refused").await;
            }
        });
        select! {
            ok.recv() => {}
            err.recv() => {}
            after(Duration::from_millis(1)).recv() => {}
        }
    });
}
