use fanin::{WaitGroup, output, sync::AtomicBool};

#[derive(Clone)]
struct Server {
    running: AtomicBool,
}

impl Server {
    // To look and to set are one operation: no second start can come in between.
    async fn start(self) {
        if self.running.swap(true).await {
            output(&"runs already");
            return;
        }
        output(&"started");
    }
}

pub async fn main() {
    let server = Server { running: AtomicBool::new(false) };
    let wg = WaitGroup::new();
    for _ in 0..3 {
        wg.go(server.clone().start());
    }
    wg.wait().await;
}
