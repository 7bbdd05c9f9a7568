//! The first of many signals.

use std::time::Duration;

use fanin::{Receiver, chan, go, patterns::or, time};

fn after(secs: u64) -> Receiver<()> {
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        time::sleep(Duration::from_secs(secs)).await;
    });
    rx
}

fn main() {
    let waited = fanin::sim::run(async {
        let start = time::now();
        or([3600, 60, 1, 60].map(after)).recv().await;
        time::now().since(start)
    });
    println!("done after {waited:?}");
}
