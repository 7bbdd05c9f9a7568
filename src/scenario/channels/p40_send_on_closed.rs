use fanin::{chan, go};

pub async fn main() {
    let (tx, rx) = chan(0);
    let closer = tx.clone();
    // A channel is for its sender to close: this one does not know whether all has been sent.
    go(async move { closer.close() });
    go(async move { tx.send(1).await });
    rx.recv().await;
}
