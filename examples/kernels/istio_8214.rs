//! Istio: a cache counts its look-ups by atomic operations, and gives a copy of its statistics.
//!
//! The copy reads the counter plainly, which nothing orders with the others' additions. The repair reads it by
//! an atomic operation.

use fanin::{WaitGroup, go, sync::shared::Var};

pub async fn buggy() {
    cache(false).await;
}

pub async fn repaired() {
    cache(true).await;
}

async fn cache(reads_atomically: bool) {
    let (hits, wg) = (Var::new(0), WaitGroup::new());
    wg.add(2);
    for _ in 0..2 {
        let (hits, wg) = (hits.clone(), wg.clone());
        go(async move {
            hits.atomic_update(|n| *n += 1).await;
            if reads_atomically {
                hits.atomic_load().await;
            } else {
                hits.get();
            }
            wg.done();
        });
    }
    wg.wait().await;
}
