//! etcd: a broadcaster takes updates until their channel is closed; stopping it closes the channel.
//!
//! The one who stops it waits for its end with the lock held that the last update needs. The repair waits
//! after the unlock.

use fanin::{chan, go, select, sync::Mutex};

pub async fn buggy() {
    broadcast(true).await;
}

pub async fn repaired() {
    broadcast(false).await;
}

async fn broadcast(locked: bool) {
    let watchers = Mutex::new(());
    let (updates_tx, updates) = chan(1);
    let (done_tx, done) = chan::<()>(0);
    go({
        let watchers = watchers.clone();
        async move {
            while updates.recv().await.is_some() {
                drop(watchers.lock().await);
            }
            done_tx.close();
        }
    });
    select! {
        updates_tx.send("update") => {}
        default => {}
    }
    go(async move {
        let guard = watchers.lock().await;
        updates_tx.close();
        let _held = locked.then_some(guard);
        done.recv().await;
    });
}
