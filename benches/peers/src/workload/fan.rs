//! Several tasks at the same end of a channel.

use crate::{Executor, Shared};

const WORKERS: usize = 4;

pub(super) async fn fan4<C: Shared, E: Executor>(n: u64) {
    let (_stop, mut dones) = C::done(WORKERS + 1);
    let (mut tx, rx) = C::chan(0);
    let (merged, mut results) = C::chan(0);
    let mut done = dones.pop().expect("a signal for each task that sends");
    let generator = E::spawn(async move {
        for i in 0..n {
            if !C::send_or_done(&mut tx, i, &mut done).await {
                return;
            }
        }
        C::close(tx);
    });
    for mut done in dones {
        let (mut rx, mut merged) = (C::share(&rx), merged.clone());
        E::go(async move {
            while let Some(v) = C::recv::<u64>(&mut rx).await {
                if !C::send_or_done(&mut merged, v + 1, &mut done).await {
                    return;
                }
            }
        });
    }
    let sink = E::spawn(async move {
        let mut sum = 0;
        for _ in 0..n {
            sum += C::recv::<u64>(&mut results).await.expect("a result for each value");
        }
        sum
    });
    generator.await;
    assert_eq!(sink.await, n * (n + 1) / 2);
}

pub(super) async fn mpmc<C: Shared, E: Executor>(n: u64) {
    let each = n / WORKERS as u64;
    let (tx, rx) = C::chan(128);
    let senders: Vec<_> = (0..WORKERS)
        .map(|_| {
            let mut tx = tx.clone();
            E::spawn(async move {
                for i in 0..each {
                    C::send(&mut tx, i).await;
                }
            })
        })
        .collect();
    let receivers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let mut rx = C::share(&rx);
            E::spawn(async move {
                let mut sum = 0;
                while let Some(v) = C::recv::<u64>(&mut rx).await {
                    sum += v;
                }
                sum
            })
        })
        .collect();
    for sender in senders {
        sender.await;
    }
    C::close(tx);
    let mut sum = 0;
    for receiver in receivers {
        sum += receiver.await;
    }
    assert_eq!(sum, WORKERS as u64 * (each * (each - 1) / 2));
}
