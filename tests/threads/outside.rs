//! Channels between programs, and between a program and what is no task at all.

use fanin::{
    chan, go,
    rt::{local, threads::Config},
};
use std::thread;

const VALUES: u64 = 1_000;

#[test]
fn two_programs_share_a_channel() {
    let (tx, rx) = chan(0);
    let sum = thread::scope(|scope| {
        let sends = async move {
            for n in 0..VALUES {
                tx.send(n).await;
            }
            tx.close();
        };
        scope.spawn(|| Config::new().workers(2).run(sends));
        local::run(async move {
            let mut sum = 0;
            while let Some(n) = rx.recv().await {
                sum += n;
            }
            sum
        })
    });
    assert_eq!(sum, VALUES * (VALUES - 1) / 2);
}

#[test]
fn another_runtime_awaits_a_channel() {
    let service = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime");
    let (tx, rx) = chan(3);
    let program = Config::new().workers(2).start(async move {
        let senders: Vec<_> = (0..VALUES).map(|n| (n, tx.clone())).collect();
        let tasks: Vec<_> = senders.into_iter().map(|(n, tx)| go(async move { tx.send(n).await })).collect();
        for task in tasks {
            task.await.expect("it has sent its value");
        }
    });
    let sum = service.block_on(async {
        let adds = tokio::spawn(async move {
            let mut sum = 0;
            for _ in 0..VALUES {
                sum += rx.recv().await.expect("the channel is open");
            }
            sum
        });
        assert_eq!(program.await.left, []);
        adds.await.expect("it adds them up")
    });
    assert_eq!(sum, VALUES * (VALUES - 1) / 2);
}
