//! A thread for each task.

use crate::Executor;
use futures::{channel::oneshot, executor::block_on};
use std::{future::Future, thread};

pub struct Threads;

impl Executor for Threads {
    fn run<T: Send + 'static>(main: impl Future<Output = T> + Send + 'static) -> T {
        block_on(main)
    }

    fn spawn<T: Send + 'static>(
        task: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = T> + Send {
        let (result, joined) = oneshot::channel();
        Self::go(async move {
            let _ = result.send(task.await);
        });
        async move { joined.await.expect("the task returns") }
    }

    #[allow(clippy::disallowed_methods, reason = "here a task is a thread")]
    fn go(task: impl Future<Output = ()> + Send + 'static) {
        thread::spawn(|| block_on(task));
    }
}
