//! What is dropped at the end of a program, and while one panics.

use fanin::{
    Context, WaitGroup, chan, go,
    group::Semaphore,
    rt::{local, threads},
    sync::{Atomic, Map, Mutex, RwLock, shared::Var},
    time::{Timer, after_func},
};
use futures::future::BoxFuture;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

const HOUR: Duration = Duration::from_secs(3600);

/// On one thread, and on many.
const RUNS: [fn(BoxFuture<'static, ()>); 2] = [local::run, threads::run];

/// Runs a program on each runtime; what it holds is gone after it.
fn is_gone_after<F>(program: impl Fn(Arc<()>) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    for run in RUNS {
        let held = Arc::new(());
        let gone = Arc::downgrade(&held);
        run(Box::pin(program(held)));
        assert!(gone.upgrade().is_none());
    }
}

#[test]
fn a_deadline_to_come_is_forgotten() {
    is_gone_after(|held| async {
        let (ctx, _cancel) = Context::background().with_timeout(HOUR);
        let _stop = ctx.after_func(async { drop(held) });
    });
}

#[test]
fn a_task_to_be_started_is_forgotten() {
    is_gone_after(|held| async {
        after_func(HOUR, move || {
            let held = held.clone();
            async { drop(held) }
        });
    });
}

#[test]
fn a_timer_that_is_waited_for_is_forgotten() {
    is_gone_after(|held| async {
        let timer = Timer::new(HOUR);
        go(async move {
            timer.recv().await;
            drop(held);
        });
    });
}

/// Panics while a guard lives whose drop will fault: the first panic is told, and the process lives.
fn panics_once<G>(guard: impl FnOnce() -> G) {
    let panics = || {
        let _guard = guard();
        panic!("the first");
    };
    let payload = catch_unwind(AssertUnwindSafe(panics)).expect_err("it panicked");
    assert_eq!(payload.downcast_ref(), Some(&"the first"));
}

#[test]
fn a_guard_that_faults_during_a_panic_leaves_it_alone() {
    panics_once(|| {
        let wg = WaitGroup::new();
        wg.done_on_drop()
    });
    panics_once(|| {
        let (tx, _rx) = chan::<()>(0);
        tx.close();
        tx.close_on_drop()
    });
    panics_once(|| Semaphore::new(1).release_on_drop(1));
    local::run(async {
        let mutex = Mutex::new(());
        let guard = mutex.lock().await;
        mutex.unlock();
        panics_once(|| guard);
        let rw = RwLock::new(());
        let guard = rw.read().await;
        rw.read_unlock();
        panics_once(|| guard);
        let guard = rw.write().await;
        rw.write_unlock();
        panics_once(|| guard);
    });
}

#[test]
fn a_guard_that_faults_without_a_panic_panics() {
    let faults = || drop(WaitGroup::new().done_on_drop());
    let payload = catch_unwind(faults).expect_err("it panicked");
    assert_eq!(payload.downcast_ref(), Some(&"sync: negative WaitGroup counter".to_owned()));
}

/// Removes an entry of a map when it is dropped.
#[derive(Clone)]
struct Removes(Map<u32, Self>, u32);

impl PartialEq for Removes {
    fn eq(&self, other: &Self) -> bool {
        self.1 == other.1
    }
}

impl Drop for Removes {
    fn drop(&mut self) {
        self.0.delete(0);
    }
}

#[test]
fn what_leaves_a_map_may_use_it_when_it_is_dropped() {
    for run in RUNS {
        run(Box::pin(async {
            let map = Map::new();
            let value = |n| Removes(map.clone(), n);
            map.store(1, value(1));
            map.store(1, value(2));
            assert!(map.load_or_store(1, value(3)).await.1);
            assert!(!map.compare_and_swap(1, &value(1), value(4)).await);
            assert!(map.compare_and_swap(1, &value(2), value(4)).await);
            assert!(!map.compare_and_delete(1, &value(1)).await);
            assert!(map.compare_and_delete(1, &value(4)).await);
            map.store(1, value(5));
            map.delete(1);
            map.store(2, value(6));
            map.clear();
            assert!(map.load(2).await.is_none());
        }));
    }
}

/// Empties an atomic value when it is dropped.
#[derive(Clone)]
struct Empties(Atomic<Option<Self>>, u32);

impl PartialEq for Empties {
    fn eq(&self, other: &Self) -> bool {
        self.1 == other.1
    }
}

impl Drop for Empties {
    fn drop(&mut self) {
        self.0.store(None);
    }
}

#[test]
fn what_an_atomic_value_was_may_use_it_when_it_is_dropped() {
    for run in RUNS {
        run(Box::pin(async {
            let atomic = Atomic::default();
            let value = |n| Some(Empties(atomic.clone(), n));
            atomic.store(value(1));
            atomic.store(value(2));
            assert!(atomic.load().await.is_none(), "the first has emptied it");
            assert!(!atomic.compare_and_swap(value(1), value(2)).await);
            assert!(atomic.compare_and_swap(None, value(3)).await);
            assert!(atomic.swap(None).await == value(3));
        }));
    }
}

/// Empties a variable when it is dropped.
#[derive(Clone)]
struct Clears(Var<Option<Self>>);

impl Drop for Clears {
    fn drop(&mut self) {
        self.0.set(None);
    }
}

#[test]
fn what_a_variable_was_may_use_it_when_it_is_dropped() {
    for run in RUNS {
        run(Box::pin(async {
            let var = Var::default();
            let value = || Some(Clears(var.clone()));
            var.atomic_store(value()).await;
            var.atomic_store(value()).await;
            assert!(var.get().is_none(), "the first has emptied it");
        }));
    }
}
