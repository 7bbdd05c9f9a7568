use fanin::{WaitGroup, named, output, sync::shared::Map, yield_now};

pub async fn main() {
    let settings = named("settings", || Map::of([("limit", 10)]));
    let wg = WaitGroup::new();
    for _ in 0..2 {
        let settings = settings.clone();
        wg.go(async move { output(&settings.get(&"limit").unwrap_or(0)) });
    }

    yield_now().await;
    // What was handed out never changes: the requests to come get another map.
    let next = settings.copied();
    next.insert("limit", 20);

    wg.wait().await;
    output(&next.get(&"limit").unwrap_or(0));
}
