//! Who takes part in a row, and how each is started.

use crate::row::{Place, Row};
use std::{path::Path, process::Command};

/// A program that runs contenders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    Native(&'static str),
    /// A module of Rust, run by node.
    Wasm(&'static str),
    /// Go's own wasm, run by node.
    GoWasm,
}

impl Program {
    /// The name of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native(name) | Self::Wasm(name) => name,
            Self::GoWasm => "go.wasm",
        }
    }
}

/// A library on an executor, or Go.
#[derive(Clone, Copy, Debug)]
pub struct Contender {
    pub library: &'static str,
    pub executor: &'static str,
    pub program: Program,
    /// It does this part of the work only, because it would take too long or too much memory.
    pub share: u64,
}

const fn native(program: &'static str, library: &'static str, executor: &'static str) -> Contender {
    Contender { library, executor, program: Program::Native(program), share: 1 }
}

const LIBRARIES: [&str; 5] = ["kanal", "flume", "async-channel", "futures", "tokio"];

/// Those who can take part in a row.
pub fn of(row: &Row) -> Vec<Contender> {
    let peers = |program: Program, executors: &'static [&'static str]| {
        LIBRARIES.into_iter().flat_map(move |library| {
            executors.iter().map(move |executor| Contender { library, executor, program, share: 1 })
        })
    };
    let one = &["local-pool", "tokio", "async-executor"];
    let crossbeam = native("peers-threads", "crossbeam-channel", "threads");
    match row.place {
        Place::OneThread => {
            let mut all = vec![
                native("fanin", "fanin", "local"),
                native("fanin-sim", "fanin", "probe-off"),
                Contender { share: 100, ..native("fanin-sim", "fanin", "recording") },
                native("go-bench", "go", "1"),
            ];
            all.extend(peers(Program::Native("peers"), one));
            // Where there are several tasks, one thread cannot be its executor.
            all.extend(["sel2", "sel8"].contains(&row.workload).then_some(crossbeam));
            all
        }
        Place::TwoThreads => {
            let mut all = vec![native("fanin", "fanin", "threads"), native("go-bench", "go", "2")];
            all.extend(peers(Program::Native("peers-threads"), &["tokio-2", "async-executor-2"]));
            all.push(crossbeam);
            all
        }
        Place::Wasm => {
            let fanin = Contender { program: Program::Wasm("fanin.wasm"), ..native("", "fanin", "local") };
            let go = Contender { program: Program::GoWasm, ..native("", "go", "1") };
            [fanin, go].into_iter().chain(peers(Program::Wasm("peers.wasm"), one)).collect()
        }
    }
}

impl Contender {
    /// Whether `word` is its library, or library and executor.
    pub fn is_called(&self, word: &str) -> bool {
        word == self.library || word == self.name()
    }

    pub fn name(&self) -> String {
        format!("{}/{}", self.library, self.executor)
    }

    /// Whether this is the one of fanin's that the goals are about.
    pub fn stands_for_fanin(&self) -> bool {
        self.library == "fanin" && ["local", "threads"].contains(&self.executor)
    }

    /// Neither fanin nor Go.
    pub fn is_peer(&self) -> bool {
        !["fanin", "go"].contains(&self.library)
    }

    /// What runs a row.
    pub fn command(&self, dir: &Path, row: &Row) -> Command {
        let file = dir.join(self.program.name());
        let mut command = match self.program {
            Program::Native(_) if row.place == Place::OneThread && has_taskset() => {
                let mut command = Command::new("taskset");
                command.args(["-c", "1"]).arg(file);
                command
            }
            Program::Native(_) => Command::new(file),
            Program::Wasm(_) => {
                let mut command = Command::new("node");
                command.arg("benches/wasm/run.mjs").arg(file);
                command
            }
            Program::GoWasm => {
                let mut command = Command::new("node");
                command.arg("benches/wasm/go.mjs").arg(dir.join("wasm_exec.js")).arg(file);
                command
            }
        };
        if self.library == "go" {
            command.env("GOMAXPROCS", self.executor);
        }
        command.arg(self.name()).arg(row.workload).arg((row.n / self.share).to_string());
        command
    }
}

/// Whether a program can be kept on one core.
pub fn has_taskset() -> bool {
    Command::new("taskset").args(["-c", "1", "true"]).status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row;

    #[test]
    fn a_contender_is_called_by_library_or_in_full() {
        let go = native("go-bench", "go", "2");
        assert!(go.is_called("go") && go.is_called("go/2"));
        assert!(!go.is_called("go/1") && !go.is_called("g"));
    }

    #[test]
    fn every_row_has_fanin_go_and_others() {
        for row in row::all() {
            let contenders = of(&row);
            let count = |which: fn(&Contender) -> bool| contenders.iter().filter(|c| which(c)).count();
            assert_eq!(count(Contender::stands_for_fanin), 1, "{}", row.name);
            assert_eq!(count(|c| c.library == "go"), 1, "{}", row.name);
            assert!(count(Contender::is_peer) >= 10, "{}", row.name);
        }
    }
}
