use std::time::Duration;

use fanin::{chan, go, output, time};

// The producer makes a value a second, the consumer needs two seconds for each.
async fn first_wait(size: usize) -> Option<u32> {
    let (tx, rx) = chan(size);
    go(async move {
        while rx.recv().await.is_some() {
            time::sleep(Duration::from_secs(2)).await;
        }
    });

    let _close = tx.close_on_drop();
    for n in 1..=20 {
        time::sleep(Duration::from_secs(1)).await;
        let before = time::now();
        tx.send(n).await;
        if time::now() > before {
            return Some(n);
        }
    }
    None
}

pub async fn main() {
    for size in [0, 1, 5] {
        match first_wait(size).await {
            Some(n) => output(&format!("size {size}: waits at value {n}")),
            None => output(&format!("size {size}: never waits")),
        }
    }
}
