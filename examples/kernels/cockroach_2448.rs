//! CockroachDB: the store takes events from the consensus loop, and gives it callbacks.
//!
//! Each waits for the other to take what it has: the loop has looked for a callback, found none, and sends
//! its next event; the store has taken one and sends its callback. In the repair the loop takes callbacks
//! also while it sends.

use fanin::{chan, go, select, time::sleep};
use std::time::Duration;

type Callback = fn();

/// The original has no end.
const EVENTS: u32 = 2;

pub async fn buggy() {
    consensus(false).await;
}

pub async fn repaired() {
    consensus(true).await;
}

async fn consensus(takes_both: bool) {
    let (events_tx, events) = chan(0);
    let (callbacks_tx, callbacks) = chan::<Callback>(0);
    let (stop_tx, stop) = chan::<()>(0);
    go({
        let stop = stop.clone();
        async move {
            loop {
                select! {
                    events.recv() => {
                        select! {
                            callbacks_tx.send(|| ()) => {}
                            stop.recv() => return,
                        }
                    }
                    stop.recv() => return,
                }
            }
        }
    });
    go(async move {
        let mut left = EVENTS;
        while left > 0 {
            select! {
                stop.recv() => return,
                callback = callbacks.recv() => {
                    callback.inspect(|callback| callback());
                    sleep(Duration::from_nanos(1)).await;
                }
                default => {
                    select! {
                        events_tx.send("event") => left -= 1,
                        takes_both.then(|| callbacks.recv()) => {}
                        stop.recv() => return,
                    }
                }
            }
        }
        stop_tx.close();
    });
}
