use std::time::Duration;

use fanin::{chan, go, output, time};

pub async fn main() {
    let (tx, rx) = chan(0);
    let sender = go(async move {
        output(&"sending");
        tx.send(1).await;
        output(&"sent");
    });

    time::sleep(Duration::from_secs(1)).await;
    output(&"receiving");
    rx.recv().await;
    sender.await.unwrap();
}
