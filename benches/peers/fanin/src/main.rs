//! fanin on its runtimes.

mod channels;
mod executors;

use channels::Fanin;
use executors::Local;
use peers::workload::shared;

#[cfg(not(feature = "sim"))]
peers::contenders! {
    "fanin/local" => shared::<Fanin, Local>,
    #[cfg(not(target_arch = "wasm32"))]
    "fanin/threads" => shared::<Fanin, executors::Threads>,
}

#[cfg(feature = "sim")]
peers::contenders! {
    "fanin/probe-off" => shared::<Fanin, Local>,
    "fanin/recording" => shared::<Fanin, executors::Recording>,
}

/// With few items; every workload checks its result.
#[cfg(test)]
#[test]
fn fanin_can_do_everything() {
    for (contender, _) in CONTENDERS {
        for (_, workload) in peers::workload::Workload::NAMES {
            let words = format!("{contender} {workload} 200");
            assert!(peers::entry::run(&words, CONTENDERS).is_some(), "{words}");
        }
    }
}
