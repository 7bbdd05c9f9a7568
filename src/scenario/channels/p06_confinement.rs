use fanin::{Receiver, chan, go, output};

// Only the task in here can write to the channel, or close it.
fn chan_owner() -> Receiver<i32> {
    let (results, rx) = chan(5);
    go(async move {
        let _close = results.close_on_drop();
        for i in 0..=5 {
            results.send(i).await;
        }
    });
    rx
}

// And this can only receive.
async fn consumer(results: Receiver<i32>) {
    while let Some(result) = results.recv().await {
        output(&result);
    }
    output(&"done receiving");
}

pub async fn main() {
    consumer(chan_owner()).await;
}
