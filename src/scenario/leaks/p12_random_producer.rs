use fanin::{Receiver, chan, go, output, rt};

fn new_rand_stream() -> Receiver<u32> {
    let (rand_stream, rx) = chan(0);
    go(async move {
        let _close = rand_stream.close_on_drop();
        loop {
            rand_stream.send(rt::choose(100)).await;
        }
    });
    rx
}

pub async fn main() {
    let rand_stream = new_rand_stream();
    for _ in 0..3 {
        output(&rand_stream.recv().await.unwrap());
    }
}
