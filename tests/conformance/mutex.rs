//! Mutexes.

use crate::harness::*;
use fanin::{
    WaitGroup, detect, go, named,
    probe::{Event, What},
    recover,
    sync::Mutex,
    time::{sleep, timeout},
    yield_now,
};
use futures::future::Either;

conformance! {
    /// One task at a time holds it; the others wait for its unlock.
    async fn mu_01_one_task_at_a_time() {
        let (count, wg) = (Mutex::new(0), WaitGroup::new());
        for _ in 0..10 {
            let count = count.clone();
            wg.go(async move {
                for _ in 0..20 {
                    let mut count = count.lock().await;
                    let seen = *count;
                    yield_now().await;
                    *count = seen + 1;
                }
            });
        }
        wg.wait().await;
        assert_eq!(*count.lock().await, 200);
    }

    /// A try succeeds on a free mutex and fails on a held one, without waiting.
    async fn mu_02_a_try_never_waits() {
        let mutex = Mutex::new(());
        let guard = mutex.try_lock().await.expect("it is free");
        assert!(mutex.try_lock().await.is_none());
        drop(guard);
        assert!(mutex.try_lock().await.is_some());
    }

    /// Another task may unlock it: by the raw form, or by the guard it was given.
    async fn mu_04_another_task_may_unlock() {
        let mutex = Mutex::new(());
        mutex.lock_raw().await;
        let other = mutex.clone();
        go(async move { other.unlock() });
        let guard = mutex.lock().await;
        go(async move { drop(guard) });
        mutex.lock_raw().await;
        assert!(mutex.try_lock().await.is_none());
    }

    /// Those who wait acquire in the order in which they came, if nobody else comes.
    async fn mu_06_waiters_acquire_in_order() {
        let (mutex, log) = (Mutex::new(()), Log::new());
        let held = mutex.lock().await;
        let wg = WaitGroup::new();
        for i in 0..5 {
            let (mutex, log) = (mutex.clone(), log.clone());
            wg.go(async move {
                let _guard = mutex.lock().await;
                log.add(i);
            });
            others_wait().await;
        }
        drop(held);
        wg.wait().await;
        assert_eq!(log.entries(), [0, 1, 2, 3, 4]);
    }

    /// Nobody waits long for one who unlocks and locks without a pause.
    async fn mu_09_a_tight_loop_starves_nobody() {
        let mutex = Mutex::new(false);
        let other = mutex.clone();
        let greedy = go(async move {
            loop {
                let done = other.lock().await;
                sleep(ms(1)).await;
                if *done {
                    return;
                }
            }
        });
        for _ in 0..10 {
            sleep(ms(1)).await;
            drop(mutex.lock().await);
        }
        *mutex.lock().await = true;
        assert!(greedy.await.is_ok());
    }

    /// Giving up a wait leaves the queue in order, and the mutex to the next.
    async fn mu_a_wait_can_be_given_up() {
        let mutex = Mutex::new(());
        let held = mutex.lock().await;
        let other = mutex.clone();
        let next = go(async move {
            sleep(ms(1)).await;
            drop(other.lock().await);
        });
        assert!(timeout(ms(3), mutex.lock()).await.is_err());
        drop(held);
        assert!(next.await.is_ok());
    }
}

