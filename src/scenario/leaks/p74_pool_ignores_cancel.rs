use std::time::Duration;

use fanin::{Context, Receiver, Sender, WaitGroup, chan, go, output, time};

async fn start_worker_pool(ctx: Context, workers: u32, jobs: Receiver<u32>, results: Sender<u32>) {
    let wg = WaitGroup::new();
    for _ in 0..workers {
        let (ctx, jobs, results) = (ctx.clone(), jobs.clone(), results.clone());
        wg.go(async move {
            while let Some(job) = jobs.recv().await {
                if ctx.err().is_some() {
                    return;
                }
                // Asked before, and deaf from here on.
                results.send(2 * job).await;
            }
        });
    }
    wg.wait().await;
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();

    let (jobs, jobs_rx) = chan(6);
    for job in 1..=6 {
        jobs.send(job).await;
    }
    jobs.close();

    let (results, results_rx) = chan(0);
    go(start_worker_pool(ctx, 2, jobs_rx, results));
    output(&results_rx.recv().await.unwrap());
    // Meanwhile each worker has its next result in hand.
    time::sleep(Duration::from_secs(1)).await;
}
