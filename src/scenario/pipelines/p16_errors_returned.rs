use fanin::{Context, Receiver, chan, go, output, select};

fn get(url: &'static str) -> Result<&'static str, String> {
    if url.starts_with("bad") { Err(format!("no such host: {url}")) } else { Ok("200 OK") }
}

fn check_status(ctx: &Context, urls: &'static [&'static str]) -> Receiver<Result<&'static str, String>> {
    let ctx = ctx.clone();
    let (results, rx) = chan(0);
    go(async move {
        let _close = results.close_on_drop();
        for url in urls {
            select! {
                results.send(get(url)) => {},
                _ = ctx.done().recv() => return,
            }
        }
    });
    rx
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();

    let results = check_status(&ctx, &["bad.a", "good.b", "bad.c", "bad.d", "good.e"]);
    let mut errors = 0;
    while let Some(result) = results.recv().await {
        match result {
            Ok(response) => output(&response),
            Err(err) => {
                output(&err);
                errors += 1;
                if errors == 2 {
                    output(&"too many errors");
                    break;
                }
            }
        }
    }
}
