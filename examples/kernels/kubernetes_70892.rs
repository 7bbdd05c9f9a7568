//! Kubernetes: workers take the indices of the nodes to filter, each for a result of its own.
//!
//! The function that they run does not look at its index: each worker goes through all results. The repair
//! uses the index.

use fanin::{Receiver, WaitGroup, chan, go, select, sync::shared::Slice};
use std::ops::Range;

const NODES: usize = 2;

fn filter(results: &Slice<u32>, nodes: Range<usize>) {
    for node in nodes {
        if results.get(node) != 4 {
            results.set(node, 4);
        }
    }
}

pub async fn buggy() {
    parallelize(|results, _| filter(results, 0..NODES)).await;
}

pub async fn repaired() {
    parallelize(|results, node| filter(results, node..node + 1)).await;
}

async fn parallelize(work: fn(&Slice<u32>, usize)) {
    let results = Slice::of([0; NODES]);
    let (tx, nodes) = chan(NODES);
    for node in 0..NODES {
        tx.send(node).await;
    }
    tx.close();
    let wg = WaitGroup::new();
    wg.add(2);
    for _ in 0..2 {
        let (results, nodes, wg) = (results.clone(), nodes.clone(), wg.clone());
        go(async move {
            let _done = wg.done_on_drop();
            let stop = Receiver::<()>::never();
            while let Some(node) = nodes.recv().await {
                select! {
                    stop.recv() => return,
                    default => work(&results, node),
                }
            }
        });
    }
    wg.wait().await;
}
