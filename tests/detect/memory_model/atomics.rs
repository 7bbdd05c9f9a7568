//! What can be read and written by several at once.

use super::{free, races, racy, sleep_ms};
use fanin::{
    go,
    sync::{Atomic, Map, Pool, shared::Var},
    yield_now,
};

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
fn keys_that_a_recording_cannot_tell_apart_hide_nothing() {
    #[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
    struct Key(u32);
    free(|x| async move {
        let (map, child) = (Map::new(), x.clone());
        for n in 1..3 {
            let (map, child) = (map.clone(), child.clone());
            go(async move {
                sleep_ms(n.into()).await;
                if n == 1 {
                    child.set(1);
                }
                map.store(Key(n), n);
            });
        }
        sleep_ms(3).await;
        assert_eq!(map.load(Key(1)).await, Some(1));
        x.get();
    });
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
