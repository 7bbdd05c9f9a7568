//! Runs the contenders side by side and compares them: `make bench`.
//!
//! `bench` measures; `bench programs` lists what has to be built for that. `WORKLOAD` and `CONTENDER` choose, each a list with
//! commas; `ROUNDS` is 5 unless it is set. `BENCH_DIR` is the folder of the programs and of the results.

mod contender;
mod figures;
mod goal;
mod report;
mod row;
mod run;

use contender::Contender;
use figures::Figures;
use row::Row;
use std::{collections::BTreeSet, env, fs, io, path::PathBuf};

/// What a variable of the environment chooses: everything if it is not set.
struct Choice(Option<String>);

impl Choice {
    fn of(variable: &str) -> Self {
        Self(env::var(variable).ok().filter(|words| !words.is_empty()))
    }

    fn has(&self, test: impl Fn(&str) -> bool) -> bool {
        self.0.as_ref().is_none_or(|words| words.split(',').any(|word| test(word.trim())))
    }
}

fn selection() -> Vec<(Row, Vec<Contender>)> {
    let (workloads, contenders) = (Choice::of("WORKLOAD"), Choice::of("CONTENDER"));
    let rows = row::all().into_iter().filter(|row| workloads.has(|word| row.is_called(word)));
    rows.map(|row| {
        let all = contender::of(&row).into_iter();
        (row, all.filter(|c| contenders.has(|word| c.is_called(word))).collect())
    })
    .collect()
}

fn main() -> io::Result<()> {
    let selection = selection();
    if env::args().nth(1).as_deref() == Some("programs") {
        let programs: BTreeSet<_> =
            selection.iter().flat_map(|(_, cs)| cs).map(|c| c.program.name()).collect();
        println!("{}", programs.into_iter().collect::<Vec<_>>().join(" "));
        return Ok(());
    }
    let dir = PathBuf::from(env::var_os("BENCH_DIR").expect("BENCH_DIR is set"));
    let rounds = env::var("ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(5);
    if !contender::has_taskset() {
        eprintln!("without taskset: what is to stay on one core may move");
    }
    let mut results = fs::File::create(dir.join("results.jsonl"))?;
    let mut measured = Vec::new();
    for (row, contenders) in selection {
        eprintln!("{}: {} contenders, {rounds} rounds", row.name, contenders.len());
        let figures: Vec<Figures> = run::side_by_side(&dir, &row, &contenders, rounds)?;
        report::json(&mut results, &row, &figures)?;
        measured.push((row, figures));
    }
    report::tables(&measured);
    eprintln!("one JSON object a line: {}", dir.join("results.jsonl").display());
    Ok(())
}
