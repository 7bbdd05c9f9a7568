use fanin::{WaitGroup, output};

pub async fn main() {
    let wg = WaitGroup::new();
    for i in 1..=3 {
        wg.go(async move { output(&i) });
    }
    wg.wait().await;
    output(&"all three have run");
}
