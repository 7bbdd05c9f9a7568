//! Each rule of Go's memory model: a program that is free of races by this rule alone, and one that lacks it
//! and has a race; under any schedule, since what counts is the order that operations give.
//!
//! A sleep orders nothing: where a program has to come to a certain point first, it gives it time.

use super::support::{free, races, racy, sleep_ms};
use fanin::{
    Context, WaitGroup, chan, go,
    group::Semaphore,
    probe::What,
    select,
    sim::{self, Config},
    sync::{Atomic, Cond, Map, Mutex, Once, Pool, RwLock, shared::Var},
    time::{Timer, after_func, sleep},
    yield_now,
};
use std::{
    sync::{Arc, Mutex as StdMutex, PoisonError},
    time::Duration,
};

const MS: Duration = Duration::from_millis(1);

#[test]
fn a_start_comes_after_the_go_statement() {
    free(|x| async move {
        x.set(1);
        go(async move { x.update(|x| *x += 1) });
    });
    racy(|x| async move {
        let child = x.clone();
        go(async move { child.get() });
        x.set(1);
    });
}

#[test]
fn an_end_comes_before_its_join_and_nothing_else() {
    free(|x| async move {
        let child = x.clone();
        let handle = go(async move { child.set(1) });
        sleep_ms(1).await;
        handle.await.expect("it returns");
        x.get();
    });
    racy(|x| async move {
        let child = x.clone();
        go(async move { child.set(1) });
        sleep_ms(1).await;
        x.get();
    });
}

#[test]
fn a_sleep_and_a_yield_order_nothing() {
    racy(|x| async move {
        for n in 0..2 {
            let x = x.clone();
            go(async move {
                sleep_ms(n).await;
                yield_now().await;
                x.update(|x| *x += 1);
            });
        }
    });
}

#[test]
fn a_send_comes_before_the_end_of_its_receive() {
    for cap in [0, 1, 2] {
        free(move |x| async move {
            let ((tx, rx), child) = (chan(cap), x.clone());
            go(async move {
                child.set(1);
                tx.send(()).await;
            });
            rx.recv().await;
            x.get();
        });
        racy(move |x| async move {
            let ((tx, rx), child) = (chan(cap), x.clone());
            go(async move {
                tx.send(()).await;
                child.set(1);
            });
            rx.recv().await;
            x.get();
        });
    }
}

#[test]
fn so_it_does_in_a_select() {
    for cap in [0, 1] {
        free(move |x| async move {
            let ((tx, rx), (_, never), child) = (chan(cap), chan::<()>(0), x.clone());
            go(async move {
                child.set(1);
                select! { tx.send(()) => {} }
            });
            select! { _ = rx.recv() => {}, _ = never.recv() => {} }
            x.get();
        });
    }
}

#[test]
fn an_unbuffered_receive_comes_before_the_end_of_its_send() {
    let program = |cap| {
        move |x: Var<u32>| async move {
            let ((tx, rx), child) = (chan(cap), x.clone());
            go(async move {
                child.set(1);
                rx.recv().await;
            });
            tx.send(()).await;
            x.get();
        }
    };
    free(program(0));
    racy(program(1));
}

#[test]
fn a_receive_comes_before_the_send_that_takes_its_place_in_the_buffer() {
    let program = |cap, received_before: usize| {
        move |x: Var<u32>| async move {
            let ((tx, rx), child) = (chan(cap), x.clone());
            go(async move {
                for n in 0..4 {
                    if n == received_before {
                        child.set(1);
                    }
                    rx.recv().await;
                }
            });
            for _ in 0..4 {
                tx.send(()).await;
            }
            x.get();
        }
    };
    // The fourth send comes after the receive number 4 - cap, whatever else was received by then.
    free(program(1, 2));
    free(program(2, 1));
    free(program(3, 0));
    racy(program(1, 3));
    racy(program(2, 2));
    racy(program(3, 1));
}

#[test]
fn what_is_put_back_keeps_the_order_of_its_send() {
    // Main gives up its receive, in some schedules after it got the value. That goes to another task, which
    // waits for it or comes later.
    let program = |comes: u64, sender_writes: bool| {
        move |x: Var<u32>| async move {
            let ((tx, rx), sender, other) = (chan(0), x.clone(), x.clone());
            go(async move {
                sleep_ms(2).await;
                if sender_writes {
                    sender.set(1);
                }
                tx.send(()).await;
            });
            let receiver = rx.clone();
            go(async move {
                sleep_ms(comes).await;
                receiver.recv().await;
                other.get();
            });
            let given_up = futures::future::select(sleep_ms(2), rx.recv());
            drop(given_up.await);
            if !sender_writes {
                x.set(1);
            }
        }
    };
    for comes in [1, 3] {
        free(program(comes, true));
        racy(program(comes, false));
        let events = (0..40).flat_map(|seed| {
            let main = async move { program(comes, true)(Var::new(0)).await };
            Config::new().seed(seed).run(main).recording.events
        });
        let put_back = events.filter(|e| matches!(e.what, What::Unreceive { .. })).count();
        assert!(put_back > 5, "{put_back}");
    }
}

