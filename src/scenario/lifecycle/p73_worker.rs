use std::time::Duration;

use fanin::{Context, Receiver, chan, go, output, select, time};

async fn worker(ctx: Context, jobs: Receiver<u32>) {
    loop {
        select! {
            _ = ctx.done().recv() => return output(&"canceled"),
            job = jobs.recv() => match job {
                Some(job) => output(&job),
                None => return output(&"no more jobs"),
            },
        }
    }
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_timeout(Duration::from_secs(1));
    let _cancel = cancel.on_drop();

    let (jobs, jobs_rx) = chan(0);
    let first = go(worker(ctx.clone(), jobs_rx));
    jobs.send(1).await;
    jobs.close();
    first.await.unwrap();

    let (idle, idle_rx) = chan(0);
    let second = go(worker(ctx, idle_rx));
    idle.send(2).await;
    time::sleep(Duration::from_secs(2)).await;
    second.await.unwrap();
}
