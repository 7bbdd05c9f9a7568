//! Two tasks take two locks in different orders: every interleaving, and the shortest that ends in a deadlock.

use fanin::{WaitGroup, explore::Explorer, sync::Mutex};

async fn transfer() {
    let (a, b) = (Mutex::new(100), Mutex::new(100));
    let wg = WaitGroup::new();
    for (from, to) in [(a.clone(), b.clone()), (b, a)] {
        wg.go(async move {
            let mut from = from.lock().await;
            let mut to = to.lock().await;
            *from -= 10;
            *to += 10;
        });
    }
    wg.wait().await;
}

fn main() {
    let report = Explorer::new().run(transfer);
    print!("{report}");
}
