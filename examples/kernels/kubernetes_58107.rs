//! Kubernetes: workers take from two queues under a read lock; a sync takes the write lock.
//!
//! A worker waits for its queue with the read lock held, the sync waits for that worker, and a second worker
//! behind the sync. The signals meet nobody. The repair takes the read lock only once there is an item, and
//! an item is there even if nobody waits for it yet.

use fanin::{
    go,
    sync::{Cond, Mutex, RwLock},
    time::sleep,
};
use std::time::Duration;

#[derive(Clone)]
struct Queue {
    filled: Mutex<bool>,
    changed: Cond,
}

impl Queue {
    fn new() -> Self {
        Self { filled: Mutex::new(false), changed: Cond::new() }
    }
}

pub async fn buggy() {
    let (workers, queues) = (RwLock::new(()), [Queue::new(), Queue::new()]);
    for queue in queues.clone() {
        let workers = workers.clone();
        go(async move {
            let _shared = workers.read().await;
            let guard = queue.filled.lock().await;
            drop(queue.changed.wait(guard).await);
        });
    }
    sync(workers);
    for queue in &queues {
        queue.changed.signal();
    }
}

pub async fn repaired() {
    let (workers, queues) = (RwLock::new(()), [Queue::new(), Queue::new()]);
    for queue in queues.clone() {
        let workers = workers.clone();
        go(async move {
            let mut filled = queue.filled.lock().await;
            while !*filled {
                filled = queue.changed.wait(filled).await;
            }
            drop(filled);
            let _shared = workers.read().await;
        });
    }
    sync(workers);
    for queue in &queues {
        *queue.filled.lock().await = true;
        queue.changed.signal();
    }
}

fn sync(workers: RwLock<()>) {
    go(async move {
        let _alone = workers.write().await;
        sleep(Duration::from_nanos(1)).await;
    });
}
