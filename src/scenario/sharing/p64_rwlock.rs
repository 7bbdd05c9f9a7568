use std::time::Duration;

use fanin::{WaitGroup, named, output, sync::RwLock, time};

fn seconds() -> u64 {
    time::now().nanos() / 1_000_000_000
}

async fn read(prices: RwLock<u32>, after: u64) {
    time::sleep(Duration::from_secs(after)).await;
    let price = prices.read().await;
    output(&format!("{}s: reads {}", seconds(), *price));
    time::sleep(Duration::from_secs(4)).await;
}

async fn write(prices: RwLock<u32>, after: u64) {
    time::sleep(Duration::from_secs(after)).await;
    let mut price = prices.write().await;
    output(&format!("{}s: writes", seconds()));
    time::sleep(Duration::from_secs(1)).await;
    *price += 1;
}

pub async fn main() {
    let (prices, wg) = (named("prices", || RwLock::new(7)), WaitGroup::new());
    named("reader", || {
        wg.go(read(prices.clone(), 0));
        wg.go(read(prices.clone(), 1));
        // After the writer has come: it waits behind it, though only readers have the lock.
        wg.go(read(prices.clone(), 3));
    });
    named("writer", || wg.go(write(prices.clone(), 2)));
    wg.wait().await;
}
