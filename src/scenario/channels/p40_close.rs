use fanin::{chan, output};

pub async fn main() {
    let (tx, rx) = chan(2);
    tx.send(1).await;
    tx.send(2).await;
    tx.close();

    while let Some(value) = rx.recv().await {
        output(&value);
    }
    output(&"closed");
}