#[test]
fn a_close_comes_before_a_receive_that_finds_it() {
    free(|x| async move {
        let ((tx, rx), child) = (chan::<()>(1), x.clone());
        go(async move {
            child.set(1);
            tx.close();
        });
        rx.recv().await;
        x.get();
    });
    racy(|x| async move {
        let ((tx, rx), child) = (chan::<()>(1), x.clone());
        go(async move {
            tx.close();
            child.set(1);
        });
        rx.recv().await;
        x.get();
    });
}

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
                    signal.broadcast()
                } else {
                    signal.signal()
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
                sleep(MS).await;
                semaphore.release(1);
            });
        }
    });
}

#[test]
fn an_atomic_write_comes_before_the_load_that_sees_it() {
    let program = |before: bool| {
        move |x: Var<u32>| async move {
            let (flag, child) = (Atomic::new(false), x.clone());
            let set = flag.clone();
            go(async move {
                if before {
                    child.set(1);
                }
                set.store(true);
                if !before {
                    child.set(1);
                }
            });
            while !flag.load().await {
                yield_now().await;
            }
            x.get();
        }
    };
    free(program(true));
    racy(program(false));
}

/// The first task writes and stores at 1 ms, the second does `then` at 2 ms, and main loads at 3 ms and reads.
fn relayed<S: Future<Output = ()> + Send + 'static>(
    first_writes: bool,
    then: impl Fn(Atomic<i64>) -> S + Clone + Send + Sync + 'static,
) -> impl Fn(Var<u32>) -> futures::future::BoxFuture<'static, ()> + Clone {
    move |x| {
        let then = then.clone();
        Box::pin(async move {
            let flag = Atomic::new(0);
            let (first, second) = ((flag.clone(), x.clone()), (flag.clone(), x.clone()));
            go(async move {
                sleep_ms(1).await;
                if first_writes {
                    first.1.set(1);
                }
                first.0.store(1);
            });
            go(async move {
                sleep_ms(2).await;
                if !first_writes {
                    second.1.set(1);
                }
                then(second.0).await;
            });
            sleep_ms(3).await;
            flag.load().await;
            x.get();
        })
    }
}

#[test]
fn a_store_hides_the_one_before_and_an_update_hands_it_on() {
    racy(relayed(true, |flag| async move { flag.store(2) }));
    free(relayed(true, |flag| async move { assert_eq!(flag.add(1).await, 2) }));
    free(relayed(true, |flag| async move { assert_eq!(flag.swap(2).await, 1) }));
    free(relayed(true, |flag| async move { assert!(flag.compare_and_swap(1, 2).await) }));
    // One that fails writes nothing that a load could see.
    racy(relayed(false, |flag| async move { assert!(!flag.compare_and_swap(5, 2).await) }));
}

#[test]
fn atomic_and_plain_accesses_race_and_atomic_ones_do_not() {
    let program = |plain: bool| {
        move |x: Var<u32>| async move {
            for _ in 0..2 {
                let x = x.clone();
                go(async move { x.atomic_update(|x| *x += 1).await });
            }
            if plain {
                x.get();
            } else {
                x.atomic_load().await;
            }
        }
    };
    free(program(false));
    racy(program(true));
}

#[test]
fn a_write_to_a_concurrent_map_comes_before_the_reads_that_see_it() {
    // A task writes and does `first` at 1 ms; main does `then` at 2 ms and reads.
    macro_rules! program {
        ($first:expr, $then:expr) => {
            |x| async move {
                let (map, child) = (Map::new(), x.clone());
                map.store("old", 0);
                let shared = map.clone();
                go(async move {
                    sleep_ms(1).await;
                    child.set(1);
                    let first: fn(Map<_, _>) -> _ = $first;
                    first(shared).await;
                });
                sleep_ms(2).await;
                let then: fn(Map<_, _>) -> _ = $then;
                then(map).await;
                x.get();
            }
        };
    }
    free(program!(|m| async move { m.store("k", 1) }, |m| async move { m.load("k").await }));
    free(program!(|m| async move { m.swap("k", 1).await }, |m| async move { m.load_and_delete("k").await }));
    free(program!(|m| async move { m.delete("old") }, |m| async move { m.load("old").await }));
    free(program!(|m| async move { m.clear() }, |m| async move { m.load("old").await }));
    free(program!(|m| async move { m.store("k", 1) }, |m| async move {
        let mut entries = m.range();
        while entries.next_entry().await.is_some() {}
    }));
    racy(program!(|m| async move { m.store("k", 1) }, |m| async move { m.load("old").await }));
    racy(program!(|m| async move { m.load("old").await }, |m| async move { m.load("old").await }));
    racy(program!(
        |m| async move { m.load_or_store("old", 1).await },
        |m| async move { m.load("old").await }
    ));
    racy(program!(|m| async move { m.compare_and_swap("old", &5, 1).await }, |m| async move {
        m.load("old").await
    }));
}

