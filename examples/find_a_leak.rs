//! A task that waits for ever, and why: from the recording of a run.

use fanin::{chan, detect, go, named, sim::Config};

fn main() {
    let run = Config::new().run(async {
        let (tx, rx) = named("numbers", || chan(0));
        named("producer", || {
            go(async move {
                for n in 0.. {
                    tx.send(n).await;
                }
            })
        });
        (rx.recv().await, rx.recv().await)
    });
    for finding in detect::findings(&run.recording.events) {
        println!("{}: {}", finding.kind.word(), finding.message);
        for place in finding.places {
            println!("    at {place}");
        }
    }
}
