//! The promises of the architecture, each a rule over the source text and a test of its own.
//!
//! A rule is first shown a text that breaks it, and has to complain.

#![cfg(not(target_arch = "wasm32"))] // it reads the source tree

mod code;
mod layers;
mod package;
mod source;
mod statements;

use source::Source;

type Rule = fn(&Source) -> Vec<String>;

/// The rule complains of `bad`, and of nothing in `sources`.
#[track_caller]
fn keep(rule: Rule, sources: &[Source], bad: &Source) {
    assert!(!rule(bad).is_empty(), "the rule does not see what is wrong with {}", bad.path);
    let complaints: Vec<_> = sources.iter().flat_map(rule).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
