//! fanin's runtimes.

use fanin::{go, rt};
use futures::FutureExt;
use peers::Executor;

macro_rules! executor {
    ($(#[$about:meta])* $name:ident, $main:ident => $run:expr) => {
        $(#[$about])*
        pub struct $name;

        impl Executor for $name {
            fn run<T: Send + 'static>($main: impl Future<Output = T> + Send + 'static) -> T {
                $run
            }

            fn spawn<T: Send + 'static>(
                task: impl Future<Output = T> + Send + 'static,
            ) -> impl Future<Output = T> + Send {
                // An async block would have room for the handle twice.
                go(task).map(|ended| ended.expect("the task returns"))
            }

            fn go(task: impl Future<Output = ()> + Send + 'static) {
                go(task);
            }
        }
    };
}

executor!(Local, main => rt::local::run(main));

#[cfg(not(any(target_arch = "wasm32", feature = "sim")))]
executor!(Threads, main => rt::threads::Config::new().workers(2).run(main));

#[cfg(feature = "sim")]
executor!(
    /// The simulator, without its limits.
    Recording,
    main => {
        use fanin::sim::{Config, Limits};
        let unlimited = Limits { steps: u32::MAX, events: u32::MAX, tasks: u32::MAX, ..Limits::default() };
        Config::new().limits(unlimited).run(main).value.expect("main returns")
    }
);
