use std::time::Duration;

use fanin::{Context, ContextError, chan, go, output, select, time::Ticker};

struct Worker;

impl Worker {
    async fn run(self, ctx: Context) -> ContextError {
        let ticker = Ticker::new(Duration::from_secs(1));
        loop {
            select! {
                _ = ticker.recv() => output(&"flush"),
                _ = ctx.done().recv() => return ctx.err().unwrap(),
            }
        }
    }
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_timeout(Duration::from_millis(3500));
    let _cancel = cancel.on_drop();

    let (stopped, stopped_rx) = chan(0);
    go(async move { stopped.send(Worker.run(ctx).await).await });
    output(&stopped_rx.recv().await.unwrap().to_string());
}
