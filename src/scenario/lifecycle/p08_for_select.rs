use fanin::{chan, go, output, select};

pub async fn main() {
    let (done, done_rx) = chan::<()>(0);
    let (string_stream, strings) = chan(0);

    go(async move {
        let _close = string_stream.close_on_drop();
        for s in ["a", "b", "c"] {
            select! {
                string_stream.send(s) => {},
                _ = done_rx.recv() => return,
            }
        }
    });

    output(&strings.recv().await.unwrap());
    done.close();
}
