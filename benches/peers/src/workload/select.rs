//! A select over several channels that are ready, or that are not.

use crate::{Channels, Executor};
use std::array;

macro_rules! ready {
    ($name:ident, $count:literal, $select:ident) => {
        pub(super) async fn $name<C: Channels>(n: u64) {
            let mut txs = Vec::new();
            let mut rxs: [_; $count] = array::from_fn(|_| {
                let (tx, rx) = C::chan::<u64>(2);
                txs.push(tx);
                rx
            });
            for (i, tx) in txs.iter_mut().enumerate() {
                C::send(tx, i as u64).await;
            }
            let mut taken = [0u64; $count];
            for _ in 0..n {
                let (i, value) = C::$select(&mut rxs).await;
                let value = value.expect("nobody closes");
                assert_eq!(value, i as u64);
                taken[i] += 1;
                C::send(&mut txs[i], value).await;
            }
            assert_eq!(taken.iter().sum::<u64>(), n);
            assert!(n < 1000 || taken.iter().all(|t| *t > 0), "the choice is no choice: {taken:?}");
        }
    };
}

macro_rules! parked {
    ($name:ident, $count:literal, $select:ident) => {
        pub(super) async fn $name<C: Channels, E: Executor>(n: u64) {
            let mut txs = Vec::new();
            let mut rxs: [_; $count] = array::from_fn(|_| {
                let (tx, rx) = C::chan::<u64>(0);
                txs.push(tx);
                rx
            });
            let sender = E::spawn(async move {
                for i in 0..n {
                    C::send(&mut txs[i as usize % $count], i).await;
                }
                // Nothing is closed before all is received.
                txs
            });
            let receiver = E::spawn(async move {
                let mut sum = 0;
                for _ in 0..n {
                    sum += C::$select(&mut rxs).await.1.expect("as many as are sent");
                }
                sum
            });
            let _open = sender.await;
            assert_eq!(receiver.await, n * (n - 1) / 2);
        }
    };
}

ready!(ready2, 2, select2);
ready!(ready8, 8, select8);
parked!(parked2, 2, select2);
parked!(parked8, 8, select8);
