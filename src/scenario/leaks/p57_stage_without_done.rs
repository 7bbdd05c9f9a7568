use std::time::Duration;

use fanin::{
    Context, Receiver, chan, go, named, output,
    patterns::{generator, map},
    time,
};

// Sends without looking whether anybody still wants it.
fn square(input: Receiver<i32>) -> Receiver<i32> {
    let (out, rx) = chan(0);
    go(async move {
        let _close = out.close_on_drop();
        while let Some(n) = input.recv().await {
            out.send(n * n).await;
        }
    });
    rx
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();

    let numbers = named("numbers", || generator(&ctx, 1..));
    let squares = named("square", || square(numbers));
    let results = named("add one", || map(&ctx, squares, |n| n + 1));

    output(&results.recv().await.unwrap());
    output(&results.recv().await.unwrap());
    // Meanwhile every stage has its next value in hand.
    time::sleep(Duration::from_secs(1)).await;
}
