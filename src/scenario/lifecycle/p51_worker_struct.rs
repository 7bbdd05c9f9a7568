use fanin::{Context, Receiver, chan, go, output, select, yield_now};

struct Worker {
    done: Receiver<()>,
}

impl Worker {
    fn new(ctx: Context) -> Self {
        let (done, rx) = chan(0);
        go(async move {
            let _done = done.close_on_drop();
            loop {
                select! {
                    _ = ctx.done().recv() => break,
                    // Work.
                    default => yield_now().await,
                }
            }
            output(&"worker exited");
        });
        Self { done: rx }
    }

    async fn wait(&self) {
        self.done.recv().await;
    }
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let worker = Worker::new(ctx);

    cancel.cancel();
    worker.wait().await;
    output(&"joined");
}
