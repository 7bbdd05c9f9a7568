use fanin::{chan, output, select};

pub async fn main() {
    let (first, first_rx) = chan(1);
    let (second, second_rx) = chan(1);
    first.send(1).await;
    second.send(2).await;

    // Both are ready.
    select! {
        value = first_rx.recv() => output(&value.unwrap()),
        value = second_rx.recv() => output(&value.unwrap()),
    }
}
