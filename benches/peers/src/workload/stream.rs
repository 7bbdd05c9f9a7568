//! One task sends, another receives.

use crate::{Channels, Executor};

pub(super) async fn pingpong<C: Channels, E: Executor>(n: u64) {
    let (mut ping, mut from_ping) = C::chan(0);
    let (mut pong, mut from_pong) = C::chan(0);
    let echo = E::spawn(async move {
        for _ in 0..n / 2 {
            let v: u64 = C::recv(&mut from_ping).await.expect("a ball");
            C::send(&mut pong, v + 1).await;
        }
    });
    let player = E::spawn(async move {
        let mut v = 0;
        for _ in 0..n / 2 {
            C::send(&mut ping, v).await;
            v = C::recv(&mut from_pong).await.expect("the ball");
        }
        v
    });
    echo.await;
    assert_eq!(player.await, n / 2);
}

pub(super) async fn stream<C: Channels, E: Executor>(cap: usize, n: u64) {
    let (mut tx, mut rx) = C::chan(cap);
    let sender = E::spawn(async move {
        for i in 0..n {
            C::send(&mut tx, i).await;
        }
        C::close(tx);
    });
    let receiver = E::spawn(async move {
        let mut sum = 0;
        while let Some(v) = C::recv::<u64>(&mut rx).await {
            sum += v;
        }
        sum
    });
    sender.await;
    assert_eq!(receiver.await, n * (n - 1) / 2);
}
