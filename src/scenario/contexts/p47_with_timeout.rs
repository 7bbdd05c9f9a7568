use std::time::Duration;

use fanin::{Context, chan, go, output, select, time};

// The statistics take this long to collect; the handler gives them 100 ms.
async fn handler(took: Duration) -> &'static str {
    let (ctx, cancel) = Context::background().with_timeout(Duration::from_millis(100));
    let _cancel = cancel.on_drop();

    // One slot, so that a late answer has a place to go.
    let (stats, stats_rx) = chan(1);
    go(async move {
        time::sleep(took).await;
        stats.send("statistics").await;
    });

    select! {
        stats = stats_rx.recv() => stats.unwrap(),
        _ = ctx.done().recv() => "gave up",
    }
}

pub async fn main() {
    for ms in [99, 100, 101] {
        let answer = handler(Duration::from_millis(ms)).await;
        output(&format!("{ms} ms: {answer}"));
    }
}
