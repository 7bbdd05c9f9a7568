use std::time::Duration;

use fanin::{Receiver, chan, go, output, select, time};

fn do_work(done: Receiver<()>, strings: Receiver<&'static str>) -> Receiver<()> {
    let (completed, rx) = chan(0);
    go(async move {
        let _completed = completed.close_on_drop();
        loop {
            select! {
                s = strings.recv() => output(&s.unwrap_or_default()),
                _ = done.recv() => break,
            }
        }
        output(&"worker exited");
    });
    rx
}

pub async fn main() {
    let (done, done_rx) = chan(0);
    let terminated = do_work(done_rx, Receiver::never());

    go(async move {
        time::sleep(Duration::from_secs(1)).await;
        output(&"canceling the worker");
        done.close();
    });

    terminated.recv().await;
    output(&"done");
}
