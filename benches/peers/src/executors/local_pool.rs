//! futures' `LocalPool`.

use crate::Executor;
use futures::{
    executor::{LocalPool as Pool, LocalSpawner},
    task::LocalSpawnExt,
};
use std::{cell::RefCell, future::Future};

thread_local! {
    static SPAWNER: RefCell<Option<LocalSpawner>> = const { RefCell::new(None) };
}

pub struct LocalPool;

fn with<R>(f: impl FnOnce(&LocalSpawner) -> R) -> R {
    SPAWNER.with_borrow(|spawner| f(spawner.as_ref().expect("inside of run")))
}

impl Executor for LocalPool {
    fn run<T: Send + 'static>(main: impl Future<Output = T> + Send + 'static) -> T {
        let mut pool = Pool::new();
        SPAWNER.set(Some(pool.spawner()));
        pool.run_until(main)
    }

    fn spawn<T: Send + 'static>(
        task: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = T> + Send {
        with(|spawner| spawner.spawn_local_with_handle(task)).expect("the pool runs")
    }

    fn go(task: impl Future<Output = ()> + Send + 'static) {
        with(|spawner| spawner.spawn_local(task)).expect("the pool runs");
    }
}
