//! Each statement about Go's behaviour has a test, and the table in `tests/conformance/README.md` says which.
//!
//! `BLESS=1 cargo test --test tidy statements` writes the table anew.

use super::source::{Source, file, files};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

const LIST: &str = "tests/conformance/statements.txt";
const TABLE: &str = "tests/conformance/README.md";

/// A statement: its number, and what it says.
struct Statement {
    id: String,
    says: String,
}

/// A test, by the file that it is in, and where it runs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Test {
    file: String,
    name: String,
    runs: &'static str,
}

const EVERYWHERE: &str = "simulator, one thread, many threads, browser";
const SIMULATOR: &str = "simulator";
const NATIVELY: &str = "natively";

/// The sections of the list, each with its title.
fn sections(list: &str) -> Vec<(String, Vec<Statement>)> {
    let mut sections = Vec::new();
    for line in list.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        match line.split_once(' ') {
            Some((key, title)) if key.ends_with(':') => sections.push((title.to_string(), Vec::new())),
            Some((id, says)) => {
                let (_, statements) = sections.last_mut().expect("a section comes first");
                statements.push(Statement { id: id.into(), says: says.into() });
            }
            None => panic!("no statement: {line}"),
        }
    }
    sections
}

/// The number that the name of a test begins with: `CTX-04` of `ctx_04_cancel_is_idempotent`.
fn number(name: &str) -> Option<String> {
    let (section, rest) = name.split_once('_')?;
    let number = rest.split('_').next().filter(|n| n.len() == 2 && n.bytes().all(|b| b.is_ascii_digit()))?;
    Some(format!("{}-{number}", section.to_uppercase()))
}

/// The tests of a file, by the number of their statement.
fn tests(source: &Source, found: &mut BTreeMap<String, BTreeSet<Test>>) {
    let mut runs = NATIVELY;
    for line in source.text.lines() {
        match line {
            "conformance! {" => runs = EVERYWHERE,
            "sim_only! {" => runs = SIMULATOR,
            "}" => runs = NATIVELY,
            _ => {}
        }
        let Some((_, rest)) = line.split_once("fn ") else { continue };
        let name = rest.split('(').next().unwrap_or_default();
        if let Some(id) = number(name) {
            let (file, name) = (source.path.clone(), name.to_string());
            found.entry(id).or_default().insert(Test { file, name, runs });
        }
    }
}

fn all_tests() -> BTreeMap<String, BTreeSet<Test>> {
    let mut found = BTreeMap::new();
    let mut sources = files(&["rs"]);
    sources.retain(|s| s.is_in(&["tests/conformance/", "src/context/"]));
    sources.iter().for_each(|s| tests(s, &mut found));
    found
}

/// What is wrong with a statement, given the tests.
fn complaint(statement: &Statement, tests: &BTreeMap<String, BTreeSet<Test>>) -> Option<String> {
    let Statement { id, says } = statement;
    let tested = tests.contains_key(id);
    match says.split_once(": ") {
        Some(("n/a", _)) => tested.then(|| format!("{id} has a test, though it does not apply")),
        Some((by, _)) if by.starts_with("compiler ") => {
            let path = by.trim_start_matches("compiler ");
            let shown = file(path).text.contains("```compile_fail,E");
            (!shown).then(|| format!("{id}: {path} has no example that does not compile"))
        }
        _ => (!tested).then(|| format!("{id} has no test: {says}")),
    }
}

fn table(sections: &[(String, Vec<Statement>)], tests: &BTreeMap<String, BTreeSet<Test>>) -> String {
    let count = |of: fn(&str) -> bool| sections.iter().flat_map(|(_, s)| s).filter(|s| of(&s.says)).count();
    let (compiled, without) = (count(|s| s.starts_with("compiler ")), count(|s| s.starts_with("n/a:")));
    let all = count(|_| true);
    let mut out = format!(
        "# Go's behaviour, and where it is tested\n\n\
         {all} statements: {} with tests here, {compiled} that the compiler enforces, {without} that do not apply to\n\
         Rust. `simulator` stands for many seeds each, `many threads` for once each on 1, 2 and 8\n\
         workers (`tests/threads/` has programs in which the threads meet all the time). This table is made from `statements.txt` and the tests by\n\
         `make statements`; `cargo test --test tidy` fails where it is out of date, and where a statement has no\n\
         test.\n",
        all - compiled - without
    );
    for (title, statements) in sections {
        write!(out, "\n## {title}\n\n| | statement | tests | runs in |\n|---|---|---|---|\n").unwrap();
        for Statement { id, says } in statements {
            let tests = tests.get(id);
            let each = |f: fn(&Test) -> String| {
                tests.map_or(String::new(), |t| t.iter().map(f).collect::<Vec<_>>().join("<br>"))
            };
            let (says, names, runs) = match says.split_once(": ") {
                Some((by, says)) if by.starts_with("compiler ") => {
                    let path = by.trim_start_matches("compiler ");
                    (says.to_string(), format!("an example in `{path}`"), "compiler".into())
                }
                Some(("n/a", why)) => (format!("does not apply: {why}"), String::new(), String::new()),
                _ => (says.clone(), each(|t| format!("`{}`", t.name)), each(|t| t.runs.into())),
            };
            writeln!(out, "| {id} | {says} | {names} | {runs} |").unwrap();
        }
    }
    out
}

#[test]
fn statements_all_have_their_tests() {
    let (sections, tests) = (sections(&file(LIST).text), all_tests());
    let statements: Vec<_> = sections.iter().flat_map(|(_, s)| s).collect();
    let ids: BTreeSet<_> = statements.iter().map(|s| &s.id).collect();
    assert_eq!(ids.len(), statements.len(), "a number stands there twice");
    let mut complaints: Vec<_> = statements.iter().filter_map(|s| complaint(s, &tests)).collect();
    complaints.extend(tests.keys().filter(|id| !ids.contains(id)).map(|id| format!("{id} is no statement")));
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn statements_stand_in_the_table() {
    let now = table(&sections(&file(LIST).text), &all_tests());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/README.md"), now).unwrap();
    } else {
        assert!(file(TABLE).text == now, "{TABLE} is out of date: make statements");
    }
}

#[test]
fn a_statement_without_a_test_is_noticed() {
    let list = "SEL: Select\nSEL-01 One\nSEL-02 Two\nSEL-03 n/a: no\nSEL-04 compiler src/lib.rs: Four\n";
    let sections = sections(list);
    let mut tests = BTreeMap::new();
    let text = "sim_only! {\n    fn sel_01_one() {}\n    async fn sel_03_three() {}\n}\nfn helper() {}\n";
    super::statements::tests(&Source::new("tests/conformance/select.rs", text), &mut tests);
    assert_eq!(tests.keys().collect::<Vec<_>>(), ["SEL-01", "SEL-03"]);
    let complaints: Vec<_> = sections[0].1.iter().map(|s| complaint(s, &tests).is_some()).collect();
    assert_eq!(complaints, [false, true, true, true]);
    assert!(table(&sections, &tests).contains("| SEL-01 | One | `sel_01_one` | simulator |"));
}
