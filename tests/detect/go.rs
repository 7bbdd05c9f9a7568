//! The data races that are found are those that Go's own race detector finds.
//!
//! `tests/detect/go_races.txt` says in which of some random programs Go's detector reported a race. It is written
//! anew by `GO=/path/to/go cargo test --test detect go::`, which writes the programs in Go and runs them.

use super::plain::{Program, Step};
use fanin::{
    detect::{Kind, findings},
    explore::{Explorer, Verdict},
    sim::Config,
};
use std::{
    collections::BTreeSet,
    fmt::{self, Write},
    fs,
    path::Path,
    process::Command,
};

const PROGRAMS: u64 = 1_200;

/// Executions with a data race, and without.
fn explored(program: &Program) -> (u32, u32) {
    let mut exploration = Explorer::new().start(|config: Config| config.start(program.clone().main()));
    let (mut with, mut without) = (0, 0);
    while exploration.advance() {
        if let Some(recording) = exploration.last() {
            let races = findings(&recording.events).iter().any(|f| f.kind == Kind::DataRace);
            *(if races { &mut with } else { &mut without }) += 1;
        }
    }
    assert_eq!(exploration.report().verdict, Verdict::Complete);
    (with, without)
}

/// Go sees one schedule: what races in all of them it reports, and what races in none it does not.
#[test]
fn what_is_found_is_what_go_finds() {
    if let Some(go) = std::env::var_os("GO") {
        write_verdicts(Path::new(&go));
    }
    let verdicts = fs::read_to_string("tests/detect/go_races.txt").expect("the file is there");
    let numbers = verdicts.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    let in_go: BTreeSet<u64> = numbers.map(|n| n.parse().expect("a number")).collect();
    let (mut always, mut never) = (0, 0);
    for seed in 0..PROGRAMS {
        let program = Program::random(seed);
        match explored(&program) {
            (0, _) => {
                assert!(!in_go.contains(&seed), "Go finds a race, seed {seed}: {program:?}");
                never += 1;
            }
            (_, 0) => {
                assert!(in_go.contains(&seed), "Go finds no race, seed {seed}: {program:?}");
                always += 1;
            }
            _ => {}
        }
    }
    assert!(always > 100 && never > 100, "{always} with a race, {never} without");
}

fn write_verdicts(go: &Path) {
    let folder = std::env::temp_dir().join("fanin-go-races");
    fs::create_dir_all(&folder).expect("the folder can be made");
    fs::write(folder.join("go.mod"), "module races\n\ngo 1.19\n").expect("the file can be written");
    fs::write(folder.join("main.go"), in_go()).expect("the file can be written");
    let built = Command::new(go).args(["build", "-race", "-o", "races", "."]).current_dir(&folder).status();
    assert!(built.expect("Go is there").success(), "the programs compile");
    let mut run = Command::new(folder.join("races"));
    run.env("GORACE", "history_size=7 suppress_equal_stacks=0 exitcode=0");
    let told = run.output().expect("the programs run");
    let (mut races, mut program) = (BTreeSet::new(), 0);
    for line in String::from_utf8_lossy(&told.stderr).lines() {
        if let Some(seed) = line.strip_prefix("PROGRAM ") {
            program = seed.parse::<u64>().expect("a number");
        } else if line.contains("WARNING: DATA RACE") {
            races.insert(program);
        }
    }
    let version = Command::new(go).arg("version").output().expect("Go is there").stdout;
    let version = String::from_utf8_lossy(&version);
    let mut text = format!(
        "# The programs of tests/explore/plain.rs, of {PROGRAMS}, in which Go's race detector reports a race.\n# {}",
        version.trim()
    );
    for (i, seed) in races.iter().enumerate() {
        let _infallible = write!(text, "{}{seed}", if i % 20 == 0 { "\n" } else { " " });
    }
    fs::write("tests/detect/go_races.txt", text + "\n").expect("the file can be written");
}

/// One Go program that runs all of them, and says which one comes.
fn in_go() -> String {
    let mut text = String::from(
        "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\t\"runtime\"\n\t\"sync\"\n\t\"sync/atomic\"\n\t\"time\"\n)\n\n\
         // What a goroutine saw is not thrown away.\nvar sink [4]int64\n\nfunc main() {\n",
    );
    let bodies = |text: &mut String| -> fmt::Result {
        for seed in 0..PROGRAMS {
            let Program { cap, tasks } = Program::random(seed);
            writeln!(
                text,
                "fmt.Fprintln(os.Stderr, \"PROGRAM\", {seed})\nfunc() {{\nvar x0, x1, flag int64"
            )?;
            writeln!(
                text,
                "var mu sync.Mutex\nch := make(chan int64, {cap})\n_, _, _, _, _ = &x0, &x1, &flag, &mu, ch"
            )?;
            for (id, steps) in (1..).zip(tasks) {
                writeln!(text, "go func() {{\nseen := int64({id})")?;
                for step in steps {
                    text.push_str(&statement(step, id));
                }
                writeln!(text, "atomic.StoreInt64(&sink[{id}], seen)\n}}()")?;
            }
            writeln!(text, "}}()\ntime.Sleep(10 * time.Millisecond)")?;
        }
        Ok(())
    };
    bodies(&mut text).expect("a text takes all");
    text + "runtime.Gosched()\n}\n"
}

fn statement(step: Step, id: i64) -> String {
    match step {
        Step::Get(x) => format!("seen = 10*seen + x{x}%10\n"),
        Step::Set(x) => format!("x{x} = seen\n"),
        Step::Locked(x) => format!("mu.Lock()\nx{x} = 10*x{x} + {id}\nmu.Unlock()\n"),
        Step::Store => "atomic.StoreInt64(&flag, seen)\n".into(),
        Step::Load => "seen = 10*seen + atomic.LoadInt64(&flag)%10\n".into(),
        Step::Send => "ch <- seen\n".into(),
        Step::Recv => "seen = 10*seen + (<-ch)%10\n".into(),
        Step::Yield => "runtime.Gosched()\n".into(),
    }
}
