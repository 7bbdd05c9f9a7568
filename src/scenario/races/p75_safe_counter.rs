use std::sync::Arc;

use fanin::{
    WaitGroup, named, output,
    sync::{Mutex, shared::Var},
    yield_now,
};

struct SafeCounter {
    mu: Mutex<()>,
    count: Var<u32>,
}

impl SafeCounter {
    async fn increment(&self) {
        let _locked = self.mu.lock().await;
        let before = self.count.get();
        yield_now().await;
        self.count.set(before + 1);
    }

    async fn value(&self) -> u32 {
        let _locked = self.mu.lock().await;
        self.count.get()
    }
}

pub async fn main() {
    let counter = named("counter", || SafeCounter { mu: Mutex::new(()), count: Var::new(0) });
    let counter = Arc::new(counter);
    let wg = WaitGroup::new();
    for _ in 0..2 {
        let counter = counter.clone();
        wg.go(async move { counter.increment().await });
    }
    wg.wait().await;
    output(&counter.value().await);
}
