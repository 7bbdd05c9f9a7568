//! Six jobs for two workers; the results come in the order in which they are done.

use std::time::Duration;

use fanin::{
    Context,
    patterns::{generator, worker_pool},
    time,
};

async fn fetch(size: u64) -> String {
    time::sleep(Duration::from_millis(size)).await;
    format!("{size} bytes")
}

fn main() {
    fanin::sim::run(async {
        let (ctx, start) = (Context::background(), time::now());
        let pages = worker_pool(&ctx, 2, generator(&ctx, [50, 20, 10, 40, 10, 30]), fetch);
        while let Some(page) = pages.recv().await {
            println!("{:?}: {page}", time::now().since(start));
        }
    });
}
