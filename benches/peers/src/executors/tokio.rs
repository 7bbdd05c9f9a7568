//! tokio, on the calling thread or on two.

use crate::Executor;
use futures::FutureExt;
use std::future::Future;
use tokio::runtime::Builder;

macro_rules! executor {
    ($name:ident, $builder:expr) => {
        pub struct $name;

        impl Executor for $name {
            fn run<T: Send + 'static>(main: impl Future<Output = T> + Send + 'static) -> T {
                $builder.build().expect("a runtime").block_on(main)
            }

            fn spawn<T: Send + 'static>(
                task: impl Future<Output = T> + Send + 'static,
            ) -> impl Future<Output = T> + Send {
                // An async block would have room for the handle twice.
                tokio::spawn(task).map(|ended| ended.expect("the task returns"))
            }

            fn go(task: impl Future<Output = ()> + Send + 'static) {
                tokio::spawn(task);
            }
        }
    };
}

executor!(Tokio, Builder::new_current_thread());
#[cfg(not(target_arch = "wasm32"))]
executor!(Tokio2, Builder::new_multi_thread().worker_threads(2));
