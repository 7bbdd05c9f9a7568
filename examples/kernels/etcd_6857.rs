//! etcd: a node answers requests for its status until it is stopped.
//!
//! A request that comes after the stop is never taken. The repair also watches for the node's end.

use fanin::{Receiver, Sender, chan, go, select};

type Reply = Sender<&'static str>;

pub async fn buggy() {
    let (status, _) = node();
    go(async move {
        let (tx, reply) = chan(0);
        status.send(tx).await;
        reply.recv().await;
    });
}

pub async fn repaired() {
    let (status, done) = node();
    go(async move {
        let (tx, reply) = chan(0);
        select! {
            status.send(tx) => { reply.recv().await; }
            done.recv() => {}
        }
    });
}

/// A node and the task that stops it.
fn node() -> (Sender<Reply>, Receiver<()>) {
    let (status, requests) = chan::<Reply>(0);
    let (stop, stopped) = chan(0);
    let (done_tx, done) = chan::<()>(0);
    go(async move {
        loop {
            select! {
                reply = requests.recv() => {
                    if let Some(reply) = reply {
                        reply.send("leader").await;
                    }
                }
                stopped.recv() => {
                    done_tx.close();
                    return;
                }
            }
        }
    });
    let end = done.clone();
    go(async move {
        select! {
            stop.send(()) => { end.recv().await; }
            end.recv() => {}
        }
    });
    (status, done)
}
