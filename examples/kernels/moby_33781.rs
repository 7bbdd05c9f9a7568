//! Moby: a monitor probes a container's health at intervals, until it is stopped.
//!
//! Stopped during a probe, it leaves the probe in its send. The repair gives the result a slot.

use fanin::{
    Context, chan, go, select,
    time::{after, sleep},
};
use std::time::Duration;

const INTERVAL: Duration = Duration::from_nanos(50);

pub async fn buggy() {
    monitor(0).await;
}

pub async fn repaired() {
    monitor(1).await;
}

async fn monitor(slots: usize) {
    let (stop, stopped) = chan(0);
    go(async move {
        loop {
            select! {
                stopped.recv() => return,
                after(INTERVAL).recv() => {
                    let (tx, results) = chan(slots);
                    let (ctx, cancel) = Context::background().with_timeout(INTERVAL);
                    go(async move {
                        tx.send("healthy").await;
                        tx.close();
                    });
                    select! {
                        stopped.recv() => {
                            cancel.cancel();
                            return;
                        }
                        results.recv() => cancel.cancel(),
                        ctx.done().recv() => {
                            cancel.cancel();
                            results.recv().await;
                        }
                    }
                }
            }
        }
    });
    go(async move {
        sleep(INTERVAL).await;
        stop.send(()).await;
    });
}
