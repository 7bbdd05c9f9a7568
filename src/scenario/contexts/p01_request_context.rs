use std::time::Duration;

use fanin::{Context, ContextError, go, output, select, time};

// A request whose context ends when its response has been written.
async fn handler(ctx: &Context) {
    let publishing = ctx.clone();
    go(async move {
        if let Err(err) = publish(&publishing, "order 7").await {
            output(&format!("not published: {err}"));
        }
    });
    time::sleep(Duration::from_millis(10)).await;
    output(&"response written");
}

async fn publish(ctx: &Context, message: &'static str) -> Result<(), ContextError> {
    let sent = time::after(Duration::from_millis(10));
    select! {
        _ = sent.recv() => output(&format!("published {message}")),
        _ = ctx.done().recv() => return Err(ctx.err().unwrap()),
    }
    Ok(())
}

pub async fn main() {
    let (request, cancel) = Context::background().with_cancel();
    handler(&request).await;
    cancel.cancel();
    time::sleep(Duration::from_secs(1)).await;
}
