//! Rules about what stands in the code.

use super::{
    keep,
    source::{Source, files, has_word},
};

const CORE: [&str; 4] = ["src/sync/", "src/context/", "src/group/", "src/patterns/"];

fn sources(extensions: &[&str], within: impl Fn(&Source) -> bool) -> Vec<Source> {
    let mut sources = files(extensions);
    sources.retain(within);
    assert!(!sources.is_empty(), "the rule is about nothing");
    sources
}

#[test]
fn one_implementation_whatever_the_features_and_the_runtime() {
    let rule = |s: &Source| {
        let text = s.code();
        let cfg = text.lines().enumerate().filter(|(_, l)| l.contains("cfg(") && has_word(l, "feature"));
        let mut found: Vec<_> = cfg
            .map(|(i, _)| format!("{}:{}: features choose files in probe/ and rt/", s.path, i + 1))
            .collect();
        found.extend(s.uses(&["browser", "threads", "Browser", "Sim"], "a concrete runtime"));
        found
    };
    let bad = Source::new("src/sync/bad.rs", "#[cfg(feature = \"sim\")]\nfn f() {}");
    keep(rule, &sources(&["rs"], |s| s.is_in(&CORE)), &bad);
    assert!(!rule(&Source::new("src/sync/bad.rs", "use crate::rt::browser::spawn;")).is_empty());
}

#[test]
fn only_runtimes_know_a_clock_a_thread_or_chance() {
    let rule = |s: &Source| {
        let words = [
            "SystemTime",
            "std::time::Instant",
            "thread::spawn",
            "thread::sleep",
            "thread::current",
            "RandomState",
            "Math",
        ];
        let why = "only rt/ and sim/ may: ask the current runtime";
        let mut found = s.uses(&words, why);
        let grouped = |l: &str| l.contains("use std::") && has_word(l, "time") && has_word(l, "Instant");
        let code = s.code();
        let lines = code.lines().enumerate().filter(|(_, l)| grouped(l));
        found.extend(lines.map(|(i, _)| format!("{}:{}: `Instant`: {why}", s.path, i + 1)));
        found
    };
    let elsewhere = sources(&["rs"], |s| s.is_in(&["src/"]) && !s.is_in(&["src/rt/", "src/sim/"]));
    keep(rule, &elsewhere, &Source::new("src/sync/bad.rs", "use std::time::{Duration, Instant};"));
    assert!(!rule(&Source::new("src/group/bad.rs", "let id = std::thread::current().id();")).is_empty());
}

#[test]
fn loom_sees_each_lock() {
    let rule = |s: &Source| {
        let code = s.code();
        let lines = code.lines().enumerate().filter(|(_, l)| l.contains("sync::") && has_word(l, "Mutex"));
        lines.map(|(i, _)| format!("{}:{}: `crate::lock::Mutex` instead", s.path, i + 1)).collect()
    };
    // The spare claims outlive an execution of loom's, which has none.
    let locked = sources(&["rs"], |s| s.is_in(&CORE) && s.path != "src/sync/claim.rs");
    keep(rule, &locked, &Source::new("src/sync/bad.rs", "use std::{fmt, sync::{Arc, Mutex}};"));
}

#[test]
fn only_the_browser_runtime_and_the_page_know_javascript() {
    let rule = |s: &Source| {
        let words = ["js_sys", "web_sys", "wasm_bindgen", "wasm_bindgen_futures", "gloo_timers"];
        s.uses(&words, "JavaScript stays in src/rt/browser.rs and www/")
    };
    let library = sources(&["rs"], |s| s.is_in(&["src/"]) && s.path != "src/rt/browser.rs");
    keep(rule, &library, &Source::new("src/rt/bad.rs", "use js_sys::Math;"));
}

#[test]
fn the_pages_model_knows_neither_yew_nor_the_browser() {
    let rule = |s: &Source| {
        s.code()
            .lines()
            .enumerate()
            .filter(|(_, l)| {
                ["yew", "web_sys", "js_sys", "wasm_bindgen"].iter().any(|w| has_word(l, w))
                    || l.contains("gloo_")
            })
            .map(|(i, _)| format!("{}:{}: the model is tested natively, without a page", s.path, i + 1))
            .collect()
    };
    let bad = Source::new("www/model/bad.rs", "use gloo_storage::LocalStorage;");
    keep(rule, &sources(&["rs"], |s| s.is_in(&["www/model/"])), &bad);
}

