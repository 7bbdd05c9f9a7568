use fanin::{chan, output};

pub async fn main() {
    let (tx, rx) = chan(0);
    // A send and a receive have to meet, and there is only main.
    tx.send(1).await;
    output(&rx.recv().await.unwrap());
}
