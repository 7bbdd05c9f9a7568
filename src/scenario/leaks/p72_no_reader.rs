use std::time::Duration;

use fanin::{chan, go, output, select, time};

pub async fn main() {
    let (answer, answer_rx) = chan(0);
    go(async move {
        time::sleep(Duration::from_secs(2)).await;
        // By now the one who asked has gone.
        answer.send("late").await;
    });

    let patience = time::after(Duration::from_secs(1));
    select! {
        answer = answer_rx.recv() => output(&answer.unwrap()),
        _ = patience.recv() => output(&"gave up"),
    }
}
