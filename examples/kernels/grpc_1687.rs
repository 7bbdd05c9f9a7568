//! gRPC: a handler hands its writes to the one who serves the connection.
//!
//! Its end is told by closing the channel of the writes, and a write that comes later finds it closed. The
//! repair closes another channel, at which every write looks first.

use fanin::{Receiver, Sender, chan, go, select};

type Write = &'static str;

async fn write(writes: &Sender<Write>, closed: &Receiver<()>) {
    select! {
        closed.recv() => {}
        default => {
            select! {
                writes.send("header") => {}
                closed.recv() => {}
            }
        }
    }
}

pub async fn buggy() {
    serve(|writes, _| writes.close()).await;
}

pub async fn repaired() {
    serve(|_, closed| closed.close()).await;
}

async fn serve(end: fn(&Sender<Write>, &Sender<()>)) {
    let (writes_tx, writes) = chan(0);
    let (closed_tx, closed) = chan(0);
    go({
        let closed = closed.clone();
        async move {
            write(&writes_tx, &closed).await;
            end(&writes_tx, &closed_tx);
            write(&writes_tx, &closed).await;
        }
    });
    loop {
        select! {
            write = writes.recv() => {
                if write.is_none() {
                    return;
                }
            }
            closed.recv() => return,
        }
    }
}
