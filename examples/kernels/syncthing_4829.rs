//! Syncthing: the table of port mappings is cleared, and its listeners are told what is left.
//!
//! Telling them takes the read lock, while the same task still holds the write lock. The repair lets go of
//! the one before it takes the other.

use fanin::sync::RwLock;
use std::collections::BTreeMap;

type Mappings = RwLock<BTreeMap<u32, &'static str>>;

fn mappings() -> Mappings {
    RwLock::new(BTreeMap::from([(22, "ssh"), (80, "http")]))
}

async fn tell(mappings: &Mappings) -> usize {
    mappings.read().await.len()
}

pub async fn buggy() {
    let mappings = mappings();
    let mut table = mappings.write().await;
    let removed = table.len();
    table.clear();
    if removed > 0 {
        tell(&mappings).await;
    }
}

pub async fn repaired() {
    let mappings = mappings();
    let mut table = mappings.write().await;
    let removed = table.len();
    table.clear();
    drop(table);
    if removed > 0 {
        tell(&mappings).await;
    }
}
