use fanin::{WaitGroup, chan, output};

pub async fn main() {
    let (ready, ready_rx) = chan::<()>(0);
    let wg = WaitGroup::new();
    for i in 1..=3 {
        let ready = ready_rx.clone();
        wg.go(async move {
            ready.recv().await;
            output(&i);
        });
    }

    output(&"go");
    ready.close();
    wg.wait().await;
}
