use std::time::Duration;

use fanin::{Context, ContextError, output, time};

async fn process(item: u32) {
    time::sleep(Duration::from_secs(1)).await;
    output(&item);
}

async fn process_batch(ctx: &Context, items: &[u32]) -> Result<(), ContextError> {
    for &item in items {
        // Between items, not in the middle of one.
        if let Some(err) = ctx.err() {
            return Err(err);
        }
        process(item).await;
    }
    Ok(())
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_timeout(Duration::from_millis(2500));
    let _cancel = cancel.on_drop();

    if let Err(err) = process_batch(&ctx, &[1, 2, 3, 4, 5]).await {
        output(&err.to_string());
    }
}
