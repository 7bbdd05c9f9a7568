//! What an exploration found, each with its schedule, and which of the outcomes are right.

use super::{Glyph, icon, order};
use crate::{
    engine::{Progress, SAMPLE, Way},
    model::{
        link::{Link, RunKey},
        order::delivered,
        words::{counted, grouped, listed, plural, sentence, upper},
    },
};
use fanin::{
    detect::Kind,
    explore::{Bound, Found, Outcomes, Token, Verdict},
    scenario::Expected,
};
use yew::prelude::*;

/// How many steps before a finding its replay begins.
const LEAD: u32 = 3;

/// The most outcomes that are listed.
const MOST_OUTCOMES: usize = 12;

/// How far it is.
pub fn extent(progress: &Progress) -> Html {
    let Progress { way, report, executions, frontier, going, .. } = progress;
    html! {
        <p class="num muted" data-testid="explore-progress">
            { plural(*executions, "execution") }
            if *going {
                { match way {
                    Way::Every => format!(", at least {} to go", grouped(*frontier)),
                    Way::Chance => format!(", {} to go", grouped(*frontier)),
                } }
            } else if report.blocked > 0 {
                { format!(" ({} of them cut short: nothing new could follow)", grouped(report.blocked)) }
            }
        </p>
    }
}

/// What is known so far.
pub fn explored(
    progress: &Progress,
    expected: Option<&'static Expected>,
    link: &Link,
    start: &Callback<Way>,
) -> Html {
    let Progress { way, report, going, .. } = progress;
    let (wrong, others): (Vec<_>, Vec<_>) =
        report.outcomes.iter().partition(|o| is_right(expected, o) == Some(false));
    html! {
        <>
            if !going && *way == Way::Every && matches!(report.verdict, Verdict::Bounded(_)) {
                <p><button type="button" class="inline" data-testid="explore-chance" onclick={start.reform(|_| Way::Chance)}>
                    { format!("Take {} by chance", plural(SAMPLE, "schedule")) }
                </button></p>
            }
            <ul class="found">for found in &report.findings { { finding(found, report.verdict, link) } }</ul>
            <table class="outcomes">
                <caption>{ format!("{} seen", plural(report.outcomes.len() as u64, "outcome")) }</caption>
                <thead><tr><th scope="col">{"runs"}</th><th scope="col">{"outputs"}</th><td></td></tr></thead>
                <tbody>
                    for outcome in wrong.iter().chain(&others).take(MOST_OUTCOMES) {
                        { row(outcome, expected, link) }
                    }
                </tbody>
            </table>
            if let Some(more @ 1..) = report.outcomes.len().checked_sub(MOST_OUTCOMES) {
                <p class="muted">{ format!("and {more} more") }</p>
            }
        </>
    }
}

/// Nothing is said of a program that says nothing itself, or could not go on.
fn is_right(expected: Option<&Expected>, outcome: &Outcomes) -> Option<bool> {
    let stopped = |kind: &Kind| matches!(kind, Kind::Fault | Kind::Deadlock | Kind::Divergence);
    let expected = expected.filter(|_| !outcome.findings.iter().any(stopped))?;
    Some(expected.allows(&outcome.outputs))
}

