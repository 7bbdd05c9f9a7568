//! Knative Serving: a test sends work to a pool, and closes it at its end.
//!
//! The end comes before the last piece of work is sent. The repair waits for the sender first.

use fanin::{
    Sender, WaitGroup, chan, go,
    sync::{AtomicI64, Once},
    time::sleep,
};
use std::time::Duration;

const PIECES: i64 = 2;

async fn close(once: Once, work: Sender<i64>, done: WaitGroup) {
    once.do_once(async move || {
        work.close();
        go(async move { done.wait().await });
    })
    .await;
}

pub async fn buggy() {
    let (work, sent, done) = pool();
    close(Once::new(), work, done).await;
    sent.wait().await;
}

pub async fn repaired() {
    let (work, sent, done) = pool();
    sent.wait().await;
    close(Once::new(), work, done).await;
}

/// The way to the work, and what is counted: what is sent and what is done.
fn pool() -> (Sender<i64>, WaitGroup, WaitGroup) {
    let (tx, work) = chan(5);
    let (sent, done, ran) = (WaitGroup::new(), WaitGroup::new(), AtomicI64::new(0));
    let counted = done.clone();
    go(async move {
        while let Some(piece) = work.recv().await {
            ran.add(piece).await;
            counted.done();
        }
    });
    sent.add(PIECES);
    let (sender, counted, each) = (tx.clone(), done.clone(), sent.clone());
    go(async move {
        for piece in 0..PIECES {
            counted.add(1);
            sender.send(piece).await;
            sleep(Duration::from_millis(10)).await;
            each.done();
        }
    });
    (tx, sent, done)
}
