use fanin::{Context, Receiver, chan, go, output, select};

fn get(url: &'static str) -> Result<&'static str, String> {
    if url.starts_with("bad") { Err(format!("no such host: {url}")) } else { Ok("200 OK") }
}

fn check_status(ctx: &Context, urls: &'static [&'static str]) -> Receiver<&'static str> {
    let ctx = ctx.clone();
    let (responses, rx) = chan(0);
    go(async move {
        let _close = responses.close_on_drop();
        for url in urls {
            match get(url) {
                // All it can do with an error is to print it, and hope that someone looks.
                Err(err) => output(&err),
                Ok(response) => select! {
                    responses.send(response) => {},
                    _ = ctx.done().recv() => return,
                },
            }
        }
    });
    rx
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();

    let responses = check_status(&ctx, &["bad.a", "good.b", "bad.c", "bad.d", "good.e"]);
    while let Some(response) = responses.recv().await {
        output(&response);
    }
}
