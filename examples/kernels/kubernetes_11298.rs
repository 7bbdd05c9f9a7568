//! Kubernetes: a service waits for signals in a task of its own for each, so that it can look at the end as well.
//!
//! The end is known before that task has begun to wait: the last signal meets nobody, and the service waits for its
//! task for ever. The repair keeps the end beside the condition, under the lock, and looks there before it waits.

use fanin::{
    Receiver, chan, go, select,
    sync::{Cond, Mutex, MutexGuard},
    time::{self, sleep},
};
use std::time::Duration;

/// The original signals until it is aborted.
const SIGNALS: u32 = 2;

#[derive(Clone)]
struct Notifier {
    /// Whether there will be no more signals.
    over: Mutex<bool>,
    changed: Cond,
    /// What is wrong.
    forgets: bool,
}

pub async fn buggy() {
    notify(true).await;
}

pub async fn repaired() {
    notify(false).await;
}

async fn notify(forgets: bool) {
    let notifier = Notifier { over: Mutex::new(false), changed: Cond::new(), forgets };
    let (abort, aborted) = chan::<()>(0);
    let finished = after({
        let (notifier, aborted) = (notifier.clone(), aborted.clone());
        async move {
            until(&aborted, || notifier.signal(&aborted)).await;
            notifier.end().await;
        }
    });
    let served = after(async move { until(&aborted, || notifier.serve(&finished)).await });
    go(async move {
        sleep(Duration::from_nanos(300)).await;
        abort.close();
    });
    served.recv().await;
}

/// Does the work in a task of its own, and gives what comes of it.
fn after<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Receiver<T> {
    let (result, ended) = chan(1);
    go(async move { result.send(work.await).await });
    ended
}

/// Does the work again and again, until it is told to stop.
async fn until<Work: Future<Output = ()>>(stopped: &Receiver<()>, work: impl Fn() -> Work) {
    loop {
        select! {
            stopped.recv() => return,
            default => {}
        }
        work().await;
        select! {
            stopped.recv() => {}
            time::after(Duration::ZERO).recv() => {}
        }
    }
}

impl Notifier {
    async fn signal(&self, aborted: &Receiver<()>) {
        for _ in 0..SIGNALS {
            select! {
                aborted.recv() => break,
                default => {
                    let _locked = self.over.lock().await;
                    self.changed.signal();
                }
            }
        }
        aborted.recv().await;
    }

    async fn end(&self) {
        if !self.forgets {
            *self.over.lock().await = true;
            self.changed.signal();
        }
    }

    async fn serve(&self, finished: &Receiver<()>) {
        let mut over = self.over.lock().await;
        while !*over {
            select! {
                finished.recv() => return,
                default => {}
            }
            let signalled = after(self.clone().wait(over));
            select! {
                finished.recv() => {
                    self.changed.signal();
                    signalled.recv().await;
                    return;
                }
                guard = signalled.recv() => over = guard.expect("sent by each wait"),
            }
        }
    }

    /// The lock goes to the one who waits, and comes back from there.
    async fn wait(self, over: MutexGuard<bool>) -> MutexGuard<bool> {
        if *over { over } else { self.changed.wait(over).await }
    }
}
