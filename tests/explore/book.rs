//! The worked example of the book: what its page shows is what comes out.

use fanin::{chan, explore::Explorer, go, sync::AtomicI64};

async fn two_workers() {
    let (tx, rx) = chan(2);
    let left = AtomicI64::new(2);
    for n in 0..2 {
        let (tx, left) = (tx.clone(), left.clone());
        go(async move {
            tx.send(n).await;
            left.add(-1).await;
            if left.load().await == 0 {
                tx.close();
            }
        });
    }
    while rx.recv().await.is_some() {}
}

/// Without the places, which are those of another file.
fn placeless(text: &str) -> Vec<&str> {
    let places = [" (src/", " (tests/", " at src/", " at tests/"];
    text.lines()
        .map(|line| places.iter().fold(line, |line, place| line.split(place).next().unwrap_or(line)))
        .collect()
}

#[test]
fn the_failing_test_prints_what_the_book_shows() {
    let page = include_str!("../../src/book/testing.md");
    let (_, shown) = page.split_once("```text\n").expect("the page shows the failure");
    let (shown, _) = shown.split_once("```").expect("the block ends");
    assert_eq!(placeless(&Explorer::new().run(two_workers).to_string()), placeless(shown));
}
