use fanin::{Context, Receiver, chan, go, output, patterns::generator, select};

fn merge(first: Receiver<i32>, second: Receiver<i32>) -> Receiver<i32> {
    let (out, rx) = chan(0);
    go(async move {
        let _close = out.close_on_drop();
        let (mut first, mut second) = (Some(first), Some(second));
        while first.is_some() || second.is_some() {
            select! {
                value = first.as_ref().map(|rx| rx.recv()) => match value {
                    Some(value) => out.send(value).await,
                    None => first = None,
                },
                value = second.as_ref().map(|rx| rx.recv()) => match value {
                    Some(value) => out.send(value).await,
                    None => second = None,
                },
            }
        }
    });
    rx
}

pub async fn main() {
    let ctx = Context::background();
    let merged = merge(generator(&ctx, [1, 2]), generator(&ctx, [10, 20, 30]));
    while let Some(value) = merged.recv().await {
        output(&value);
    }
}
