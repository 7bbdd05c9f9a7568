use fanin::{Sender, WaitGroup, chan, output, sync::Once};

#[derive(Clone)]
struct Done {
    once: Once,
    signal: Sender<()>,
}

impl Done {
    // Whoever finds a reason to stop may call this, however many do.
    async fn stop(self) {
        self.once.do_once(async || self.signal.close()).await;
    }
}

pub async fn main() {
    let (signal, done) = chan::<()>(0);
    let stopper = Done { once: Once::new(), signal };
    let wg = WaitGroup::new();
    for _ in 0..2 {
        wg.go(stopper.clone().stop());
    }
    wg.wait().await;
    done.recv().await;
    output(&"stopped");
}
