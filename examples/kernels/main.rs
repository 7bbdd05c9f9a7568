//! Bugs of well-known Go programs, each found by exploring every interleaving, and gone in the repaired form.
//!
//! `--json` prints one object a line; any other argument selects the kernels whose id contains it.
//! It fails if anything else is found than what is known to be wrong.
//!
//! The kernels are modelled after GoKer: "GoBench: A Benchmark Suite of Real-World Go Concurrency Bugs"
//! (CGO 2021, doi 10.1109/CGO51591.2021.9370317).

#[path = "registry.rs"]
mod registry;

use fanin::{
    detect::{Finding, Kind},
    explore::{Report, Verdict},
};
use registry::{Form, KERNELS, Kernel, kinds};
use serde_json::json;
use std::{env, process::ExitCode, time::Instant};

/// One form of a kernel, explored.
struct Row {
    id: &'static str,
    form: Form,
    report: Report,
    ms: f64,
}

impl Row {
    #[expect(clippy::disallowed_methods, reason = "no runtime is current: this measures the exploration")]
    fn of(kernel: &Kernel, form: Form) -> Self {
        let start = Instant::now();
        let report = kernel.explore(form);
        let ms = start.elapsed().as_secs_f64() * 1e3;
        Self { id: kernel.id, form, report, ms }
    }

    fn complete(&self) -> bool {
        self.report.verdict == Verdict::Complete
    }

    fn shortest(&self) -> Option<u32> {
        self.report.findings.iter().map(|found| found.length).min()
    }

    fn json(&self) -> String {
        let findings = self.report.findings.iter().map(|found| message(&found.finding));
        json!({
            "id": self.id,
            "form": self.form.to_string(),
            "verdict": self.report.verdict.to_string(),
            "complete": self.complete(),
            "findings": findings.collect::<Vec<_>>(),
            "executions": self.report.executions,
            "shortest": self.shortest(),
            "ms": self.ms,
        })
        .to_string()
    }

    fn text(&self) -> String {
        let verdict = if self.complete() { "complete" } else { "bounded" };
        let kinds: Vec<_> = kinds(&self.report).into_iter().map(Kind::word).collect();
        let found = if kinds.is_empty() { "nothing".to_string() } else { kinds.join(", ") };
        let shortest = self.shortest().map_or("-".into(), |n| n.to_string());
        let (id, form, runs, ms) = (self.id, self.form, self.report.executions, self.ms);
        format!("{id:<18} {form:<9} {verdict:<9} {found:<18} {runs:>10} {shortest:>9} {ms:>10.1}")
    }
}

/// With its lines: the same can happen at two of them.
fn message(finding: &Finding) -> String {
    let places: Vec<_> = finding.places.iter().map(ToString::to_string).collect();
    format!("{}: {} ({})", finding.kind.word(), finding.message, places.join(", "))
}

fn main() -> ExitCode {
    let (flags, parts): (Vec<_>, Vec<_>) = env::args().skip(1).partition(|arg| arg.starts_with('-'));
    if let Some(flag) = flags.iter().find(|flag| *flag != "--json") {
        eprintln!("{flag} is not known: there is --json, and a part of a kernel's id");
        return ExitCode::FAILURE;
    }
    if let Some(part) = parts.iter().find(|part| !KERNELS.iter().any(|k| k.id.contains(*part))) {
        eprintln!("no kernel has {part} in its id: without it, all are listed");
        return ExitCode::FAILURE;
    }
    let json = !flags.is_empty();
    if !json {
        println!("kernel             form      verdict   found              executions  shortest         ms");
    }
    let selected = |kernel: &&Kernel| parts.is_empty() || parts.iter().any(|part| kernel.id.contains(part));
    let mut surprise = false;
    for kernel in KERNELS.iter().filter(selected) {
        for form in [Form::Buggy, Form::Repaired] {
            let row = Row::of(kernel, form);
            println!("{}", if json { row.json() } else { row.text() });
            if let Err(why) = kernel.judge(form, &row.report) {
                eprintln!("{why}");
                surprise = true;
            }
        }
    }
    if surprise { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
