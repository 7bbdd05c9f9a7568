use std::time::Duration;

use fanin::{WaitGroup, output, time};

async fn process(item: u32) {
    time::sleep(Duration::from_secs(item.into())).await;
    output(&item);
}

pub async fn main() {
    let start = time::now();
    let wg = WaitGroup::new();
    for item in [3, 1, 2] {
        wg.go(process(item));
    }
    wg.wait().await;
    output(&format!("all after {:?}", time::now().since(start)));
}
