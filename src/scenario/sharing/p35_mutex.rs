use std::time::Duration;

use fanin::{WaitGroup, named, output, sync::Mutex, time};

async fn deposit(account: Mutex<u32>, amount: u32) {
    let mut balance = account.lock().await;
    // Between looking and writing nobody else gets in.
    let before = *balance;
    time::sleep(Duration::from_secs(1)).await;
    *balance = before + amount;
}

pub async fn main() {
    let account = named("account", || Mutex::new(0));
    let wg = WaitGroup::new();
    for amount in [10, 20, 30] {
        let deposit = deposit(account.clone(), amount);
        named("deposit", || wg.go(deposit));
    }
    wg.wait().await;
    output(&format!("{} after {:?}", *account.lock().await, time::now().since(time::Instant::ZERO)));
}
