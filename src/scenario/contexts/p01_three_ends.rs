use std::time::Duration;

use fanin::{Context, go, output, select, time};

async fn publish(ctx: &Context) {
    let sent = time::after(Duration::from_millis(10));
    select! {
        _ = sent.recv() => output(&"published"),
        _ = ctx.done().recv() => output(&format!("not published: {}", ctx.cause().unwrap())),
    }
}

// Publishes in the background, under the request's own context, and takes that long for the response.
async fn handler(ctx: &Context, takes: Duration) {
    let ctx = ctx.clone();
    go(async move { publish(&ctx).await });
    time::sleep(takes).await;
}

async fn serve(leaves: Option<&'static str>, takes: Duration) {
    let (request, cancel) = Context::background().with_cancel_cause();
    if let Some(why) = leaves {
        let cancel = cancel.clone();
        go(async move {
            time::sleep(Duration::from_millis(5)).await;
            cancel.cancel(why);
        });
    }
    handler(&request, takes).await;
    cancel.cancel("the response is written");
    time::sleep(Duration::from_secs(1)).await;
}

pub async fn main() {
    serve(Some("the client has closed the connection"), Duration::from_millis(20)).await;
    serve(Some("the client has reset the stream"), Duration::from_millis(20)).await;
    // Nobody leaves, and the response takes as long as the message.
    serve(None, Duration::from_millis(10)).await;
}
