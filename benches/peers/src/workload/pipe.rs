//! A pipeline whose every send is a select with done.

use crate::{Channels, Executor};
use std::any::Any;

/// What goes through the pipeline.
pub(super) trait Item: Send + 'static {
    fn wrap(n: u64) -> Self;
    fn map(self, f: impl Fn(u64) -> u64) -> Self;
    fn unwrap(self) -> u64;
}

impl Item for u64 {
    fn wrap(n: u64) -> Self {
        n
    }
    fn map(self, f: impl Fn(u64) -> u64) -> Self {
        f(self)
    }
    fn unwrap(self) -> u64 {
        self
    }
}

/// Every stage makes a new box, as one that does not know its neighbours has to.
impl Item for Box<dyn Any + Send> {
    fn wrap(n: u64) -> Self {
        Box::new(n)
    }
    fn map(self, f: impl Fn(u64) -> u64) -> Self {
        Box::new(f(self.unwrap()))
    }
    fn unwrap(self) -> u64 {
        *self.downcast().expect("a number")
    }
}

/// A generator, maps that add one or double in turn, and a sink, joined by that many channels.
pub(super) async fn pipe<C: Channels, E: Executor, T: Item>(channels: usize, n: u64) {
    let (_stop, mut dones) = C::done(channels);
    let (mut tx, mut rx) = C::chan(0);
    let mut done = dones.pop().expect("a signal for each task that sends");
    let generator = E::spawn(async move {
        for i in 0..n {
            if !C::send_or_done(&mut tx, T::wrap(i), &mut done).await {
                return;
            }
        }
        C::close(tx);
    });
    for (stage, mut done) in dones.into_iter().enumerate() {
        let (mut tx, out) = C::chan(0);
        let mut input = std::mem::replace(&mut rx, out);
        let double = stage % 2 == 1;
        E::go(async move {
            while let Some(v) = C::recv::<T>(&mut input).await {
                let v = v.map(|v| if double { v.wrapping_mul(2) } else { v.wrapping_add(1) });
                if !C::send_or_done(&mut tx, v, &mut done).await {
                    return;
                }
            }
            C::close(tx);
        });
    }
    let sink = E::spawn(async move {
        let mut sum = 0u64;
        while let Some(v) = C::recv::<T>(&mut rx).await {
            sum = sum.wrapping_add(v.unwrap());
        }
        sum
    });
    generator.await;
    let maps = |v: u64| {
        (0..channels - 1).fold(v, |v, s| if s % 2 == 1 { v.wrapping_mul(2) } else { v.wrapping_add(1) })
    };
    assert_eq!(sink.await, (0..n).fold(0u64, |sum, v| sum.wrapping_add(maps(v))));
}
