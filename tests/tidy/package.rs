//! Rules about the package as a whole.

use super::{
    keep,
    source::{Source, file, files},
};
use std::path::Path;

fn exists(path: &str) -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists()
}

/// A path in prose stands in backquotes or is the target of a link.
#[test]
fn every_path_that_the_readme_names_exists() {
    let rule = |s: &Source| {
        let quoted =
            |l: &str| -> Vec<String> { l.split('`').skip(1).step_by(2).map(str::to_string).collect() };
        let linked = |l: &str| -> Vec<String> {
            l.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0.to_string())).collect()
        };
        let is_path = |p: &str| {
            let known =
                ["src/", "www/", "tests/", "examples/", "benches/", ".ci/"].iter().any(|f| p.starts_with(f));
            known
                || (!p.contains([' ', ':', '#'])
                    && [".md", ".toml", ".html", ".rs"].iter().any(|e| p.ends_with(e)))
        };
        let lines = s.text.lines().enumerate();
        lines
            .flat_map(|(i, l)| quoted(l).into_iter().chain(linked(l)).map(move |p| (i, p)))
            .filter(|(_, p)| is_path(p) && !exists(p))
            .map(|(i, p)| format!("{}:{}: there is no {p}", s.path, i + 1))
            .collect()
    };
    keep(rule, &[file("README.md"), file("CHANGELOG.md")], &Source::new("README.md", "See `src/nowhere/`."));
    assert!(!rule(&Source::new("README.md", "![a picture](www/assets/nothing.png)")).is_empty());
}

/// That each has an expectation, too, is checked by `tests/scenario`.
#[test]
fn every_scenario_has_its_go_twin() {
    let rule = |s: &Source| {
        let twin = match s.path.rsplit_once('.') {
            Some((stem, "go")) => format!("{stem}.rs"),
            Some((stem, _)) if stem.rsplit('/').next().is_some_and(|name| name.starts_with('p')) => {
                format!("{stem}.go")
            }
            _ => return Vec::new(),
        };
        (!exists(&twin)).then(|| format!("{}: its twin {twin} is missing", s.path)).into_iter().collect()
    };
    let mut sources = files(&["rs", "go"]);
    sources.retain(|s| s.path.starts_with("src/scenario/") && s.path.matches('/').count() == 3);
    assert!(sources.iter().any(|s| s.path.ends_with(".go")));
    keep(rule, &sources, &Source::new("src/scenario/leaks/p99_alone.rs", ""));
}

#[test]
fn every_dependency_is_used() {
    let rule = |s: &Source| {
        let code: Vec<_> = files(&["rs"]).iter().map(Source::code).collect();
        let mut table = "";
        let mut found = Vec::new();
        for (i, line) in s.text.lines().enumerate() {
            if line.starts_with('[') {
                table = line;
            } else if table.contains("dependencies")
                && let Some((name, _)) = line.split_once(" = ")
            {
                let path = format!("{}::", name.replace('-', "_"));
                if !name.starts_with('#') && !code.iter().any(|c| c.contains(&path)) {
                    found.push(format!("{}:{}: nothing uses {name}", s.path, i + 1));
                }
            }
        }
        found
    };
    keep(rule, &[file("Cargo.toml")], &Source::new("Cargo.toml", "[dev-dependencies]\nleft-pad = \"1\"\n"));
}

#[test]
fn unsafe_code_is_forbidden() {
    let rule = |s: &Source| {
        let forbidden = s.text.lines().any(|l| l == "#![forbid(unsafe_code)]");
        (!forbidden).then(|| format!("{}: #![forbid(unsafe_code)] is missing", s.path)).into_iter().collect()
    };
    keep(
        rule,
        &[file("src/lib.rs"), file("www/main.rs")],
        &Source::new("src/bad.rs", "#![deny(unsafe_code)]\n"),
    );
}