/// What is known at the end.
pub fn verdict(progress: &Progress, expected: Option<&Expected>) -> Html {
    let report = &progress.report;
    let wrong: Vec<_> = report.outcomes.iter().filter(|o| is_right(expected, o) == Some(false)).collect();
    let clean = report.findings.is_empty();
    let runs: u64 = wrong.iter().map(|outcome| outcome.count).sum();
    let in_runs =
        format!("The output is wrong in {} of {}. ", grouped(runs), plural(report.executions, "execution"));
    let in_runs = if wrong.is_empty() { "" } else { &in_runs };
    let found = counted(report.findings.iter().map(|found| found.finding.kind));
    let found = if clean { found } else { format!("{found} found. ") };
    let right = if expected.is_some() && report.unlisted == 0 { ", and the output is right" } else { "" };
    let (glyph, text) = match (report.verdict, clean && wrong.is_empty()) {
        (Verdict::Complete, true) => (
            Glyph::Check,
            format!(
                "Proved: in every interleaving all goroutines end, without a leak, deadlock, fault or data race{right}."
            ),
        ),
        (Verdict::Complete, false) => {
            (Glyph::Leak, format!("{found}{in_runs}This is all: every interleaving is covered."))
        }
        (verdict, true) => {
            (Glyph::Look, format!("Nothing was found, but this is no proof. {}", bounded(verdict)))
        }
        (verdict, false) => (Glyph::Leak, format!("{found}{in_runs}There may be more. {}", bounded(verdict))),
    };
    html! { <p class="explored" data-testid="explore-verdict">{ icon(glyph, 16) }<span>{ text }</span></p> }
}

/// Why an exploration is no proof; how many executions it has taken is told above.
fn bounded(verdict: Verdict) -> String {
    match verdict {
        Verdict::Bounded(Bound::Executions(_)) => {
            "Not complete: it was ended after so many executions.".into()
        }
        Verdict::Bounded(Bound::Sample(_)) => "Not complete: the schedules were taken by chance.".into(),
        verdict => sentence(&verdict.to_string()),
    }
}

fn finding(found: &Found, verdict: Verdict, link: &Link) -> Html {
    let least = if verdict == Verdict::Complete { ", and no schedule needs fewer" } else { "" };
    html! {
        <li data-testid="explore-finding">
            <b>{ upper(found.finding.kind.word()) }</b>
            { format!(" after {}{least}. {} ", plural(found.length.into(), "operation"), found.finding.message) }
            { replay(link, &found.token, found.finding.step.saturating_sub(LEAD)) }
            <details data-testid="explore-story">
                <summary>{"The schedule in words"}</summary>
                <ol class="schedule">for sentence in &found.story { <li>{ &sentence.text }</li> }</ol>
                if let Some(since) = found.since { <p class="muted">{ unavoidable(found, since) }</p> }
            </details>
        </li>
    }
}

fn unavoidable(found: &Found, since: u32) -> String {
    match found.story.iter().filter(|sentence| sentence.step <= since).count() {
        0 => "Unavoidable from the beginning.".into(),
        n => format!("Unavoidable from {n} on."),
    }
}

fn row(outcome: &Outcomes, expected: Option<&Expected>, link: &Link) -> Html {
    let found = counted(outcome.findings.iter().copied());
    html! {
        <tr>
            <td class="num">{ grouped(outcome.count) }</td>
            <td>
                { outputs(&outcome.outputs) }
                { match (is_right(expected, outcome), expected) {
                    (Some(true), _) if found.is_empty() => html! { <span class="muted">{" right"}</span> },
                    (Some(false), Some(expected)) => html! {
                        <span class="fault-word" data-testid="wrong-outcome">{ format!("wrong output: expected {expected}") }</span>
                    },
                    _ => Html::default(),
                } }
                if !found.is_empty() { <span class="fault-word">{ found }</span> }
            </td>
            <td>{ replay(link, &outcome.token, 0) }</td>
        </tr>
    }
}

/// The items of a pipeline as they are shown elsewhere, and in a line what else there is.
fn outputs(outputs: &[String]) -> Html {
    match delivered(outputs.iter().map(|output| output.parse().ok())) {
        _ if outputs.is_empty() => html! { {"no output"} },
        Some(items) => order::row(&items),
        None => html! { { listed(outputs) } },
    }
}

/// A link to that run.
fn replay(link: &Link, token: &Token, t: u32) -> Html {
    let run = RunKey { schedule: Some(token.clone()), ..RunKey::default() };
    let link = Link { run, t, ..link.clone() };
    html! { <a class="inline" data-testid="replay" href={link.to_string()}>{"Replay"}</a> }
}
