//! Reads what ends a run, behind the stages.

use super::{
    args::{Args, quoted},
    diagnostic::{Diagnostic, Report},
    print::Spans,
    stage::Ends,
    suggest::closest,
    token::tokens,
};

/// Reads one clause, which is not empty.
pub(super) fn read(part: &str, offset: u32, ends: &mut Ends, spans: &mut Spans, found: &mut Vec<Diagnostic>) {
    let all = tokens(part, offset);
    let [name, rest @ ..] = all.as_slice() else { return };
    let span = name.span.start..all[all.len() - 1].span.end;
    let mut report = Report { stage: None, found };
    let (head, example) = if name.is("timeout") {
        ("timeout", "timeout 1s")
    } else if name.is("cancel") {
        ("cancel after", "cancel after 40ms")
    } else {
        let help = closest(name.text, ["cancel", "timeout"]).map_or_else(
            || "After a `;` stands `cancel after 40ms`, `cancel after 3 outputs` or `timeout 1s`.".into(),
            |word| format!("Did you mean `{word}`?"),
        );
        report.add(name.span.clone(), format!("{} does not end a run.", quoted(name.text)), Some(help));
        return;
    };
    let mut args = Args { head, example: example.into(), span: span.clone(), rest, report, lost: false };
    let (which, twice) = if name.is("timeout") {
        (2, ends.timeout.replace(args.duration()).is_some())
    } else {
        args.eat("after");
        match args.rest {
            [_, unit, ..] if unit.is("outputs") || unit.is("output") => {
                let n = args.count("a number of outputs");
                args.rest = &args.rest[1..];
                (0, ends.outputs.replace(n).is_some())
            }
            _ => (1, ends.after.replace(args.duration()).is_some()),
        }
    };
    args.finish("");
    if twice {
        args.report.add(span.clone(), format!("`{head}` stands here a second time."), None);
    }
    spans.ends[which] = span;
}
