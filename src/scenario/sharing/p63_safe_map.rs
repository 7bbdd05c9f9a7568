use std::collections::BTreeMap;

use fanin::{WaitGroup, output, sync::Mutex};

#[derive(Clone)]
struct SafeMap {
    data: Mutex<BTreeMap<&'static str, &'static str>>,
}

impl SafeMap {
    fn new() -> Self {
        Self { data: Mutex::new(BTreeMap::new()) }
    }

    async fn get(&self, key: &str) -> Option<&'static str> {
        // Unlocked at the end of the scope, on whichever way out.
        let data = self.data.lock().await;
        data.get(key).copied()
    }

    async fn set(&self, key: &'static str, value: &'static str) {
        self.data.lock().await.insert(key, value);
    }
}

pub async fn main() {
    let (capitals, wg) = (SafeMap::new(), WaitGroup::new());
    for (country, capital) in [("France", "Paris"), ("Peru", "Lima"), ("Kenya", "Nairobi")] {
        let capitals = capitals.clone();
        wg.go(async move { capitals.set(country, capital).await });
    }
    wg.wait().await;
    for country in ["Peru", "Atlantis"] {
        output(&capitals.get(country).await.unwrap_or("unknown"));
    }
}
