use std::time::Duration;

use fanin::{Receiver, chan, go, output, select, time};

async fn work() {
    time::sleep(Duration::from_millis(10)).await;
}

// The select is kept short, and the work comes after it.
async fn short_select(done: Receiver<()>) -> i32 {
    let mut rounds = 0;
    loop {
        select! {
            _ = done.recv() => return rounds,
            default => {},
        }
        work().await;
        rounds += 1;
    }
}

// The work is in the default.
async fn work_in_default(done: Receiver<()>) -> i32 {
    let mut rounds = 0;
    loop {
        select! {
            _ = done.recv() => return rounds,
            default => {
                work().await;
                rounds += 1;
            },
        }
    }
}

pub async fn main() {
    let (done, done_rx) = chan(0);
    let first = go(short_select(done_rx.clone()));
    let second = go(work_in_default(done_rx));

    time::sleep(Duration::from_millis(35)).await;
    done.close();

    output(&first.await.unwrap());
    output(&second.await.unwrap());
}
