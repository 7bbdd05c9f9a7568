//! How a contender is started: natively `contender workload n` as arguments, in wasm the same words byte by byte.

use crate::workload::Workload;

/// What runs a workload: nanoseconds per operation, or bytes per task; `None` if it cannot express it.
pub type Measure = fn(Workload, u64) -> Option<f64>;

/// Runs `contender workload n` and gives its figure, if the contender can express the workload.
///
/// # Panics
///
/// If the words name nothing, or the workload's result is wrong.
pub fn run(words: &str, contenders: &[(&str, Measure)]) -> Option<f64> {
    let words: Vec<_> = words.split_whitespace().collect();
    let [contender, workload, n] = words[..] else { panic!("wanted: contender workload n") };
    let Some((_, measure)) = contenders.iter().find(|(name, _)| *name == contender) else {
        panic!("there is no contender {contender}")
    };
    let workload = Workload::named(workload).unwrap_or_else(|| panic!("there is no workload {workload}"));
    measure(workload, n.parse().expect("n is a number"))
}

/// Makes the entry points of a binary from its list of contenders.
#[macro_export]
macro_rules! contenders {
    ($($(#[$if:meta])* $name:literal => $measure:expr,)*) => {
        const CONTENDERS: &[(&str, $crate::entry::Measure)] = &[$($(#[$if])* ($name, $measure),)*];

        #[cfg(not(target_arch = "wasm32"))]
        fn main() {
            let words: Vec<_> = std::env::args().skip(1).collect();
            match $crate::entry::run(&words.join(" "), CONTENDERS) {
                Some(figure) => println!("{figure}"),
                None => println!("not expressible"),
            }
        }

        #[cfg(target_arch = "wasm32")]
        mod wasm {
            use std::cell::RefCell;

            thread_local! {
                static WORDS: RefCell<String> = const { RefCell::new(String::new()) };
            }

            /// Adds one character to the words that say what to run.
            #[unsafe(no_mangle)]
            extern "C" fn push(char: u8) {
                WORDS.with_borrow_mut(|words| words.push(char.into()));
            }

            /// Runs it. No number means that it is not expressible.
            #[unsafe(no_mangle)]
            extern "C" fn run() -> f64 {
                $crate::entry::run(&WORDS.take(), super::CONTENDERS).unwrap_or(f64::NAN)
            }
        }

        #[cfg(target_arch = "wasm32")]
        fn main() {}
    };
}

/// With few items, on one library of each kind; every workload checks its result.
#[cfg(test)]
mod tests {
    use super::{Measure, run};
    use crate::{
        channels::{Crossbeam, Flume, Tokio as TokioChannel},
        executors::{AsyncExecutor, Threads, Tokio2},
        workload::{Workload, shared, single},
    };

    const CONTENDERS: &[(&str, Measure)] = &[
        ("flume/async-executor", shared::<Flume, AsyncExecutor>),
        ("tokio/tokio-2", single::<TokioChannel, Tokio2>),
        ("crossbeam/threads", shared::<Crossbeam, Threads>),
    ];

    fn expressible(contender: &str) -> Vec<&'static str> {
        let names = Workload::NAMES.iter().map(|(_, name)| *name);
        names.filter(|name| run(&format!("{contender} {name} 200"), CONTENDERS).is_some()).collect()
    }

    #[test]
    fn a_channel_with_many_receivers_can_do_everything() {
        assert_eq!(expressible("flume/async-executor").len(), Workload::NAMES.len());
        assert_eq!(expressible("crossbeam/threads").len(), Workload::NAMES.len());
    }

    #[test]
    fn a_channel_with_one_receiver_leaves_out_what_it_cannot_do() {
        let missing = ["fan4", "park-shared", "mpmc"];
        let all = Workload::NAMES.iter().map(|(_, name)| *name).filter(|name| !missing.contains(name));
        assert_eq!(expressible("tokio/tokio-2"), all.collect::<Vec<_>>());
    }

    #[test]
    #[should_panic(expected = "there is no workload nothing")]
    fn an_unknown_workload_is_an_error() {
        run("flume/async-executor nothing 1", CONTENDERS);
    }
}
