//! fanin's executions a second, natively or in wasm, where JavaScript lends the clock: `rate PROGRAM` prints the best of
//! five rounds, for a program of [`PROGRAMS`].
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the real clock")]

use explorers::{Explored, fanin_programs as programs};

const ROUNDS: usize = 5;

const PROGRAMS: [(&str, fn() -> Explored); 6] = [
    ("lockers", || programs::search(|| programs::lockers(3, 3, 1))),
    ("lockers-every", || programs::every(|| programs::lockers(2, 3, 1))),
    ("lockers-random", || programs::random(|| programs::lockers(2, 3, 1))),
    ("pipe-every", || programs::every(|| programs::pipe(2, 0))),
    ("pipe-random", || programs::random(|| programs::pipe(2, 0))),
    ("pipe-4-random", || programs::random(|| programs::pipe(4, 0))),
];

fn rate(name: &str) -> f64 {
    let named = PROGRAMS.iter().find(|(program, _)| *program == name);
    let (_, explore) = named.unwrap_or_else(|| panic!("there is no program {name}"));
    let rates = (0..ROUNDS).map(|_| {
        let start = clock::seconds();
        let explored = explore();
        explored.executions as f64 / (clock::seconds() - start)
    });
    rates.fold(0.0, f64::max).round()
}

#[cfg(not(target_arch = "wasm32"))]
mod clock {
    use std::{sync::LazyLock, time::Instant};

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);

    pub fn seconds() -> f64 {
        START.elapsed().as_secs_f64()
    }
}

#[cfg(target_arch = "wasm32")]
mod clock {
    #[link(wasm_import_module = "bench")]
    unsafe extern "C" {
        /// `performance.now()`, in milliseconds.
        safe fn now() -> f64;
    }

    pub fn seconds() -> f64 {
        now() / 1e3
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    let name = std::env::args().nth(1).expect("the name of a program");
    println!("{}", rate(&name));
}

#[cfg(target_arch = "wasm32")]
mod wasm {
    use std::cell::RefCell;

    thread_local! {
        static NAME: RefCell<String> = const { RefCell::new(String::new()) };
    }

    /// Adds one character to the name of the program.
    #[unsafe(no_mangle)]
    extern "C" fn push(char: u8) {
        NAME.with_borrow_mut(|name| name.push(char.into()));
    }

    /// Explores it, and tells the rate.
    #[unsafe(no_mangle)]
    extern "C" fn run() -> f64 {
        super::rate(&NAME.take())
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}
