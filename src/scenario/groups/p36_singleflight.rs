use std::time::Duration;

use fanin::{WaitGroup, group::Calls, output, time};

async fn render() -> &'static str {
    output(&"rendering");
    time::sleep(Duration::from_secs(1)).await;
    "page"
}

pub async fn main() {
    let (pages, wg) = (Calls::new(), WaitGroup::new());
    for _ in 0..10 {
        let pages = pages.clone();
        wg.go(async move {
            let answer = pages.call("index", render()).await;
            assert!(answer.value == "page" && answer.shared);
        });
    }
    wg.wait().await;
    output(&"ten answers");

    // What is forgotten while it runs is begun anew by the next one who asks.
    let first = pages.call_chan("index", render()).await;
    pages.forget("index");
    let second = pages.call("index", render()).await;
    output(&format!("shared: {}, {}", first.recv().await.unwrap().shared, second.shared));
}
