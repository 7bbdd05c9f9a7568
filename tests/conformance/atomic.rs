//! Atomic values.

use crate::harness::*;
use fanin::{
    WaitGroup, go,
    sync::{Atomic, AtomicBool, AtomicI64, AtomicU64},
};

conformance! {
    /// Swap, or and and give the old value, add the new one, compare-and-swap whether it swapped; zero values
    /// are zero, and arithmetic wraps.
    async fn atom_01_what_each_operation_gives() {
        let n = AtomicI64::default();
        assert_eq!(n.load().await, 0);
        assert_eq!(n.add(5).await, 5);
        assert_eq!(n.swap(6).await, 5);
        assert_eq!(n.or(1).await, 6);
        assert_eq!(n.and(3).await, 7);
        assert!(!n.compare_and_swap(7, 1).await);
        assert!(n.compare_and_swap(3, i64::MAX).await);
        assert_eq!(n.add(1).await, i64::MIN);

        let u = AtomicU64::default();
        assert_eq!(u.add(u64::MAX).await, u64::MAX);
        assert_eq!(u.add(2).await, 1);

        let flag = AtomicBool::default();
        assert!(!flag.swap(true).await);
        assert!(flag.compare_and_swap(true, false).await);
        assert!(!flag.load().await);
    }

    /// No addition is lost.
    async fn atom_01_additions_are_not_lost() {
        let (n, wg) = (AtomicU64::new(0), WaitGroup::new());
        for _ in 0..10 {
            let n = n.clone();
            wg.go(async move {
                for _ in 0..10 {
                    n.add(1).await;
                }
            });
        }
        wg.wait().await;
        assert_eq!(n.load().await, 100);
    }

    /// An empty value is none; later it is the one stored last, whole.
    async fn atom_03_a_value_is_never_torn() {
        let value = Atomic::<Option<(u32, u32)>>::default();
        assert_eq!(value.load().await, None);
        let wg = WaitGroup::new();
        for i in 1..4 {
            let writer = value.clone();
            wg.go(async move { writer.store(Some((i, i))) });
            let reader = value.clone();
            wg.go(async move {
                if let Some((a, b)) = reader.load().await {
                    assert_eq!(a, b);
                }
            });
        }
        wg.wait().await;
        assert!(value.load().await.is_some());
        assert!(value.swap(None).await.is_some());
    }
}

sim_only! {
    /// One order for all: of two tasks that each store and then look at the other's, at least one sees it.
    fn atom_02_store_buffer() {
        let seen = results(300, || async {
            let (x, y) = (AtomicI64::new(0), AtomicI64::new(0));
            let (other_x, other_y) = (x.clone(), y.clone());
            let other = go(async move {
                other_y.store(1);
                other_x.load().await
            });
            x.store(1);
            let mine = y.load().await;
            (mine, other.await.unwrap())
        });
        assert_eq!(seen, [(0, 1), (1, 0), (1, 1)].into());
    }
}
