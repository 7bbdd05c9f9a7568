//! Which module may import which.

use super::{
    keep,
    source::{Source, file, files},
};
use std::collections::BTreeMap;

/// Which modules each module may name. The book links to all, and nothing names it.
const LAYERS: &[(&str, &[&str])] = &[
    (
        "book",
        &["probe", "rt", "sync", "context", "group", "patterns", "sim", "explore", "detect", "scenario"],
    ),
    ("lock", &[]),
    ("probe", &[]),
    ("rt", &["lock", "probe"]),
    ("sync", &["lock", "probe", "rt"]),
    ("context", &["lock", "probe", "rt", "sync"]),
    ("group", &["lock", "probe", "rt", "sync", "context"]),
    ("patterns", &["lock", "probe", "rt", "sync", "context", "group"]),
    ("sim", &["lock", "probe", "rt"]),
    ("explore", &["lock", "probe", "rt", "sim", "detect"]),
    ("detect", &["probe"]),
    ("pipeline", &["lock", "probe", "rt", "sync", "context", "group", "patterns", "sim"]),
    ("scenario", &["lock", "probe", "rt", "sync", "context", "group", "patterns", "sim", "detect"]),
];

/// The module of each name that the root of the library gives out.
fn homes() -> BTreeMap<String, String> {
    let code = file("src/lib.rs").code();
    let mut homes = BTreeMap::from([("time".to_string(), "sync".to_string())]);
    for (module, names) in
        code.split("\npub use ").skip(1).filter_map(|s| s.split(';').next()?.split_once("::"))
    {
        for name in names.split(|c: char| !c.is_alphanumeric() && c != '_') {
            homes.insert(name.into(), module.into());
        }
    }
    homes
}

/// What follows `crate::` or `fanin::`, with its line: one name, or each first name of a group.
fn named(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for root in ["crate::", "fanin::"] {
        for (at, _) in code.match_indices(root) {
            let line = code[..at].lines().count().max(1);
            let rest = &code[at + root.len()..];
            let group = rest.strip_prefix('{').unwrap_or(rest);
            let mut depth = 0;
            for part in group.split_inclusive(['{', '}', ',', ';']) {
                let name: String =
                    part.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if depth == 0 && !name.is_empty() {
                    found.push((line, name));
                }
                depth += i32::from(part.ends_with('{')) - i32::from(part.ends_with('}'));
                if depth < 0 || part.ends_with(';') || !rest.starts_with('{') {
                    break;
                }
            }
        }
    }
    found
}

fn layers(source: &Source) -> Vec<String> {
    let own = source.path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default();
    if own == "lib" {
        return Vec::new();
    }
    let Some((_, may)) = LAYERS.iter().find(|(module, _)| *module == own) else {
        return vec![format!("{}: the module `{own}` has no place in LAYERS", source.path)];
    };
    let homes = homes();
    let home = |name: &String| homes.get(name).unwrap_or(name).clone();
    let is_layer = |name: &String| LAYERS.iter().any(|(module, _)| module == name);
    named(&source.code())
        .into_iter()
        .map(|(line, name)| (line, home(&name)))
        .filter(|(_, to)| is_layer(to) && to != own && !may.contains(&to.as_str()))
        .map(|(line, to)| format!("{}:{line}: `{own}` may not import `{to}`", source.path))
        .collect()
}

#[test]
fn modules_import_downwards() {
    assert_eq!(homes()["Sender"], "sync");
    let names: Vec<_> = named("use crate::{a::{b, c}, d};\nfanin::e(1)").into_iter().map(|n| n.1).collect();
    assert_eq!(names, ["a", "d", "e"]);
    for bad in ["use crate::{probe::{Op, What}, sim::Sim};", "fn f() { fanin::Context::background(); }"] {
        assert_eq!(layers(&Source::new("src/rt/bad.rs", bad)).len(), 1, "{bad}");
    }
    let mut sources = files(&["rs"]);
    sources.retain(|s| s.is_in(&["src/"]));
    keep(layers, &sources, &Source::new("src/detect/bad.rs", "use crate::sim::Recording;"));
}
