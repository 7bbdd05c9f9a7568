use fanin::{WaitGroup, named, output, sync::shared::Map, yield_now};

pub async fn main() {
    let settings = named("settings", || Map::of([("limit", 10)]));
    let wg = WaitGroup::new();
    for _ in 0..2 {
        let settings = settings.clone();
        wg.go(async move { output(&settings.get(&"limit").unwrap_or(0)) });
    }

    yield_now().await;
    // For the requests to come, but those at work have the same entries.
    let next = settings;
    next.insert("limit", 20);

    wg.wait().await;
    output(&next.get(&"limit").unwrap_or(0));
}
