//! Many tasks that are blocked.

use crate::{Channels, Executor, Shared};
use std::{
    fs,
    future::{Future, poll_fn},
    sync::atomic::{AtomicU64, Ordering},
    task::Poll,
};

/// A static, so that it takes no place in a task.
static STARTED: AtomicU64 = AtomicU64::new(0);

/// The bytes that the process grew by for each of `n` tasks; `None` where the system does not tell.
pub(super) fn bytes<E: Executor, F>(n: u64, park: impl FnOnce(u64) -> F) -> Option<f64>
where
    F: Future<Output = Option<f64>> + Send + 'static,
{
    Some(E::run(park(n))? / n as f64)
}

pub(super) async fn own<C: Channels, E: Executor>(n: u64) -> Option<f64> {
    let before = Before::now()?;
    let mut senders = Vec::new();
    for _ in 0..n {
        let (tx, mut rx) = C::chan::<u64>(0);
        senders.push(tx);
        E::go(async move {
            STARTED.fetch_add(1, Ordering::Relaxed);
            assert!(C::recv(&mut rx).await.is_none());
        });
    }
    before.growth(n).await
}

pub(super) async fn shared<C: Shared, E: Executor>(n: u64) -> Option<f64> {
    let before = Before::now()?;
    let (_tx, rx) = C::chan::<u64>(0);
    for _ in 0..n {
        let mut rx = C::share(&rx);
        E::go(async move {
            STARTED.fetch_add(1, Ordering::Relaxed);
            assert!(C::recv(&mut rx).await.is_none());
        });
    }
    before.growth(n).await
}

/// How things stood before the tasks.
struct Before {
    resident: u64,
    started: u64,
}

impl Before {
    fn now() -> Option<Self> {
        Some(Self { resident: resident()?, started: STARTED.load(Ordering::Relaxed) })
    }

    /// The bytes since, once `n` tasks more are blocked.
    async fn growth(self, n: u64) -> Option<f64> {
        while STARTED.load(Ordering::Relaxed) < self.started + n {
            let mut yielded = false;
            poll_fn(|cx| {
                if std::mem::replace(&mut yielded, true) {
                    return Poll::Ready(());
                }
                cx.waker().wake_by_ref();
                Poll::Pending
            })
            .await;
        }
        Some(resident()?.saturating_sub(self.resident) as f64)
    }
}

/// What the process occupies, in bytes.
fn resident() -> Option<u64> {
    let pages: u64 = fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}
