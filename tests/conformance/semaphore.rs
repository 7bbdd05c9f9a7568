//! Weighted semaphores.

use crate::harness::*;
use fanin::{
    Context, ContextError, WaitGroup, detect, go,
    group::Semaphore,
    named,
    sync::AtomicU64,
    time::{now, sleep, timeout},
    yield_now,
};

fn background() -> Context {
    Context::background()
}

/// Starts tasks that ask for units one after the other, and log what they asked for when they got it.
async fn queue(semaphore: &Semaphore, units: &[u32], log: &Log<u32>) -> WaitGroup {
    let wg = WaitGroup::new();
    for &n in units {
        let (semaphore, log) = (semaphore.clone(), log.clone());
        wg.go(async move {
            semaphore.acquire(&background(), n).await.unwrap();
            log.add(n);
        });
        others_wait().await;
    }
    wg
}

conformance! {
    /// Units are taken at once if they are free and nobody waits; else the request waits.
    async fn sema_01_free_units_are_taken_at_once() {
        let semaphore = Semaphore::new(2);
        semaphore.acquire(&background(), 1).await.unwrap();
        semaphore.acquire(&background(), 1).await.unwrap();
        assert!(blocks(semaphore.acquire(&background(), 1)).await);
        semaphore.release(1);
        assert_eq!(semaphore.acquire(&background(), 1).await, Ok(()));
    }

    /// First come, first served: a small request waits behind a large one, though it would fit.
    async fn sema_02_first_come_first_served() {
        let (semaphore, log) = (Semaphore::new(3), Log::new());
        semaphore.acquire(&background(), 2).await.unwrap();
        let wg = queue(&semaphore, &[3, 1], &log).await;
        assert!(log.entries().is_empty());
        semaphore.release(2);
        others_wait().await;
        assert_eq!(log.entries(), [3]);
        semaphore.release(3);
        wg.wait().await;
        assert_eq!(log.entries(), [3, 1]);
    }

    /// A try fails if units are short or anyone waits.
    async fn sema_03_a_try_never_waits() {
        let (semaphore, log) = (Semaphore::new(2), Log::new());
        assert!(semaphore.try_acquire(1).await);
        assert!(!semaphore.try_acquire(2).await);
        let wg = queue(&semaphore, &[2], &log).await;
        assert!(!semaphore.try_acquire(1).await);
        semaphore.release(1);
        wg.wait().await;
    }

    /// A context that has ended fails the request, though units are free, and takes nothing.
    async fn sema_04_an_ended_context_gets_nothing() {
        let (ctx, cancel) = background().with_cancel();
        cancel.cancel();
        let semaphore = Semaphore::new(1);
        assert_eq!(semaphore.acquire(&ctx, 1).await, Err(ContextError::Canceled));
        assert!(semaphore.try_acquire(1).await);
    }

    /// If the context ends while the request waits, nothing is taken, and those behind it go on if they fit.
    async fn sema_05_a_context_that_ends_lets_others_go_on() {
        let semaphore = Semaphore::new(2);
        semaphore.acquire(&background(), 1).await.unwrap();
        let (ctx, _cancel) = background().with_timeout(ms(20));
        let other = semaphore.clone();
        let big = go(async move { other.acquire(&ctx, 2).await });
        others_wait().await;
        assert_eq!(semaphore.acquire(&background(), 1).await, Ok(()));
        assert_eq!(big.await, Ok(Err(ContextError::DeadlineExceeded)));
        semaphore.release(2);
        assert!(semaphore.try_acquire(2).await);
    }

    /// A request for more than there is holds up nobody: it waits for its context, and fails.
    async fn sema_07_a_request_for_too_much() {
        let semaphore = Semaphore::new(1);
        let (ctx, _cancel) = background().with_timeout(ms(10));
        let other = semaphore.clone();
        let too_much = go(async move { other.acquire(&ctx, 99).await });
        others_wait().await;
        assert_eq!(semaphore.acquire(&background(), 1).await, Ok(()));
        assert_eq!(too_much.await, Ok(Err(ContextError::DeadlineExceeded)));
    }
}

sim_only! {
    /// Releasing more than is held panics.
    async fn sema_08_releasing_too_much() {
        let text = panic_text(async {
            Semaphore::new(1).release(1);
            yield_now().await;
        })
        .await;
        assert_eq!(text, "semaphore: released more than held");
    }
}

