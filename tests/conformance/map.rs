//! Concurrent maps, and pools.

use crate::harness::*;
use fanin::{
    WaitGroup, go,
    rt::choose,
    sync::{Map, Pool},
    yield_now,
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

/// Goes through a map to the end.
async fn entries<K, V>(map: &Map<K, V>) -> Vec<(K, V)>
where
    K: Ord + Clone + Send + 'static,
    V: Clone + Send + 'static,
{
    let (mut range, mut seen) = (map.range(), Vec::new());
    while let Some(entry) = range.next_entry().await {
        seen.push(entry);
    }
    seen
}

conformance! {
    /// Any sequence of operations gives what it gives on a locked map.
    async fn map_01_as_a_locked_map() {
        let (map, mut model) = (Map::new(), BTreeMap::new());
        map.delete(0);
        for _ in 0..60 {
            let (key, value) = (choose(4), choose(4));
            match choose(7) {
                0 => assert_eq!(map.load(key).await, model.get(&key).copied()),
                1 => {
                    map.store(key, value);
                    model.insert(key, value);
                }
                2 => {
                    let loaded = model.contains_key(&key);
                    let expected = *model.entry(key).or_insert(value);
                    assert_eq!(map.load_or_store(key, value).await, (expected, loaded));
                }
                3 => assert_eq!(map.load_and_delete(key).await, model.remove(&key)),
                4 => assert_eq!(map.swap(key, value).await, model.insert(key, value)),
                5 => {
                    let equal = model.get(&key) == Some(&1);
                    assert_eq!(map.compare_and_swap(key, &1, value).await, equal);
                    if equal {
                        model.insert(key, value);
                    }
                }
                _ => {
                    map.delete(key);
                    model.remove(&key);
                }
            }
        }
        assert_eq!(entries(&map).await, Vec::from_iter(model));
    }

    /// What the combined operations give, for a key that is there and for one that is not.
    async fn map_02_combined_operations() {
        let map = Map::new();
        assert_eq!(map.load_or_store("a", 1).await, (1, false));
        assert_eq!(map.load_or_store("a", 2).await, (1, true));
        assert_eq!(map.swap("a", 3).await, Some(1));
        assert_eq!(map.swap("b", 4).await, None);
        assert_eq!(map.load_and_delete("a").await, Some(3));
        assert_eq!(map.load_and_delete("a").await, None);
    }

    /// A compare-and-swap needs a value that is there and equal.
    async fn map_03_compare_and_swap() {
        let map = Map::new();
        assert!(!map.compare_and_swap("a", &None, Some(1)).await);
        map.store("a", Some(1));
        assert!(!map.compare_and_swap("a", &None, Some(2)).await);
        assert!(map.compare_and_swap("a", &Some(1), Some(2)).await);
        assert_eq!(map.load("a").await, Some(Some(2)));
    }

    /// A compare-and-delete needs a value that is there and equal.
    async fn map_04_compare_and_delete() {
        let map = Map::new();
        assert!(!map.compare_and_delete("a", &1).await);
        map.store("a", 1);
        assert!(!map.compare_and_delete("a", &2).await);
        assert!(map.compare_and_delete("a", &1).await);
        assert_eq!(map.load("a").await, None);
    }

    /// No key is met twice, and it can be stopped at any entry.
    async fn map_05_no_key_is_met_twice() {
        let map = Map::new();
        for key in 0..5 {
            map.store(key, key);
        }
        let mut range = map.range();
        assert_eq!(range.next_entry().await, Some((0, 0)));
        drop(range);
        assert_eq!(entries(&map).await.len(), 5);
    }

    /// Every key that is there all the time is met, with a value that it had meanwhile.
    async fn map_06_changes_on_the_way() {
        let map = Map::new();
        for key in 1..8 {
            map.store(key, key);
        }
        let other = map.clone();
        go(async move {
            for i in 2..6 {
                for key in 1..8 {
                    other.store(key, i * key);
                    yield_now().await;
                }
            }
        });
        let seen = entries(&map).await;
        assert_eq!(Vec::from_iter(seen.iter().map(|(key, _)| *key)), Vec::from_iter(1..8));
        assert!(seen.iter().all(|(key, value)| value % key == 0));
    }

    /// The map may be used while going through it, also to go through it.
    async fn map_07_use_on_the_way() {
        let map = Map::new();
        for key in 0..3 {
            map.store(key, ());
        }
        let mut range = map.range();
        while let Some((key, ())) = range.next_entry().await {
            assert!(entries(&map).await.contains(&(key, ())));
            map.store(key, ());
            map.delete(key);
        }
        assert!(entries(&map).await.is_empty());
    }

    /// Clearing removes everything, also while others load and store.
    async fn map_08_clearing() {
        let (map, wg) = (Map::new(), WaitGroup::new());
        for key in 0..3 {
            let map = map.clone();
            wg.go(async move {
                map.store(key, key);
                map.clear();
                assert!(map.load(key).await.is_none_or(|value| value == key));
            });
        }
        wg.wait().await;
        map.clear();
        assert!(entries(&map).await.is_empty());
    }

    /// An empty pool makes new things.
    async fn pool_01_an_empty_pool_makes_new_things() {
        let pool = Pool::new(|| "new");
        assert_eq!((pool.get().await, pool.get().await), ("new", "new"));
    }

    /// Nothing is given out twice without having been put back.
    async fn pool_02_nothing_is_given_out_twice() {
        let made = Arc::new(AtomicU32::new(0));
        let pool = Pool::new(move || Arc::new(made.fetch_add(1, Relaxed)));
        let wg = WaitGroup::new();
        for _ in 0..4 {
            let pool = pool.clone();
            wg.go(async move {
                for _ in 0..5 {
                    let thing = pool.get().await;
                    assert_eq!(Arc::strong_count(&thing), 1);
                    let mine = thing.clone();
                    yield_now().await;
                    assert_eq!(Arc::strong_count(&thing), 2);
                    drop(mine);
                    pool.put(thing);
                }
            });
        }
        wg.wait().await;
    }
}

sim_only! {
    /// Any thing may be given out, or a new one.
    fn pool_02_any_thing_may_be_given_out() {
        let got = results(SEEDS, || async {
            let pool = Pool::new(|| 0);
            pool.put(1);
            pool.put(2);
            pool.get().await
        });
        assert_eq!(got, [0, 1, 2].into());
    }

    /// What is in the pool is dropped with it.
    fn pool_03_things_are_dropped_with_the_pool() {
        let thing = Arc::new(());
        let kept = thing.clone();
        let run = run(0, async move {
            let pool = Pool::new(|| Arc::new(()));
            pool.put(kept);
            yield_now().await;
        });
        assert!(run.value.is_some());
        assert_eq!(Arc::strong_count(&thing), 1);
    }
}
