use std::time::Duration;

use fanin::{
    Context, go, output,
    patterns::{generator, tee},
    time,
};

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();
    let start = time::now();

    let (fast, slow) = tee(&ctx, generator(&ctx, 1..=4));
    let slow = go(async move {
        while slow.recv().await.is_some() {
            time::sleep(Duration::from_secs(1)).await;
        }
    });
    while let Some(value) = fast.recv().await {
        output(&format!("{value} after {}s", time::now().since(start).as_secs()));
    }
    slow.await.unwrap();
}
