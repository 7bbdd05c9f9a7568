use fanin::{WaitGroup, output, sync::Map};

pub async fn main() {
    let (visits, wg) = (Map::new(), WaitGroup::new());
    for visitor in ["ada", "bob", "ada"] {
        let visits = visits.clone();
        wg.go(async move {
            // Another visitor may come in between: then the swap fails, and this one looks again.
            while let (seen, true) = visits.load_or_store(visitor, 1).await {
                if visits.compare_and_swap(visitor, &seen, seen + 1).await {
                    return;
                }
            }
        });
    }
    wg.wait().await;

    let mut entries = visits.range();
    while let Some((visitor, seen)) = entries.next_entry().await {
        output(&format!("{visitor}: {seen}"));
    }
    output(&visits.load_and_delete("ada").await.is_some());
    output(&visits.load("ada").await.is_some());
}
