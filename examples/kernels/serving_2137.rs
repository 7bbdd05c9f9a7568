//! Knative Serving: a breaker lets two requests queue and one run; a request runs until it is let go.
//!
//! The test lets go of the first request and waits for its reply, while the second has the only place to run
//! and is not let go before. The repair lets go of both and then waits.

use fanin::{Receiver, Sender, WaitGroup, chan, go, select, sync::Mutex};

struct Breaker {
    pending: (Sender<()>, Receiver<()>),
    active: (Sender<()>, Receiver<()>),
}

struct Request {
    held: Mutex<()>,
    accepted: (Sender<bool>, Receiver<bool>),
}

impl Request {
    fn let_go(&self) {
        self.held.unlock();
    }

    async fn reply(&self) {
        let accepted = self.accepted.1.recv().await.unwrap_or_default();
        self.accepted.0.send(accepted).await;
    }
}

pub async fn buggy() {
    for request in requests().await {
        request.let_go();
        request.reply().await;
    }
}

pub async fn repaired() {
    let requests = requests().await;
    requests.iter().for_each(Request::let_go);
    for request in requests {
        request.reply().await;
    }
}

async fn requests() -> [Request; 2] {
    let breaker = Breaker { pending: chan(2), active: chan(1) };
    [request(&breaker).await, request(&breaker).await]
}

async fn request(breaker: &Breaker) -> Request {
    let (held, accepted, started) = (Mutex::new(()), chan(1), WaitGroup::new());
    held.lock_raw().await;
    started.add(1);
    let (go_on, reply, start) = (held.clone(), accepted.0.clone(), started.clone());
    let (pending, active) = (breaker.pending.clone(), breaker.active.clone());
    go(async move {
        start.done();
        select! {
            pending.0.send(()) => {}
            default => {
                reply.send(false).await;
                return;
            }
        }
        active.0.send(()).await;
        go_on.lock_raw().await;
        go_on.unlock();
        active.1.recv().await;
        pending.1.recv().await;
        reply.send(true).await;
    });
    started.wait().await;
    Request { held, accepted }
}
