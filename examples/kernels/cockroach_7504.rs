//! CockroachDB: leases are found through a cache of names, and removed from their table.
//!
//! A look-up locks the cache, then the lease; a removal the lease, then the cache. The repair of the
//! look-up lets go of the cache before it locks the lease.

use fanin::{WaitGroup, sync::Mutex};
use std::collections::{BTreeMap, BTreeSet};

pub async fn buggy() {
    leases(true).await;
}

pub async fn repaired() {
    leases(false).await;
}

async fn leases(nested: bool) {
    let table = Mutex::new(BTreeSet::from([0]));
    let cache = Mutex::new(BTreeMap::from([("name", 0)]));
    let lease = Mutex::new("lease");
    let wg = WaitGroup::new();
    wg.go({
        let (cache, lease) = (cache.clone(), lease.clone());
        async move {
            let names = cache.lock().await;
            let known = names.contains_key("name");
            let _names = nested.then_some(names);
            if known {
                drop(lease.lock().await);
            }
        }
    });
    wg.go(async move {
        let mut table = table.lock().await;
        let _lease = lease.lock().await;
        table.remove(&0);
        cache.lock().await.remove("name");
    });
    wg.wait().await;
}
