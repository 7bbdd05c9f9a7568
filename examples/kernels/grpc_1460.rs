//! gRPC: the keepalive of a connection sleeps while there are no streams; a new stream wakes it.
//!
//! It sleeps with the lock held that a new stream needs. The repair sleeps without the lock, and gives the
//! wake a slot: a try to send would otherwise miss a keepalive that is about to sleep.

use fanin::{chan, go, select, sync::Mutex};

pub async fn buggy() {
    let streams = Mutex::new(Vec::new());
    let (awake_tx, awake) = chan::<()>(0);
    go({
        let streams = streams.clone();
        async move {
            let open = streams.lock().await;
            if open.is_empty() {
                awake.recv().await;
            }
        }
    });
    go(async move {
        let mut open = streams.lock().await;
        open.push("stream");
        if open.len() == 1 {
            select! {
                awake_tx.send(()) => {}
                default => {}
            }
        }
    });
}

pub async fn repaired() {
    let streams = Mutex::new(Vec::new());
    let (awake_tx, awake) = chan::<()>(1);
    go({
        let streams = streams.clone();
        async move {
            let idle = streams.lock().await.is_empty();
            if idle {
                awake.recv().await;
            }
        }
    });
    go(async move {
        let mut open = streams.lock().await;
        open.push("stream");
        if open.len() == 1 {
            select! {
                awake_tx.send(()) => {}
                default => {}
            }
        }
    });
}
