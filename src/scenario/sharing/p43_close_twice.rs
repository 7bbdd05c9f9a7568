use fanin::{Sender, WaitGroup, chan, output};

// Whoever finds a reason to stop closes done; here two do.
fn stop(done: &Sender<()>) {
    done.close();
}

pub async fn main() {
    let (done, done_rx) = chan::<()>(0);
    let wg = WaitGroup::new();
    for _ in 0..2 {
        let done = done.clone();
        wg.go(async move { stop(&done) });
    }
    wg.wait().await;
    done_rx.recv().await;
    output(&"stopped");
}
