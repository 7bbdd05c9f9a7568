//! Threads that meet in the same object all the time: no pause lets one of them finish first.
//!
//! The clock is paused, so that a program in which nobody is woken any more comes to its timeout at once.

use fanin::{
    Context, WaitGroup,
    group::{Calls, Group, Semaphore},
    rt::threads::Config,
    sync::{Cond, Mutex, RwLock},
    time::timeout,
};
use std::time::Duration;

const ROUNDS: u32 = 20_000;

/// Runs a program on two workers, which has to get to its end.
fn ends<F>(program: F) -> F::Output
where
    F: Future<Output: Send> + Send + 'static,
{
    let hour = Duration::from_secs(3600);
    let run = Config::new().workers(2).paused_clock().run(timeout(hour, program));
    run.expect("nobody waits for ever")
}

/// Starts that many tasks, each with its number, and waits for them.
async fn tasks<F>(n: u32, task: impl Fn(u32) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let wg = WaitGroup::new();
    (0..n).for_each(|i| wg.go(task(i)));
    wg.wait().await;
}

#[test]
fn two_take_turns_by_a_condition() {
    let turns = ends(async {
        let (turn, changed) = (Mutex::new(0), Cond::new());
        tasks(2, |me| {
            let (turn, changed) = (turn.clone(), changed.clone());
            async move {
                for _ in 0..ROUNDS {
                    let mut guard = turn.lock().await;
                    while *guard % 2 != me {
                        guard = changed.wait(guard).await;
                    }
                    *guard += 1;
                    drop(guard);
                    changed.signal();
                }
            }
        })
        .await;
        *turn.lock().await
    });
    assert_eq!(turns, 2 * ROUNDS);
}

#[test]
fn a_mutex_counts_what_all_add() {
    let count = ends(async {
        let count = Mutex::new(0);
        tasks(4, |_| {
            let count = count.clone();
            async move {
                for _ in 0..ROUNDS {
                    *count.lock().await += 1;
                }
            }
        })
        .await;
        *count.lock().await
    });
    assert_eq!(count, 4 * ROUNDS);
}

#[test]
fn a_lock_for_reading_sees_no_half_of_a_write() {
    ends(async {
        let pair = RwLock::new((0, 0));
        tasks(4, |i| {
            let pair = pair.clone();
            async move {
                for n in 0..ROUNDS {
                    if i == 0 {
                        *pair.write().await = (n, n);
                    } else {
                        let (a, b) = *pair.read().await;
                        assert_eq!(a, b);
                    }
                }
            }
        })
        .await;
    });
}

#[test]
fn the_unit_of_a_semaphore_goes_from_hand_to_hand() {
    let left = ends(async {
        let unit = Semaphore::new(1);
        tasks(2, |_| {
            let unit = unit.clone();
            async move {
                for _ in 0..25 * ROUNDS {
                    unit.acquire(&Context::background(), 1).await.expect("it does not end");
                    unit.release(1);
                }
            }
        })
        .await;
        unit.try_acquire(1).await
    });
    assert!(left, "the unit is back");
}

#[test]
fn who_gives_up_holds_no_units() {
    const UNITS: u32 = 4;
    let left = ends(async {
        let units = Semaphore::new(UNITS);
        tasks(4, |i| {
            let units = units.clone();
            async move {
                for n in 0..ROUNDS {
                    let (ctx, cancel) = Context::background().with_cancel();
                    let wanted = 1 + (i + n) % UNITS;
                    let other = fanin::go(async move { cancel.cancel() });
                    if units.acquire(&ctx, wanted).await.is_ok() {
                        units.release(wanted);
                    }
                    other.await.expect("it returns");
                }
            }
        })
        .await;
        units.try_acquire(UNITS).await
    });
    assert!(left, "all units are back");
}

#[test]
fn a_group_with_a_limit_starts_all_its_tasks() {
    let count = ends(async {
        let (count, group) = (Mutex::new(0), Group::<&str>::new());
        group.set_limit(Some(1));
        for _ in 0..ROUNDS {
            let count = count.clone();
            let adds = async move {
                *count.lock().await += 1;
                Ok(())
            };
            group.go(adds).await;
        }
        group.wait().await.expect("none fails");
        *count.lock().await
    });
    assert_eq!(count, ROUNDS);
}

#[test]
fn each_call_for_a_hot_key_is_answered() {
    ends(async {
        let calls = Calls::new();
        tasks(4, |_| {
            let calls = calls.clone();
            async move {
                for n in 0..ROUNDS {
                    let answer = calls.call_chan("hot", async move { n }).await;
                    answer.recv().await.expect("it is not closed");
                }
            }
        })
        .await;
    });
}
