//! Moby: plugins are loaded side by side, each by a task that says when it is done.
//!
//! The wait for all of them stands in the loop that starts them: after the first start it waits for the
//! second, which has not begun. It belongs behind the loop.

use fanin::{WaitGroup, go};

pub async fn buggy() {
    go(async {
        let loaded = WaitGroup::new();
        loaded.add(2);
        for _ in 0..2 {
            let each = loaded.clone();
            go(async move { each.done() });
            loaded.wait().await;
        }
    });
}

pub async fn repaired() {
    go(async {
        let loaded = WaitGroup::new();
        loaded.add(2);
        for _ in 0..2 {
            let each = loaded.clone();
            go(async move { each.done() });
        }
        loaded.wait().await;
    });
}