conformance! {
    /// A release serves those who wait in order, up to the first that does not fit.
    async fn sema_09_a_release_serves_in_order() {
        let (semaphore, log) = (Semaphore::new(7), Log::new());
        semaphore.acquire(&background(), 7).await.unwrap();
        let wg = queue(&semaphore, &[1, 1, 5, 1], &log).await;
        semaphore.release(3);
        others_wait().await;
        assert_eq!(log.entries(), [1, 1]);
        semaphore.release(5);
        wg.wait().await;
        assert_eq!(log.entries().len(), 4);
    }

    /// A request for all units is not starved by a stream of small ones.
    async fn sema_10_a_large_request_is_not_starved() {
        let semaphore = Semaphore::new(3);
        let running = AtomicU64::new(1);
        for _ in 0..3 {
            let (semaphore, running) = (semaphore.clone(), running.clone());
            go(async move {
                while running.load().await == 1 {
                    semaphore.acquire(&background(), 1).await.unwrap();
                    sleep(ms(1)).await;
                    semaphore.release(1);
                }
            });
        }
        others_wait().await;
        semaphore.acquire(&background(), 3).await.unwrap();
        running.store(0);
        semaphore.release(3);
    }

    /// Nothing can always be had, unless somebody waits.
    async fn sema_11_zero_units() {
        let (semaphore, log) = (Semaphore::new(3), Log::new());
        assert!(semaphore.try_acquire(3).await && semaphore.try_acquire(0).await);
        assert_eq!(semaphore.acquire(&background(), 0).await, Ok(()));
        let wg = queue(&semaphore, &[1], &log).await;
        assert!(!semaphore.try_acquire(0).await);
        semaphore.release(3);
        wg.wait().await;
    }

    /// A request that is given up leaves the queue, and those behind it go on if they fit.
    async fn sema_a_wait_can_be_given_up() {
        let (semaphore, log) = (Semaphore::new(2), Log::new());
        semaphore.acquire(&background(), 1).await.unwrap();
        let other = semaphore.clone();
        let given_up = go(async move { timeout(ms(20), other.acquire(&background(), 2)).await.is_err() });
        others_wait().await;
        let wg = queue(&semaphore, &[1], &log).await;
        assert!(log.entries().is_empty());
        assert_eq!(given_up.await, Ok(true));
        wg.wait().await;
    }

    /// A guard gives the units back, also to another task's credit.
    async fn sema_a_guard_releases() {
        let semaphore = Semaphore::new(1);
        semaphore.acquire(&background(), 1).await.unwrap();
        let release = semaphore.release_on_drop(1);
        go(async move { drop(release) });
        assert_eq!(semaphore.acquire(&background(), 1).await, Ok(()));
    }
}

sim_only! {
    /// If units and the end of the context come at the same time either may be first, and no unit is lost.
    fn sema_06_grant_and_cancel_at_once() {
        let results = results(100, || async {
            let semaphore = Semaphore::new(1);
            semaphore.acquire(&background(), 1).await.unwrap();
            let (ctx, cancel) = background().with_cancel();
            let other = semaphore.clone();
            let request = go(async move {
                let got = other.acquire(&ctx, 1).await;
                if got.is_ok() {
                    other.release(1);
                }
                got.is_ok()
            });
            others_wait().await;
            go(async move { cancel.cancel() });
            semaphore.release(1);
            let got = request.await.unwrap();
            assert!(semaphore.try_acquire(1).await);
            got
        });
        assert_eq!(results, [false, true].into());
    }

    /// Waiting takes exactly as long as the context lasts.
    fn sema_05_at_the_instant_of_the_deadline() {
        under_every_seed(|| async {
            let semaphore = Semaphore::new(0);
            let (ctx, _cancel) = background().with_timeout(ms(1000));
            assert_eq!(semaphore.acquire(&ctx, 1).await, Err(ContextError::DeadlineExceeded));
            assert_eq!(now().nanos(), 1_000_000_000);
        });
    }

    /// The report names the holders.
    fn sema_01_the_report_names_the_holders() {
        let run = run(0, async {
            let tickets = named("tickets", || Semaphore::new(3));
            tickets.acquire(&background(), 2).await.unwrap();
            tickets.acquire(&background(), 2).await
        });
        assert!(run.recording.report().contains("goroutine 1 [semaphore.Acquire]:"));
        let found = detect::findings(&run.recording.events);
        let expected = "main waits for 2 units of #1 (tickets), of which 2 of 3 are held: main has held 2 since step 2.";
        assert!(found[0].message.contains(expected), "{found:?}");
    }
}
