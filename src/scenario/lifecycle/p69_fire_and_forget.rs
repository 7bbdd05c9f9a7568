use std::time::Duration;

use fanin::{go, output, time};

async fn save() {
    time::sleep(Duration::from_secs(1)).await;
    output(&"saved");
}

pub async fn main() {
    // Nobody can tell when it is done, or whether.
    go(save());
    output(&"exit");
}
