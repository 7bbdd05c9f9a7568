use fanin::{chan, go, output};

const PAGES: [&str; 3] = ["to be or not", "to be", "or to sleep"];

// The sum is main's alone; what the others know they send.
pub async fn main() {
    let (counts, counts_rx) = chan(0);
    for page in PAGES {
        let counts = counts.clone();
        go(async move { counts.send(page.split(' ').count()).await });
    }
    let mut words = 0;
    for _ in PAGES {
        words += counts_rx.recv().await.unwrap();
    }
    output(&words.to_string());
}
