use std::sync::Arc;

use fanin::{
    go, named, output,
    sync::{Mutex, shared::Map},
};

struct Scores {
    mu: Mutex<()>,
    by_name: Map<&'static str, u32>,
}

impl Scores {
    async fn set(&self, name: &'static str, score: u32) {
        let _locked = self.mu.lock().await;
        self.by_name.insert(name, score);
    }

    async fn all(&self) -> Map<&'static str, u32> {
        let _locked = self.mu.lock().await;
        // A header. The entries stay shared, and the lock is given back.
        self.by_name.clone()
    }
}

pub async fn main() {
    let scores = named("scores", || Scores { mu: Mutex::new(()), by_name: Map::of([("Ada", 1)]) });
    let scores = Arc::new(scores);
    let writer = scores.clone();
    let done = go(async move { writer.set("Ada", 2).await });
    let all = scores.all().await;
    output(&all.get(&"Ada").unwrap_or(0));
    done.await.expect("the writer returns");
}
