use std::time::Duration;

use fanin::{Receiver, chan, go, output, patterns::or, time};

fn sig(after: Duration) -> Receiver<()> {
    let (tx, rx) = chan(0);
    go(async move {
        let _close = tx.close_on_drop();
        time::sleep(after).await;
    });
    rx
}

pub async fn main() {
    let (second, minute, hour) = (Duration::from_secs(1), Duration::from_secs(60), Duration::from_secs(3600));
    let start = time::now();
    or([sig(hour), sig(minute), sig(second), sig(hour), sig(hour)]).recv().await;
    output(&format!("done after {:?}", time::now().since(start)));
}
