use std::time::Duration;

use fanin::{Receiver, chan, go, output, rt, select, time};

fn new_rand_stream(done: Receiver<()>) -> Receiver<u32> {
    let (rand_stream, rx) = chan(0);
    go(async move {
        let _close = rand_stream.close_on_drop();
        loop {
            select! {
                rand_stream.send(rt::choose(100)) => {},
                _ = done.recv() => break,
            }
        }
        output(&"producer exited");
    });
    rx
}

pub async fn main() {
    let (done, done_rx) = chan(0);
    let rand_stream = new_rand_stream(done_rx);
    for _ in 0..3 {
        output(&rand_stream.recv().await.unwrap());
    }
    done.close();

    // Simulate ongoing work.
    time::sleep(Duration::from_secs(1)).await;
}
