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
    ($($name:literal => $measure:expr,)*) => {
        const CONTENDERS: &[(&str, $crate::entry::Measure)] = &[$(($name, $measure),)*];

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
