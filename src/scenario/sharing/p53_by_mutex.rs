use fanin::{WaitGroup, output, sync::Mutex};

const PAGES: [&str; 3] = ["to be or not", "to be", "or to sleep"];

// Everybody may reach the sum, one at a time.
pub async fn main() {
    let (words, wg) = (Mutex::new(0), WaitGroup::new());
    for page in PAGES {
        let words = words.clone();
        wg.go(async move {
            let count = page.split(' ').count();
            *words.lock().await += count;
        });
    }
    wg.wait().await;
    output(&words.lock().await.to_string());
}
