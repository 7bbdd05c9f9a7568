use std::time::Duration;

use fanin::{Context, chan, output, patterns::worker_pool, time};

async fn double(job: u32) -> u32 {
    2 * job
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();

    let (jobs, jobs_rx) = chan(6);
    for job in 1..=6 {
        jobs.send(job).await;
    }
    jobs.close();

    // Each of its sends is a select with the context.
    let results = worker_pool(&ctx, 2, jobs_rx, double);
    output(&results.recv().await.unwrap());
    // Meanwhile each worker has its next result in hand.
    time::sleep(Duration::from_secs(1)).await;
}
