//! The random programs in Go: whatever is observed there, the exploration has seen. The semaphores, groups and shared
//! calls are those of golang.org/x/sync.
//!
//! `make go-differential` takes 300 programs, 200 times each; a plain `cargo test` a few of them, where a Go with
//! these packages is on the path. Each run goes on until no goroutine can move, which Go's own dump of all of them tells.

use crate::{
    program::{Mix, Program, Step},
    world::observed,
};
use fanin::{
    explore::{Explorer, Verdict},
    sim::Config,
};
use std::{
    collections::BTreeSet,
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What every program needs, and the program that runs them.
const HARNESS: &str = include_str!("harness.go");

/// What is no package of the standard library comes with Go's own tools all the same: the very source.
const BORROWED: [&str; 3] = [
    "cmd/vendor/golang.org/x/sync/errgroup/errgroup.go",
    "cmd/vendor/golang.org/x/sync/semaphore/semaphore.go",
    "internal/singleflight/singleflight.go",
];

/// Copies these packages beside the program that imports them.
fn borrow(sources: &Path, folder: &Path) {
    for path in BORROWED.map(Path::new) {
        let package = path.parent().and_then(Path::file_name).expect("a folder");
        fs::create_dir_all(folder.join(package)).expect("a folder in target");
        let file = folder.join(package).join(path.file_name().expect("a file"));
        fs::copy(sources.join(path), file).expect("the source is copied");
    }
}

fn statement(step: Step, value: u32) -> String {
    match step {
        Step::Send(a) => format!("ch{a} <- {value}"),
        Step::Recv(a) => format!("t.got(receive(ch{a}))"),
        Step::Close(a) => format!("close(ch{a})"),
        Step::SelectRecv(a, b) => format!(
            "select {{\n\tcase v, ok := <-ch{a}:\n\t\tt.took(0, v, ok)\n\tcase v, ok := <-ch{b}:\n\t\tt.took(1, v, ok)\n\t}}"
        ),
        Step::SelectSendRecv(a, b) => format!(
            "select {{\n\tcase ch{a} <- {value}:\n\t\tt.log(\"case 0\")\n\tcase v, ok := <-ch{b}:\n\t\tt.took(1, v, ok)\n\t}}"
        ),
        Step::TrySend(a) => format!(
            "select {{\n\tcase ch{a} <- {value}:\n\t\tt.log(\"case 0\")\n\tdefault:\n\t\tt.log(\"default\")\n\t}}"
        ),
        Step::TryRecv(a) => format!(
            "select {{\n\tcase v, ok := <-ch{a}:\n\t\tt.took(0, v, ok)\n\tdefault:\n\t\tt.log(\"default\")\n\t}}"
        ),
        Step::Len(a) => format!("t.yieldIf(len(ch{a}) > 0)"),
        Step::Done => "w.wg.Done()".into(),
        Step::Wait => "w.wg.Wait()".into(),
        Step::Cancel => "w.cancel()".into(),
        Step::AwaitCancel => "<-w.ctx.Done()\n\tt.log(\"drained\")".into(),
        Step::Err => "t.yieldIf(w.ctx.Err() != nil)".into(),
        Step::RecvOrCancel(a) => format!(
            "select {{\n\tcase v, ok := <-ch{a}:\n\t\tt.took(0, v, ok)\n\tcase <-w.ctx.Done():\n\t\tt.took(1, 0, false)\n\t}}"
        ),
        Step::Yield => "t.yieldIf(true)".into(),
        Step::Critical(a) => format!("w.mu[{a}].Lock()\n\tw.mu[{a}].Unlock()"),
        Step::Nested(a, b) => {
            format!("w.mu[{a}].Lock()\n\tw.mu[{b}].Lock()\n\tw.mu[{b}].Unlock()\n\tw.mu[{a}].Unlock()")
        }
        Step::TryLock(a) => {
            format!(
                "if w.mu[{a}].TryLock() {{\n\t\tw.mu[{a}].Unlock()\n\t}} else {{\n\t\tt.yieldIf(true)\n\t}}"
            )
        }
        Step::Read => "w.rw.RLock()\n\tw.rw.RUnlock()".into(),
        Step::Write => "w.rw.Lock()\n\tw.rw.Unlock()".into(),
        Step::Bump => "w.count.Add(1)".into(),
        Step::Load => "t.yieldIf(w.count.Load() > 0)".into(),
        Step::CondWait => "w.mu[0].Lock()\n\tw.cond.Wait()\n\tw.mu[0].Unlock()".into(),
        Step::Signal => "w.cond.Signal()".into(),
        Step::Once => "w.once.Do(func() { t.yieldIf(true) })".into(),
        Step::Take(n) => format!("t.yieldIf(w.semaphore.Acquire(w.ctx, {n}) != nil)"),
        Step::Borrow(n) => format!(
            "if w.semaphore.Acquire(w.ctx, {n}) == nil {{\n\t\tw.semaphore.Release({n})\n\t}} else {{\n\t\tt.yieldIf(true)\n\t}}"
        ),
        Step::TryTake(n) => format!("t.yieldIf(!w.semaphore.TryAcquire({n}))"),
        Step::Shared => "t.share(w)".into(),
        Step::Group(a) => format!("t.group(w, ch{a})"),
        _ => unreachable!("not drawn for Go: {step:?}"),
    }
}

/// The programs as one Go program, which runs the one that its first argument tells.
fn source(programs: &[Program]) -> String {
    let mut text = HARNESS.to_string();
    for (n, program) in programs.iter().enumerate() {
        let _infallible = write!(text, "\nfunc program{n}(w *world) {{\n");
        for (i, cap) in program.caps.iter().enumerate() {
            let _infallible = write!(text, "\tch{i} := make(chan uint32, {cap})\n\t_ = ch{i}\n");
        }
        for (i, steps) in program.tasks.iter().enumerate() {
            text.push_str("\tw.task(func(t *task) {\n");
            for (j, step) in steps.iter().enumerate() {
                let value = (i * 10 + j) as u32;
                let _infallible = writeln!(text, "\tt.pause()\n\t{}", statement(*step, value));
            }
            text.push_str("\t})\n");
        }
        text.push_str("}\n");
    }
    text.push_str("\nvar programs = []func(*world){\n");
    for n in 0..programs.len() {
        let _infallible = writeln!(text, "\tprogram{n},");
    }
    text + "}\n"
}

/// Go, and where its sources are, if there is one that has those: what `FANIN_GO` names, or what is on the path.
fn compiler() -> Option<(String, PathBuf)> {
    let go = env::var("FANIN_GO").unwrap_or_else(|_| "go".into());
    let root = Command::new(&go).args(["env", "GOROOT"]).env("GOTOOLCHAIN", "local").output().ok()?;
    let sources = Path::new(String::from_utf8(root.stdout).ok()?.trim()).join("src");
    BORROWED.iter().all(|path| sources.join(path).exists()).then_some((go, sources))
}

fn number(name: &str, otherwise: u32) -> u32 {
    env::var(name).map_or(otherwise, |n| n.parse().expect("a number"))
}

fn explored(program: &Program) -> Option<BTreeSet<String>> {
    let explorer = Explorer::new().max_executions(20_000);
    let mut exploration = explorer.start(|config: Config| config.start(program.clone().main()));
    let mut outcomes = BTreeSet::new();
    while exploration.advance() {
        outcomes.extend(exploration.last().map(observed));
    }
    (exploration.report().verdict == Verdict::Complete).then_some(outcomes)
}

#[test]
fn go_shows_nothing_that_the_exploration_has_not_seen() {
    let Some((go, sources)) = compiler() else {
        eprintln!("no Go as new as these programs need: nothing was compared; make go-differential gets one");
        return;
    };
    let (wanted, runs) = (number("FANIN_GO_PROGRAMS", 10), number("FANIN_GO_RUNS", 50));
    let small = (0..).map(|seed| Program::random(seed, Mix::Go));
    let small = small.filter_map(|program| explored(&program).map(|outcomes| (program, outcomes)));
    let (programs, explored): (Vec<_>, Vec<_>) = small.take(wanted as usize).unzip();

    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("go-differential");
    fs::create_dir_all(&folder).expect("a folder in target");
    fs::write(folder.join("main.go"), source(&programs)).expect("the source is written");
    borrow(&sources, &folder);
    fs::write(folder.join("go.mod"), "module differential\n\ngo 1.19\n").expect("the module is written");
    let mut build = Command::new(&go);
    let built =
        build.current_dir(&folder).env("GOTOOLCHAIN", "local").args(["build", "-o", "differential", "."]);
    assert!(built.status().expect("Go builds").success());

    let (mut seen, mut known) = (0, 0);
    for (n, (program, explored)) in programs.iter().zip(&explored).enumerate() {
        let run = Command::new(folder.join("differential")).args([n.to_string(), runs.to_string()]).output();
        let out = run.expect("the Go program runs");
        assert!(out.status.success(), "{program:?}: {}", String::from_utf8_lossy(&out.stderr));
        let text = String::from_utf8(out.stdout).expect("text");
        let observed: BTreeSet<String> = text.lines().map(String::from).collect();
        let surprises: Vec<_> = observed.difference(explored).collect();
        assert!(surprises.is_empty(), "Go did {surprises:?}, of {program:?}, which has {explored:#?}");
        seen += observed.len();
        known += explored.len();
    }
    eprintln!(
        "{wanted} programs, {runs} runs each: Go showed {seen} of the {known} outcomes that were explored"
    );
    assert!(seen > programs.len(), "no program had two outcomes in Go");
}
