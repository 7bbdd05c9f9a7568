use std::time::Duration;

use fanin::{Context, Receiver, chan, go, output, patterns::or_done, time};

// Not ours: it never closes its channel, and does not know our context.
fn ticks_of_someone_else() -> Receiver<i32> {
    let (tx, rx) = chan(3);
    go(async move {
        for i in 1..=3 {
            time::sleep(Duration::from_secs(1)).await;
            tx.send(i).await;
        }
    });
    rx
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_timeout(Duration::from_millis(4500));
    let _cancel = cancel.on_drop();

    // A plain loop, which ends when the context does.
    let ticks = or_done(&ctx, ticks_of_someone_else());
    while let Some(tick) = ticks.recv().await {
        output(&tick);
    }
    output(&"done");
}
