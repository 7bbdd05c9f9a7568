//! CockroachDB: a restore reads more entries than the channel to its consumer holds.
//!
//! The consumer leaves when the context ends; the producer does not look at the context and stays in its
//! next send. The repair sends in a select with it.

use fanin::{Context, chan, go, select};

const ROOM: usize = 6;
const ENTRIES: usize = ROOM + 2;

pub async fn buggy() {
    restore(false).await;
}

pub async fn repaired() {
    restore(true).await;
}

async fn restore(watches: bool) {
    let (ctx, cancel) = Context::background().with_cancel();
    let (tx, entries) = chan(ROOM);
    go({
        let ctx = ctx.clone();
        async move {
            let _close = tx.close_on_drop();
            let done = watches.then(|| ctx.done());
            for n in 0..ENTRIES {
                select! {
                    tx.send(n) => {}
                    done.as_ref().map(|done| done.recv()) => return,
                }
            }
        }
    });
    go(async move {
        // After the first entry all that is left is to wait for the end.
        if entries.recv().await.is_some() {
            ctx.done().recv().await;
        }
    });
    go(async move { cancel.cancel() });
}
