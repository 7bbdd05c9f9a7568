//! What makes others wait.

use super::{free, racy, sleep_ms};
use fanin::{
    Context, WaitGroup, go,
    group::Semaphore,
    sync::{Cond, Mutex, Once, RwLock, shared::Var},
    yield_now,
};

#[test]
fn an_unlock_comes_before_later_locks() {
    let program = |locked: [bool; 2]| {
        move |x: Var<u32>| async move {
            let mutex = Mutex::new(());
            for locked in locked {
                let (x, mutex) = (x.clone(), mutex.clone());
                go(async move {
                    let _guard = if locked { Some(mutex.lock().await) } else { None };
                    x.update(|x| *x += 1);
                });
            }
        }
    };
    free(program([true, true]));
    racy(program([true, false]));
    // What comes after the unlock is not covered by it.
    racy(|x| async move {
        let mutex = Mutex::new(());
        for _ in 0..2 {
            let (x, mutex) = (x.clone(), mutex.clone());
            go(async move {
                drop(mutex.lock().await);
                x.update(|x| *x += 1);
            });
        }
    });
}

#[test]
fn a_try_that_succeeds_is_a_lock_and_one_that_fails_orders_nothing() {
    free(|x| async move {
        let mutex = Mutex::new(());
        for _ in 0..2 {
            let (x, mutex) = (x.clone(), mutex.clone());
            go(async move {
                if let Some(_guard) = mutex.try_lock().await {
                    x.update(|x| *x += 1);
                }
            });
        }
    });
    racy(|x| async move {
        let (mutex, child) = (Mutex::new(()), x.clone());
        let other = mutex.clone();
        go(async move {
            sleep_ms(1).await;
            assert!(other.try_lock().await.is_none());
            child.get();
        });
        let guard = mutex.lock().await;
        x.set(1);
        drop(guard);
        let _guard = mutex.lock().await;
        sleep_ms(2).await;
    });
}

#[test]
fn writers_order_everybody_and_readers_not_each_other() {
    let program = |writes: [bool; 2]| {
        move |x: Var<u32>| async move {
            let lock = RwLock::new(());
            for write in writes {
                let (x, lock) = (x.clone(), lock.clone());
                go(async move {
                    if write {
                        let _guard = lock.write().await;
                        x.update(|x| *x += 1);
                    } else {
                        let _guard = lock.read().await;
                        x.update(|x| *x += 1);
                    }
                });
            }
        }
    };
    free(program([true, true]));
    free(program([true, false]));
    racy(program([false, false]));
}

#[test]
fn the_end_of_a_once_comes_before_the_return_of_each_call() {
    let program = |inside: bool| {
        move |x: Var<u32>| async move {
            let once = Once::new();
            for _ in 0..3 {
                let (x, once) = (x.clone(), once.clone());
                go(async move {
                    let write = x.clone();
                    let ran = once.do_once(async move || {
                        yield_now().await;
                        write.set(1);
                    });
                    if inside {
                        ran.await;
                    }
                    x.get();
                    if !inside {
                        once.do_once(async move || x.set(1)).await;
                    }
                });
            }
        }
    };
    free(program(true));
    racy(program(false));
}

#[test]
fn a_done_comes_before_the_return_of_a_wait() {
    let program = |before: bool| {
        move |x: Var<u32>| async move {
            let wg = WaitGroup::new();
            wg.add(2);
            for _ in 0..2 {
                let (wg, x) = (wg.clone(), x.clone());
                go(async move {
                    if before {
                        x.atomic_store(1).await;
                    }
                    wg.done();
                    if !before {
                        x.atomic_store(1).await;
                    }
                });
            }
            wg.wait().await;
            x.get();
        }
    };
    free(program(true));
    racy(program(false));
}

#[test]
fn a_signal_comes_before_the_return_of_the_wait_that_it_ends() {
    let program = |before: bool, all: bool| {
        move |x: Var<u32>| async move {
            let (cond, mutex, child) = (Cond::new(), Mutex::new(()), x.clone());
            let signal = cond.clone();
            go(async move {
                sleep_ms(1).await;
                if before {
                    child.set(1);
                }
                if all {
                    signal.broadcast();
                } else {
                    signal.signal();
                }
                if !before {
                    child.set(1);
                }
            });
            let guard = mutex.lock().await;
            drop(cond.wait(guard).await);
            x.get();
        }
    };
    for all in [false, true] {
        free(program(true, all));
        racy(program(false, all));
    }
}

#[test]
fn units_given_back_come_before_units_taken_later() {
    let program = |size| {
        move |x: Var<u32>| async move {
            let semaphore = Semaphore::new(size);
            for _ in 0..2 {
                let (x, semaphore) = (x.clone(), semaphore.clone());
                go(async move {
                    semaphore.acquire(&Context::background(), 2).await.expect("it never ends");
                    x.update(|x| *x += 1);
                    semaphore.release(2);
                });
            }
        }
    };
    free(program(2));
    racy(|x| async move {
        let semaphore = Semaphore::new(2);
        for _ in 0..2 {
            let (x, semaphore) = (x.clone(), semaphore.clone());
            go(async move {
                semaphore.acquire(&Context::background(), 1).await.expect("it never ends");
                x.update(|x| *x += 1);
                sleep_ms(1).await;
                semaphore.release(1);
            });
        }
    });
}
