//! gRPC: a connection that is removed stays in a cache for a while, and is taken from there if it is wanted again.
//!
//! The timer that clears the cache may have fired when the connection is taken: it is then told to do
//! nothing, and returns without the unlock. The repair unlocks on that way out, too.

use fanin::{
    chan, go,
    sync::{
        Mutex,
        shared::{Map, Var},
    },
    time::{FuncTimer, after_func},
};
use std::time::Duration;

const ROUNDS: u32 = 2;
const ADDRESS: &str = "address";

#[derive(Clone)]
struct Entry {
    timer: FuncTimer,
    abort: Var<bool>,
}

#[derive(Clone)]
struct Cache {
    lock: Mutex<()>,
    /// Both are guarded by the lock.
    removed: Map<&'static str, Entry>,
    known: Map<&'static str, u32>,
    /// What is wrong.
    forgets: bool,
}

pub async fn buggy() {
    resolve(true).await;
}

pub async fn repaired() {
    resolve(false).await;
}

async fn resolve(forgets: bool) {
    let cache = Cache { lock: Mutex::new(()), removed: Map::new(), known: Map::of([(ADDRESS, 0)]), forgets };
    let (done_tx, done) = chan::<()>(0);
    go(async move {
        for _ in 0..ROUNDS {
            cache.remove().await;
            cache.renew().await;
        }
        done_tx.close();
    });
    done.recv().await;
}

impl Cache {
    async fn remove(&self) {
        self.lock.lock_raw().await;
        if self.known.get(&ADDRESS).is_some() && self.removed.get(&ADDRESS).is_none() {
            let abort = Var::new(false);
            let (cache, aborted) = (self.clone(), abort.clone());
            let timer = after_func(Duration::from_nanos(1), move || {
                let (cache, aborted) = (cache.clone(), aborted.clone());
                async move { cache.clear(&aborted).await }
            });
            self.removed.insert(ADDRESS, Entry { timer, abort });
        }
        self.lock.unlock();
    }

    async fn clear(&self, aborted: &Var<bool>) {
        self.lock.lock_raw().await;
        if aborted.get() {
            if !self.forgets {
                self.lock.unlock();
            }
            return;
        }
        self.removed.remove(&ADDRESS);
        self.known.remove(&ADDRESS);
        self.lock.unlock();
    }

    async fn renew(&self) {
        self.lock.lock_raw().await;
        if let Some(entry) = self.removed.get(&ADDRESS) {
            if !entry.timer.stop() {
                entry.abort.set(true);
            }
            self.removed.remove(&ADDRESS);
        }
        self.lock.unlock();
    }
}
