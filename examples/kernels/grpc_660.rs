//! gRPC: a benchmark client makes one call after the other, each in a task that reports its end.
//!
//! The client is stopped while a call is under way, and nobody takes that call's report. The repair gives
//! each report a slot.

use fanin::{chan, go, rt, select};

/// The original has no end of its own.
const CALLS: u32 = 2;

pub async fn buggy() {
    client(0).await;
}

pub async fn repaired() {
    client(1).await;
}

async fn client(slots: usize) {
    let (stop, stopped) = chan(0);
    go(async move {
        for _ in 0..CALLS {
            let (report, done) = chan(slots);
            go(async move {
                if rt::choose(2) == 0 {
                    report.send(Err("refused")).await;
                } else {
                    report.send(Ok(())).await;
                }
            });
            select! {
                stopped.recv() => return,
                done.recv() => {}
            }
        }
        stopped.recv().await;
    });
    go(async move { stop.send(()).await });
}
