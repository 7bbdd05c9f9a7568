use std::time::Duration;

use fanin::{chan, go, output, time};

pub async fn main() {
    let (tx, rx) = chan(2);
    let sender = go(async move {
        for i in 1..=4 {
            tx.send(i).await;
            output(&format!("sent {i}"));
        }
    });

    time::sleep(Duration::from_secs(1)).await;
    output(&"receiving");
    for _ in 0..4 {
        rx.recv().await;
    }
    sender.await.unwrap();
}
