//! Kubernetes: two tasks report the status of pods; a third takes each report and notes it under a lock.
//!
//! A reporter sends with the lock held that the third needs before it receives again. The repair sends
//! after the unlock.

use fanin::{chan, go, sync::RwLock};

pub async fn buggy() {
    status(true).await;
}

pub async fn repaired() {
    status(false).await;
}

async fn status(locked: bool) {
    let pods = RwLock::new(0);
    let (tx, reports) = chan(0);
    go({
        let pods = pods.clone();
        async move {
            for _ in 0..2 {
                reports.recv().await;
                *pods.write().await += 1;
            }
        }
    });
    for _ in 0..2 {
        let (pods, tx) = (pods.clone(), tx.clone());
        go(async move {
            let guard = pods.write().await;
            let _held = locked.then_some(guard);
            tx.send(()).await;
        });
    }
}
