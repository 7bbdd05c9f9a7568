//! CockroachDB: stoppers of servers are first drained, then stopped; a worker registers before it works.
//!
//! A worker that has registered never says that it is drained: who drains waits for it with the lock held, and
//! nobody is told to stop. In the repair the worker says so, and the wait for its end is without the lock, which
//! it may want first.

use fanin::{
    Receiver, Sender, WaitGroup, chan, go,
    sync::{AtomicI64, Mutex},
};

const STOPPERS: usize = 3;

#[derive(Clone)]
struct Stopper {
    lock: Mutex<()>,
    draining: AtomicI64,
    drained: WaitGroup,
    stopped: WaitGroup,
    signal: (Sender<()>, Receiver<()>),
    repaired: bool,
}

pub async fn buggy() {
    stop_all(false).await;
}

pub async fn repaired() {
    stop_all(true).await;
}

impl Stopper {
    fn new(repaired: bool) -> Self {
        Self {
            lock: Mutex::new(()),
            draining: AtomicI64::new(0),
            drained: WaitGroup::new(),
            stopped: WaitGroup::new(),
            signal: chan(0),
            repaired,
        }
    }

    async fn work(&self) {
        if self.draining.load().await == 0 {
            let guard = self.lock.lock().await;
            self.drained.add(1);
            drop(guard);
            if self.repaired {
                self.drained.done();
            }
        }
        self.signal.1.recv().await;
        self.stopped.done();
    }

    async fn drain(&self) {
        let _guard = self.lock.lock().await;
        self.draining.store(1);
        self.drained.wait().await;
        self.draining.store(0);
    }

    async fn stop(&self) {
        let guard = self.lock.lock().await;
        self.draining.store(1);
        self.drained.wait().await;
        self.signal.0.close();
        let _held = (!self.repaired).then_some(guard);
        self.stopped.wait().await;
    }
}

async fn stop_all(repaired: bool) {
    let stoppers: Vec<_> = (0..STOPPERS).map(|_| Stopper::new(repaired)).collect();
    for stopper in stoppers.clone() {
        stopper.stopped.add(1);
        go(async move { stopper.work().await });
    }
    let (done_tx, done) = chan::<()>(0);
    go(async move {
        for stopper in &stoppers {
            stopper.drain().await;
        }
        for stopper in &stoppers {
            stopper.stop().await;
        }
        done_tx.close();
    });
    done.recv().await;
}
