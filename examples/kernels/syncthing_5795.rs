//! Syncthing: a connection's dispatcher hands each message to a handler, and this one closes the connection.
//!
//! Closing waits for the dispatcher's end, and it is the dispatcher that runs it. The repair closes in a task
//! of its own.

use fanin::{chan, go, select, sync::Once};

pub async fn buggy() {
    connection(false).await;
}

pub async fn repaired() {
    connection(true).await;
}

async fn connection(own_task: bool) {
    let (inbox, messages) = chan(0);
    let (closed_tx, closed) = chan::<()>(0);
    let (stopped_tx, stopped) = chan::<()>(0);
    go({
        let closed = closed.clone();
        async move {
            loop {
                select! {
                    closed.recv() => return,
                    default => {}
                }
            }
        }
    });
    let once = Once::new();
    let end = stopped.clone();
    go(async move {
        let _stopped = stopped_tx.close_on_drop();
        loop {
            select! {
                messages.recv() => {
                    let (closed, end) = (closed_tx.clone(), end.clone());
                    let close = once.do_once(async move || {
                        closed.close();
                        end.recv().await;
                    });
                    if own_task {
                        go(close);
                    } else {
                        close.await;
                    }
                }
                closed.recv() => return,
            }
        }
    });
    inbox.send("cluster config").await;
    stopped.recv().await;
}
