use fanin::{WaitGroup, chan, go, output};

pub async fn main() {
    let (results, results_rx) = chan(2);
    let wg = WaitGroup::new();
    for part in 1..=2 {
        let results = results.clone();
        wg.go(async move { results.send(part).await });
    }
    go(async move {
        // After all sends, whoever was last.
        wg.wait().await;
        results.close();
    });
    while let Some(part) = results_rx.recv().await {
        output(&part);
    }
}
