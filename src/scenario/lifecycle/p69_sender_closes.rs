use fanin::{chan, go, output, select};

pub async fn main() {
    let (done, done_rx) = chan::<()>(0);
    let (numbers, numbers_rx) = chan(0);
    let counting = go(async move {
        // The sender alone knows when nothing more comes.
        let _close = numbers.close_on_drop();
        for n in 1..=3 {
            select! {
                numbers.send(n) => {},
                _ = done_rx.recv() => return,
            }
        }
    });

    output(&numbers_rx.recv().await.unwrap());
    // Had enough: the receiver says so on a channel of its own.
    done.close();
    let _ended = counting.await;
}
