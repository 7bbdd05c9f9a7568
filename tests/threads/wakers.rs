//! A waker may be the last owner of a task, and so of what waits in the very queue that forgets this waker.

use fanin::{
    Context, WaitGroup, chan,
    group::Semaphore,
    rt::local,
    sync::{Cond, Mutex, Once, RwLock},
    time::{Timer, now},
};
use futures::future::BoxFuture;
use std::{
    sync::Arc,
    task::{self, Poll, Wake, Waker},
    time::Duration,
};

/// A task that only its waker owns.
struct Task(#[expect(dead_code, reason = "it is there to be dropped")] std::sync::Mutex<Waits>);

type Waits = BoxFuture<'static, ()>;

impl Wake for Task {
    fn wake(self: Arc<Self>) {}
}

fn poll(waits: &mut Waits, waker: &Waker) {
    assert_eq!(waits.as_mut().poll(&mut task::Context::from_waker(waker)), Poll::Pending);
}

/// Waits with the waker of a task that waits for the same thing, and then with another waker, and no more.
fn waits_and_leaves(wait: impl Fn() -> Waits) {
    let among_others = || {
        let mut other = wait();
        poll(&mut other, Waker::noop());
        let mut waits = wait();
        poll(&mut waits, &Waker::from(Arc::new(Task(other.into()))));
        waits
    };
    poll(&mut among_others(), Waker::noop());
    drop(among_others());
}

#[test]
fn a_queue_forgets_a_waker_that_owns_what_waits_in_it() {
    local::run(async {
        let (tx, rx) = chan::<u32>(0);
        waits_and_leaves(|| {
            let rx = rx.clone();
            Box::pin(async move { assert_eq!(rx.recv().await, None) })
        });
        waits_and_leaves(|| {
            let tx = tx.clone();
            Box::pin(async move { tx.send(1).await })
        });
        let timer = Arc::new(Timer::new(Duration::from_secs(3600)));
        waits_and_leaves(|| {
            let timer = timer.clone();
            Box::pin(async move { assert_eq!(timer.recv().await, now()) })
        });

        let mutex = Mutex::new(());
        let held = mutex.lock().await;
        waits_and_leaves(|| {
            let mutex = mutex.clone();
            Box::pin(async move { drop(mutex.lock().await) })
        });
        drop(held);
        let rw = RwLock::new(());
        let held = rw.write().await;
        waits_and_leaves(|| {
            let rw = rw.clone();
            Box::pin(async move { drop(rw.read().await) })
        });
        waits_and_leaves(|| {
            let rw = rw.clone();
            Box::pin(async move { drop(rw.write().await) })
        });
        drop(held);

        let cond = Cond::new();
        waits_and_leaves(|| {
            let (cond, mutex) = (cond.clone(), mutex.clone());
            Box::pin(async move { drop(cond.wait(mutex.lock().await).await) })
        });
        let wg = WaitGroup::new();
        wg.add(1);
        waits_and_leaves(|| {
            let wg = wg.clone();
            Box::pin(async move { wg.wait().await })
        });
        let once = Once::new();
        let mut first: Waits = Box::pin({
            let once = once.clone();
            async move { once.do_once(std::future::pending).await }
        });
        poll(&mut first, Waker::noop());
        waits_and_leaves(|| {
            let once = once.clone();
            Box::pin(async move { once.do_once(async || {}).await })
        });
        let semaphore = Semaphore::new(1);
        assert!(semaphore.try_acquire(1).await);
        waits_and_leaves(|| {
            let semaphore = semaphore.clone();
            Box::pin(async move { assert_eq!(semaphore.acquire(&Context::background(), 1).await, Ok(())) })
        });
    });
}