#[test]
fn a_put_comes_before_the_get_of_the_same_thing() {
    let program = |before: bool| {
        move |x: Var<u32>| async move {
            let (pool, child) = (Pool::new(|| 0), x.clone());
            let shared = pool.clone();
            go(async move {
                if before {
                    child.set(1);
                }
                shared.put(1);
                if !before {
                    child.set(1);
                }
            });
            while pool.get().await == 0 {
                yield_now().await;
            }
            x.get();
        }
    };
    free(program(true));
    racy(program(false));
    // Who gets another thing has seen nothing of it.
    let by_seed = races(|x| async move {
        let (pool, child) = (Pool::new(|| 0), x.clone());
        let shared = pool.clone();
        go(async move {
            child.set(1);
            shared.put(1);
        });
        sleep_ms(1).await;
        pool.put(2);
        while pool.get().await != 2 {}
        x.get();
    });
    assert!(by_seed.contains(&0) && by_seed.contains(&1), "{by_seed:?}");
}

#[test]
fn the_end_of_a_context_comes_before_what_finds_it() {
    let program = |before: bool, looks: bool| {
        move |x: Var<u32>| async move {
            let ((ctx, cancel), child) = (Context::background().with_cancel(), x.clone());
            let ctx = ctx.with_cancel().0;
            go(async move {
                if before {
                    child.set(1);
                }
                cancel.cancel();
                if !before {
                    child.set(1);
                }
            });
            if looks {
                while ctx.err().is_none() {
                    yield_now().await;
                }
            } else {
                ctx.done().recv().await;
            }
            x.get();
        }
    };
    for looks in [false, true] {
        free(program(true, looks));
        racy(program(false, looks));
    }
}

#[test]
fn the_setting_of_a_timer_comes_before_its_firing() {
    let program = |before: bool| {
        move |x: Var<u32>| async move {
            let (timer, child) = (Arc::new(Timer::new(MS * 9)), x.clone());
            let reset = timer.clone();
            go(async move {
                sleep_ms(1).await;
                if before {
                    child.set(1);
                }
                reset.reset(MS);
                if !before {
                    child.set(1);
                }
            });
            timer.recv().await;
            x.get();
        }
    };
    free(program(true));
    racy(program(false));
}

#[test]
fn the_setting_of_a_timer_comes_before_the_start_of_its_task() {
    let program = |before: bool| {
        move |x: Var<u32>| async move {
            let (write, read) = (x.clone(), x);
            let timer = after_func(MS * 9, move || {
                let read = read.clone();
                async move { read.update(|x| *x += 1) }
            });
            go(async move {
                if before {
                    write.set(1);
                }
                timer.reset(MS);
                if !before {
                    write.set(1);
                }
            });
        }
    };
    free(program(true));
    racy(program(false));
}

#[test]
fn what_others_did_comes_before_the_return_of_a_wait_until_they_are_idle() {
    let program = |wait: bool| {
        move |x: Var<u32>| async move {
            let child = x.clone();
            go(async move {
                sleep_ms(1).await;
                child.set(1);
            });
            sleep_ms(2).await;
            if wait {
                sim::wait().await;
            }
            x.get();
        }
    };
    free(program(true));
    racy(program(false));
}

#[test]
fn the_end_of_a_context_comes_before_the_start_of_its_task() {
    let program = |before: bool| {
        move |x: Var<u32>| async move {
            let ((ctx, cancel), child) = (Context::background().with_cancel(), x.clone());
            ctx.after_func(async move { child.update(|x| *x += 1) });
            go(async move {
                if before {
                    x.set(1);
                }
                cancel.cancel();
                if !before {
                    x.set(1);
                }
            });
        }
    };
    free(program(true));
    racy(program(false));
}

#[test]
fn the_setting_of_a_deadline_comes_before_the_end_of_the_context() {
    let program = |before: bool| {
        move |x: Var<u32>| async move {
            // Handed over in a way that no rule knows of.
            let (hidden, child) = (Arc::new(StdMutex::new(None)), x.clone());
            let other = hidden.clone();
            go(async move {
                if before {
                    child.set(1);
                }
                let ctx = Context::background().with_timeout(MS * 2).0;
                *other.lock().unwrap_or_else(PoisonError::into_inner) = Some(ctx);
                if !before {
                    child.set(1);
                }
            });
            sleep_ms(1).await;
            let ctx: Option<Context> = hidden.lock().unwrap_or_else(PoisonError::into_inner).take();
            ctx.expect("it was handed over").done().recv().await;
            x.get();
        }
    };
    free(program(true));
    racy(program(false));
}
