//! async-executor, on the calling thread or on two.

use crate::Executor;
use async_executor::LocalExecutor;
use futures::executor::block_on;
use std::future::Future;

thread_local! {
    static LOCAL: LocalExecutor<'static> = const { LocalExecutor::new() };
}

pub struct AsyncExecutor;

impl Executor for AsyncExecutor {
    fn run<T: Send + 'static>(main: impl Future<Output = T> + Send + 'static) -> T {
        LOCAL.with(|executor| block_on(executor.run(main)))
    }

    fn spawn<T: Send + 'static>(
        task: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = T> + Send {
        LOCAL.with(|executor| executor.spawn(task))
    }

    fn go(task: impl Future<Output = ()> + Send + 'static) {
        LOCAL.with(|executor| executor.spawn(task)).detach();
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use two::AsyncExecutor2;

#[cfg(not(target_arch = "wasm32"))]
mod two {
    use super::{Executor, Future, block_on};
    use async_executor::Executor as Shared;
    use std::{future::pending, sync::Once, thread};

    static SHARED: Shared<'static> = Shared::new();
    static START: Once = Once::new();

    pub struct AsyncExecutor2;

    impl Executor for AsyncExecutor2 {
        fn run<T: Send + 'static>(main: impl Future<Output = T> + Send + 'static) -> T {
            START.call_once(|| {
                for _ in 0..2 {
                    #[allow(clippy::disallowed_methods, reason = "this executor brings no threads")]
                    thread::spawn(|| block_on(SHARED.run(pending::<()>())));
                }
            });
            block_on(main)
        }

        fn spawn<T: Send + 'static>(
            task: impl Future<Output = T> + Send + 'static,
        ) -> impl Future<Output = T> + Send {
            SHARED.spawn(task)
        }

        fn go(task: impl Future<Output = ()> + Send + 'static) {
            SHARED.spawn(task).detach();
        }
    }
}
