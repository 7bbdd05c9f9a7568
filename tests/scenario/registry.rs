//! The catalog is consistent, and the sources are complete programs.

use std::collections::BTreeSet;

use fanin::scenario::{Form, all, find};

use crate::support::runs;
use crate::{channels, contexts, groups, leaks, lifecycle, pipelines, races, sharing};

#[test]
fn ids_are_unique_and_name_their_files() {
    let ids: BTreeSet<_> = all().map(|s| s.id).collect();
    assert_eq!(ids.len(), all().count());
    for s in all() {
        let stem = s.id.replace('-', "_");
        assert!(s.rust.path.ends_with(&format!("/{stem}.rs")), "{}", s.rust.path);
        assert!(s.go.path.ends_with(&format!("/{stem}.go")), "{}", s.go.path);
        for source in [s.rust, s.go] {
            assert_eq!(std::fs::read_to_string(source.path).unwrap(), source.text());
        }
        assert!(s.rows.contains(&s.id.split('-').next().unwrap().to_uppercase().as_str()), "{}", s.id);
    }
}

#[test]
fn every_scenario_has_an_expectation() {
    let expected = [
        leaks::NAMES,
        pipelines::NAMES,
        channels::NAMES,
        lifecycle::NAMES,
        contexts::NAMES,
        groups::NAMES,
        sharing::NAMES,
        races::NAMES,
    ];
    let expected = expected.concat();
    let expected: BTreeSet<_> = expected.iter().map(|name| name.replace('_', "-")).collect();
    assert_eq!(expected, all().map(|s| s.id.to_string()).collect());
}

#[test]
fn a_mistake_and_its_repair_name_each_other() {
    for s in all() {
        match s.form {
            Form::Plain => {}
            Form::Bug { fix } => assert_eq!(find(fix).unwrap().form, Form::Fix { bug: s.id }),
            Form::Fix { bug } => assert_eq!(find(bug).unwrap().form, Form::Bug { fix: s.id }),
        }
    }
}

#[test]
fn a_mistake_goes_wrong_in_some_run_and_its_repair_in_none() {
    for s in all() {
        let wrong = runs(s).filter(|run| !s.is_right(run)).count();
        match s.form {
            Form::Plain => {}
            Form::Bug { .. } => assert!(wrong > 0, "{}", s.id),
            Form::Fix { .. } => assert_eq!(wrong, 0, "{}", s.id),
        }
    }
}

#[test]
fn the_sources_are_programs() {
    for s in all() {
        assert!(s.rust.text().contains("pub async fn main()"), "{}", s.rust.path);
        assert!(s.rust.text().contains("use fanin::"), "{}", s.rust.path);
        assert!(s.go.text().starts_with("package main\n"), "{}", s.go.path);
        assert!(s.go.text().contains("\nfunc main() {"), "{}", s.go.path);
    }
}

#[test]
fn a_seed_gives_the_same_run_again() {
    for s in all() {
        let run = || {
            let mut sim = s.start(11);
            while sim.step() {}
            sim.recording().events.clone()
        };
        assert_eq!(run(), run(), "{}", s.id);
    }
}

#[test]
fn the_book_names_every_scenario_and_no_other() {
    let pages = std::fs::read_dir("src/book").unwrap().map(|page| page.unwrap().path());
    let text: String = pages.map(|page| std::fs::read_to_string(page).unwrap()).collect();
    let is_id = |word: &&str| {
        let row = word.strip_prefix('p').and_then(|rest| rest.split_once('-'));
        row.is_some_and(|(number, _)| number.len() == 2 && number.parse::<u32>().is_ok())
    };
    let named: BTreeSet<_> = text.split('`').filter(is_id).collect();
    assert_eq!(named, all().map(|s| s.id).collect());
}
