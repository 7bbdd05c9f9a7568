use fanin::{chan, go, output};

pub async fn main() {
    let (results, results_rx) = chan(2);
    for part in 1..=2 {
        let results = results.clone();
        go(async move {
            results.send(part).await;
            // The last one closes. But the second one to start need not be the last to send.
            if part == 2 {
                results.close();
            }
        });
    }
    while let Some(part) = results_rx.recv().await {
        output(&part);
    }
}