sim_only! {
    /// Unlocking an unlocked mutex is fatal, and nothing recovers from it.
    fn mu_03_unlock_of_an_unlocked_mutex() {
        let end = ends(|| async {
            let mutex = Mutex::new(());
            let _never = recover(async {
                mutex.unlock();
                yield_now().await;
            })
            .await;
        });
        assert_eq!(end, "fatal error: sync: unlock of unlocked mutex");
        let end = ends(|| async {
            let mutex = Mutex::new(());
            mutex.lock_raw().await;
            mutex.unlock();
            mutex.unlock();
        });
        assert_eq!(end, "fatal error: sync: unlock of unlocked mutex");
    }

    /// It is not re-entrant, and the report says who holds it.
    fn mu_05_locking_twice_blocks() {
        let run = run(0, async {
            let mutex = named("mu", || Mutex::new(()));
            let _held = mutex.lock().await;
            let _never = mutex.lock().await;
        });
        assert!(run.recording.report().contains("goroutine 1 [sync.Mutex.Lock]:"));
        let found = detect::findings(&run.recording.events);
        assert!(found[0].message.contains("to lock #1 (mu): it has held it itself since step 2."), "{found:?}");
    }

    /// A leak by a lock names the lock and its holder.
    fn mu_a_leak_names_the_holder() {
        let run = run(0, async {
            let mutex = named("mu", || Mutex::new(()));
            mutex.lock_raw().await;
            let other = mutex.clone();
            go(async move { other.lock_raw().await });
        });
        let found = detect::findings(&run.recording.events);
        let message = &found[0].message;
        assert!(message.starts_with("g2 waits for ever to lock #1 (mu): main has held it since step "), "{message}");
        assert!(message.contains(" and returned in step "), "{message}");
    }

    /// Right after an unlock one who comes can be faster than the one who was woken, who then waits on,
    /// before the others.
    fn mu_07_a_newcomer_may_be_faster() {
        let orders = results(200, || async {
            let (mutex, log) = (Mutex::new(()), Log::new());
            let held = mutex.lock().await;
            let wg = WaitGroup::new();
            for waiter in ["first", "second"] {
                let (mutex, log) = (mutex.clone(), log.clone());
                wg.go(async move {
                    let _guard = mutex.lock().await;
                    log.add(waiter);
                });
                others_wait().await;
            }
            drop(held);
            let barged = mutex.try_lock().await;
            if barged.is_some() {
                log.add("newcomer");
                others_wait().await;
            }
            drop(barged);
            wg.wait().await;
            log.entries()
        });
assert!(orders.contains(&vec!["newcomer", "first", "second"]), "{orders:?}");
        assert!(orders.contains(&vec!["first", "second", "newcomer"]), "{orders:?}");
        let place = |order: &[&str], name| order.iter().position(|n| *n == name);
        assert!(orders.iter().all(|o| place(o, "first") < place(o, "second")), "{orders:?}");
    }

    /// One who has waited for more than a millisecond and lost is handed the mutex, and nobody who comes is
    /// faster; the last to wait turns that off.
    fn mu_08_starvation_mode() {
        let barged = results(SEEDS, || async {
            let mutex = Mutex::new(());
            let held = mutex.lock().await;
            let other = mutex.clone();
            let waiter = go(async move {
                let _guard = other.lock().await;
                sleep(ms(1)).await;
            });
            sleep(ms(3)).await;
            drop(held);
            let barged = mutex.try_lock().await;
            let faster = barged.is_some();
            if faster {
                others_wait().await;
                drop(barged);
                assert!(mutex.try_lock().await.is_none(), "the unlock handed it over");
            }
            assert!(waiter.await.is_ok());
            drop(mutex.try_lock().await.expect("it is free"));
            assert!(mutex.try_lock().await.is_some());
            faster
        });
        assert_eq!(barged, [false, true].into());
    }

    /// Given up when it had just been handed over, it is given back, and the recording says so.
    fn mu_what_was_handed_over_can_be_given_up() {
        let mut given_up = 0;
        for seed in 0..SEEDS {
            let run = run(seed, async {
                let mutex = Mutex::new(());
                let held = mutex.lock().await;
                let other = mutex.clone();
                let waiter = go(async move {
                    let (lock, in_time) = (Box::pin(other.lock()), Box::pin(sleep(ms(4))));
                    matches!(futures::future::select(in_time, lock).await, Either::Right(_))
                });
                sleep(ms(3)).await;
                drop(held);
                let barged = mutex.try_lock().await;
                sleep(ms(1)).await;
                drop(barged);
                let got_it = waiter.await.expect("it returns");
                assert!(mutex.try_lock().await.is_some());
                got_it
            });
            let got_it = run.value.unwrap_or_else(|| panic!("seed {seed}: {}", run.recording.report()));
            let events = &run.recording.events;
            let count = |f: fn(&Event) -> bool| events.iter().filter(|e| f(e)).count();
            let taken = count(|e| matches!(e.what, What::Acquire { .. }));
            assert_eq!(taken, count(|e| matches!(e.what, What::Release { .. })), "seed {seed}");
            let handed = count(|e| matches!(e.what, What::Acquire { holder, .. } if holder != e.task));
            given_up += u32::from(handed > 0 && !got_it);
        }
        assert!(given_up > 0);
    }
}
