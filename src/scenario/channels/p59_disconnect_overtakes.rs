use fanin::{chan, go, output, select};

pub async fn main() {
    let (messages, message_rx) = chan(3);
    let (disconnect, disconnect_rx) = chan(0);

    go(async move {
        for i in 1..=3 {
            messages.send(i).await;
        }
        disconnect.send(()).await;
    });

    loop {
        // When both are ready, either is taken.
        select! {
            message = message_rx.recv() => output(&message.unwrap()),
            _ = disconnect_rx.recv() => break,
        }
    }
    output(&"disconnected");
}
