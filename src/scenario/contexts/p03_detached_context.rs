use std::time::Duration;

use fanin::{Context, go, output, select, time};

#[derive(PartialEq)]
struct RequestId;

async fn publish(ctx: &Context, message: &str) {
    let id = ctx.value::<_, &str>(&RequestId).copied().unwrap_or("unknown");
    let sent = time::after(Duration::from_millis(10));
    select! {
        _ = sent.recv() => output(&format!("published {message} of {id}")),
        _ = ctx.done().recv() => output(&format!("not published: {}", ctx.err().unwrap())),
    }
}

async fn handler(ctx: &Context) {
    // In the background, with the values of the request, and without its end.
    let ctx = ctx.without_cancel();
    go(async move { publish(&ctx, "order 7").await });

    time::sleep(Duration::from_millis(10)).await;
    output(&"response written");
}

pub async fn main() {
    // A request's context ends when its response has been written.
    let (request, cancel) = Context::background().with_value(RequestId, "r-42").with_cancel();
    handler(&request).await;
    cancel.cancel();

    time::sleep(Duration::from_secs(1)).await;
}
