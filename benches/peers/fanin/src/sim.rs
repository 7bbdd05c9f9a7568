//! The simulator, which records every run.

use fanin::{
    go,
    sim::{Config, Limits},
};
use peers::Executor;

pub struct Recording;

impl Executor for Recording {
    fn run<T: Send + 'static>(main: impl Future<Output = T> + Send + 'static) -> T {
        let unlimited = Limits { steps: u32::MAX, events: u32::MAX, tasks: u32::MAX, ..Limits::default() };
        Config::new().limits(unlimited).run(main).value.expect("main returns")
    }

    fn spawn<T: Send + 'static>(
        task: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = T> + Send {
        let handle = go(task);
        async move { handle.await.expect("the task returns") }
    }

    fn go(task: impl Future<Output = ()> + Send + 'static) {
        go(task);
    }
}
