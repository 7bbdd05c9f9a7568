//! Select: whichever is ready first, and nobody in particular when several are.

use std::time::Duration;

use fanin::{chan, go, select, sim::Config, time};

fn main() {
    for seed in 0..8 {
        let run = Config::new().seed(seed).run(async {
            let (tx, rx) = chan(0);
            go(async move {
                time::sleep(Duration::from_secs(1)).await;
                tx.send("an answer").await;
            });
            let patience = time::after(Duration::from_secs(1));
            select! {
                answer = rx.recv() => answer.unwrap(),
                _ = patience.recv() => "no patience",
            }
        });
        println!("seed {seed}: {}", run.value.unwrap());
    }
}
