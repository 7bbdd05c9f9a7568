use std::time::Duration;

use fanin::{
    Context, output,
    patterns::{buffer, generator, worker_pool},
    time,
};

async fn double(job: u32) -> u32 {
    time::sleep(Duration::from_secs(job.into())).await;
    2 * job
}

pub async fn main() {
    let ctx = Context::background();
    let start = time::now();

    let jobs = buffer(&ctx, generator(&ctx, 1..=5), 5);
    let results = worker_pool(&ctx, 3, jobs, double);
    while let Some(result) = results.recv().await {
        output(&result);
    }
    output(&format!("{:?}", time::now().since(start)));
}