#[test]
fn recorded_numbers_are_as_wide_in_the_browser_as_natively() {
    let rule = |s: &Source| {
        let data =
            ["src/probe/event.rs", "src/probe/op.rs", "src/probe/outcome.rs"].contains(&s.path.as_str());
        let span = |l: &str| l.contains("Range<usize>"); // of a text at hand, never written down
        let public = |l: &str| l.trim_start().starts_with("pub ") && l.contains(": ") && !has_word(l, "fn");
        let code = s.code();
        let lines = code.lines().enumerate();
        lines
            .filter(|(_, l)| {
                (data || public(l)) && !span(l) && (has_word(l, "usize") || has_word(l, "isize"))
            })
            .map(|(i, _)| format!("{}:{}: u32, u64 or i64 instead of usize", s.path, i + 1))
            .collect()
    };
    let folders =
        ["src/probe/", "src/sim/", "src/detect/", "src/explore/", "src/pipeline/", "www/model/link"];
    let bad = Source::new("src/sim/bad.rs", "pub struct Pick {\n    pub taken: usize,\n}");
    keep(rule, &sources(&["rs"], |s| s.is_in(&folders)), &bad);
    assert!(!rule(&Source::new("src/probe/event.rs", "enum What { Pick { n: usize } }")).is_empty());
}

#[test]
fn a_file_has_one_purpose() {
    const MOST: usize = 400;
    let rule = |s: &Source| {
        let comment = |l: &str| ["//", "/*", "*", "#!", "# "].iter().any(|c| l.starts_with(c));
        let lines = s.text.lines().map(str::trim).filter(|l| !l.is_empty() && !comment(l)).count();
        (lines > MOST)
            .then(|| format!("{}: {lines} lines of code, more than {MOST}", s.path))
            .into_iter()
            .collect()
    };
    let bad = Source::new("src/bad.rs", &"f();\n".repeat(MOST + 1));
    keep(rule, &sources(&["rs", "mjs", "js", "css", "sh"], |_| true), &bad);
}

#[test]
fn comments_are_prose() {
    let rule = |s: &Source| {
        let code = |l: &str| l.ends_with([';', '{', '}']) || l.starts_with("let ") || l.starts_with("fn ");
        let comment = |l: &str| l.trim_start().strip_prefix("// ").map(str::trim).is_some_and(code);
        let lines = s.text.lines().enumerate().filter(|(_, l)| comment(l));
        lines.map(|(i, _)| format!("{}:{}: code that is commented out", s.path, i + 1)).collect()
    };
    keep(
        rule,
        &sources(&["rs", "mjs", "js", "go"], |_| true),
        &Source::new("src/bad.rs", "    // tx.close();"),
    );
}

#[test]
fn the_go_that_is_shown_is_that_of_go_1_25() {
    let rule = |s: &Source| {
        let instead = |l: &str| match l {
            _ if l.split_once(" := ").is_some_and(|(to, from)| to == from && !to.contains(',')) => {
                "each turn has its own variable"
            }
            _ if l.starts_with("defer ") && l.contains("wg.Done()") => "`wg.Go`",
            _ if l.starts_with("for ") && l.contains(" := 0; ") && l.contains(" < ") => {
                "`range` over the number"
            }
            _ if l.starts_with("case ") && l.contains("<- <-") => "a receive that the select waits for, too",
            _ if ["\"sort\"", "\"math/rand\""].contains(&l) => "`slices`, `math/rand/v2`",
            _ => "",
        };
        let lines = s.text.lines().map(|l| instead(l.trim_start_matches("///").trim())).enumerate();
        let found = lines.filter(|(_, instead)| !instead.is_empty());
        found.map(|(i, instead)| format!("{}:{}: {instead}", s.path, i + 1)).collect()
    };
    let shown = sources(&["go", "rs", "md"], |s| s.is_in(&["src/scenario/", "src/patterns/", "src/book/"]));
    keep(rule, &shown, &Source::new("src/scenario/bad.go", "\t\ti := i"));
    for bad in ["defer wg.Done()", "for i := 0; i < n; i++ {", "case out <- <-in:", "\t\"sort\""] {
        assert!(!rule(&Source::new("src/patterns/bad.rs", &format!("///     {bad}"))).is_empty(), "{bad}");
    }
}

#[test]
fn every_function_of_the_library_has_an_example() {
    let rule = |s: &Source| {
        let mut found = Vec::new();
        let mut documented = false;
        for (i, line) in s.text.lines().map(str::trim).enumerate() {
            documented |= line.starts_with("/// ```");
            if line.starts_with("///") || line.starts_with("#[") {
                continue;
            }
            let public =
                line.starts_with("pub ") && has_word(line.split('(').next().unwrap_or_default(), "fn");
            if public && !documented {
                found.push(format!("{}:{}: no example", s.path, i + 1));
            }
            documented = false;
        }
        found
    };
    // The scenarios are examples themselves.
    let library = sources(&["rs"], |s| s.is_in(&["src/"]) && !s.is_in(&["src/scenario/"]));
    keep(rule, &library, &Source::new("src/sync/bad.rs", "/// Does it.\n#[track_caller]\npub fn f() {}"));
}
