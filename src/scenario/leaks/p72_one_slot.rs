use std::time::Duration;

use fanin::{chan, go, output, select, time};

pub async fn main() {
    // A slot for the answer, whether somebody comes for it or not.
    let (answer, answer_rx) = chan(1);
    go(async move {
        time::sleep(Duration::from_secs(2)).await;
        answer.send("late").await;
    });

    let patience = time::after(Duration::from_secs(1));
    select! {
        answer = answer_rx.recv() => output(&answer.unwrap()),
        _ = patience.recv() => output(&"gave up"),
    }
}
