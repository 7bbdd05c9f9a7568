use fanin::{chan, go, output};

pub async fn main() {
    let (numbers, numbers_rx) = chan(0);
    let sender = numbers.clone();
    let counting = go(async move {
        for n in 1..=3 {
            sender.send(n).await;
        }
    });

    output(&numbers_rx.recv().await.unwrap());
    // Had enough. But the one who sends does not know.
    numbers.close();
    let _ended = counting.await;
}
