//! Channels between programs, and between a program and what is no task at all.

use fanin::{
    chan, go,
    rt::{local, threads::Config},
    select, yield_now,
};
use futures::{StreamExt, future::poll_fn, stream::FuturesUnordered};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::Relaxed},
        mpsc,
    },
    task::{Poll, Waker},
    thread,
};

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

#[test]
fn a_program_runs_inside_a_task_of_another_runtime() {
    let run = || Config::new().workers(1).run(async { go(async { 7 }).await });
    let service = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().expect("a runtime");
    let task = service.spawn(async move { run() });
    assert_eq!(service.block_on(task).expect("it does not panic"), Ok(7));
    assert_eq!(service.block_on(async { run() }), Ok(7));
    assert_eq!(Config::new().workers(1).run(async move { run() }), Ok(7));
}

#[test]
fn a_program_inside_another_wakes_its_tasks() {
    let got = local::run(async {
        let (tx, rx) = chan(0);
        let (never, other) = chan::<u32>(0);
        let single = rx.clone();
        let waits = go(async move { single.recv().await });
        let selects = go(async move {
            select! { n = rx.recv() => n, n = other.recv() => n }
        });
        // Main comes before those that it starts, and then after them.
        yield_now().await;
        yield_now().await;
        local::run(async move {
            tx.send(1).await;
            tx.send(2).await;
        });
        drop(never);
        (waits.await, selects.await)
    });
    assert_eq!(got, (Ok(Some(1)), Ok(Some(2))));
}

#[test]
fn operations_of_one_task_are_woken_by_their_own_wakers() {
    let sum = local::run(async {
        let (channels, inputs): (Vec<_>, Vec<_>) = (0..8).map(|_| chan(0)).unzip();
        go(async move {
            for (n, tx) in channels.iter().enumerate() {
                tx.send(n).await;
                yield_now().await;
            }
        });
        let received: FuturesUnordered<_> = inputs.iter().map(|rx| rx.recv()).collect();
        received
            .map(|n| n.expect("each channel has one value"))
            .fold(0, |sum, n| async move { sum + n })
            .await
    });
    assert_eq!(sum, 28);
}

/// What a future of another library does: it keeps the waker of its first poll, and is ready once it is told.
#[derive(Clone, Default)]
struct Foreign {
    ready: Arc<AtomicBool>,
    waker: Arc<Mutex<Option<Waker>>>,
}

impl Foreign {
    async fn wait(self) {
        poll_fn(|cx| {
            let mut waker = self.waker.lock().unwrap();
            let waker = waker.get_or_insert_with(|| cx.waker().clone());
            assert!(waker.will_wake(cx.waker()), "a task keeps its waker");
            if self.ready.load(Relaxed) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    fn waker(&self) -> Waker {
        self.waker.lock().unwrap().clone().expect("it was polled")
    }
}

#[test]
fn a_waker_that_is_kept_wakes_its_own_task() {
    local::run(async {
        let (ended, ends) = mpsc::channel();
        let start = |n: usize| {
            let (foreign, ended) = (Foreign::default(), ended.clone());
            let waits = foreign.clone().wait();
            go(async move {
                yield_now().await;
                waits.await;
                ended.send(n).unwrap();
            });
            foreign
        };
        for round in 0..2 {
            let tasks: Vec<_> = (0..8).map(start).collect();
            for _ in 0..4 {
                yield_now().await;
            }
            for (n, task) in tasks.iter().enumerate().rev() {
                task.ready.store(true, Relaxed);
                let waker = task.waker();
                if round == 0 {
                    waker.wake();
                } else {
                    thread::scope(|scope| scope.spawn(|| waker.wake()).join()).unwrap();
                }
                // Often enough for a look at what other threads did.
                for _ in 0..256 {
                    yield_now().await;
                }
                assert_eq!(ends.try_iter().collect::<Vec<_>>(), [n], "round {round}");
            }
        }
    });
}
