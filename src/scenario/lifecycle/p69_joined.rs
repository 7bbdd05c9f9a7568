use std::time::Duration;

use fanin::{WaitGroup, output, time};

// Synchronous: whoever wants it to run beside something else can have that.
async fn save() {
    time::sleep(Duration::from_secs(1)).await;
    output(&"saved");
}

pub async fn main() {
    let wg = WaitGroup::new();
    wg.go(save());
    wg.wait().await;
    output(&"exit");
}
