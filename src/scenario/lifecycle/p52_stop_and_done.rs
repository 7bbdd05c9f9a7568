use std::time::Duration;

use fanin::{chan, go, output, select, time};

pub async fn main() {
    let (stop, stop_rx) = chan::<()>(0);
    let (done, done_rx) = chan::<()>(0);

    go(async move {
        let _done = done.close_on_drop();
        let ticker = time::Ticker::new(Duration::from_secs(1));
        loop {
            select! {
                _ = ticker.recv() => output(&"flush"),
                _ = stop_rx.recv() => break,
            }
        }
        output(&"last flush");
    });

    time::sleep(Duration::from_millis(2500)).await;
    stop.close();
    done_rx.recv().await;
    output(&"stopped");
}
