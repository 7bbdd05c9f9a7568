//! Every interleaving of the program: a button, how far it is, and what was found, each with its schedule.

use super::{Glyph, icon};
use crate::{
    engine::{Program, Progress, Search},
    hooks::millis,
    model::{
        link::{Link, RunKey},
        words::{counted, plural, sentence, upper},
    },
};
use fanin::explore::{Found, Outcomes, Report, Token, Verdict};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// How long the page may be kept busy at a time, in milliseconds.
const SLICE: f64 = 10.0;

/// How many steps before a finding its replay begins.
const LEAD: u32 = 3;

/// The most outcomes that are listed.
const MOST_OUTCOMES: usize = 12;

#[derive(Clone, Debug, Properties, PartialEq)]
pub struct ExploreProps {
    pub program: Program,
    /// Where the program is found.
    pub link: Link,
}

/// The panel.
#[component]
pub fn Explore(props: &ExploreProps) -> Html {
    let search = use_mut_ref(|| None::<Search>);
    let progress = use_state_eq(|| None::<Progress>);

    // What is known of one program says nothing of another.
    {
        let (search, progress) = (search.clone(), progress.clone());
        use_effect_with(props.program.clone(), move |_| {
            search.take();
            progress.set(None);
        });
    }
    {
        let (search, progress) = (search.clone(), progress.clone());
        use_effect_with((*progress).clone(), move |now| {
            let now = now.clone();
            let slice = now.as_ref().is_some_and(|p| p.going).then(|| {
                Timeout::new(0, move || {
                    if let Some(search) = search.borrow_mut().as_mut() {
                        let end = millis() + SLICE;
                        progress.set(Some(search.slice(now.as_ref(), || millis() >= end)));
                    }
                })
            });
            move || drop(slice)
        });
    }

    let start = {
        let (search, progress, program) = (search.clone(), progress.clone(), props.program.clone());
        Callback::from(move |_: MouseEvent| {
            let mut search = search.borrow_mut();
            let first = search.insert(Search::new(&program)).slice(None, || true);
            progress.set(Some(first));
        })
    };
    let stop = {
        let progress = progress.clone();
        Callback::from(move |_: MouseEvent| {
            progress.set((*progress).clone().map(|p| Progress { going: false, ..p }));
        })
    };
    let going = progress.as_ref().is_some_and(|p| p.going);
    html! {
        <div role="group" class="panel explore" aria-label="Explore">
            <div class="panel-head">
                <h2>{"Every interleaving"}</h2>
                if going {
                    <button type="button" class="button" data-testid="explore-stop" onclick={stop}>{"Stop"}</button>
                } else {
                    <button type="button" class="button" data-testid="explore" onclick={start}>{"Explore"}</button>
                }
            </div>
            if let Some(progress) = progress.as_ref() {
                { told(progress, &props.link) }
            } else {
                <p class="muted">{"Runs the program under every schedule that makes a difference: a proof that nothing goes wrong, or the shortest way in which it does."}</p>
            }
        </div>
    }
}

fn told(progress: &Progress, link: &Link) -> Html {
    let Progress { report, frontier, going, .. } = progress;
    html! {
        <>
            <p class="num muted" data-testid="explore-progress">
                { format!("{}, {}", plural(report.executions, "execution"), plural(report.steps, "step")) }
                if *going { { format!(", {}", plural(*frontier, "open alternative")) } }
            </p>
            if !going { { verdict(report) } }
            <ul class="found">for found in &report.findings { { finding(found, report.verdict, link) } }</ul>
            <table class="outcomes">
                <caption>{ format!("{} seen", plural(report.outcomes.len() as u64, "outcome")) }</caption>
                <thead><tr><th scope="col">{"runs"}</th><th scope="col">{"outputs"}</th><td></td></tr></thead>
                <tbody>for outcome in report.outcomes.iter().take(MOST_OUTCOMES) { { row(outcome, link) } }</tbody>
            </table>
            if let Some(more @ 1..) = report.outcomes.len().checked_sub(MOST_OUTCOMES) {
                <p class="muted">{ format!("and {more} more") }</p>
            }
        </>
    }
}

fn verdict(report: &Report) -> Html {
    let (glyph, text) = match (report.verdict, report.findings.is_empty()) {
        (Verdict::Complete, true) => (
            Glyph::Check,
            "Proved: in every interleaving all goroutines end, without a leak, deadlock, fault or data race."
                .to_owned(),
        ),
        (Verdict::Complete, false) => (Glyph::Leak, "This is all: every interleaving is covered.".to_owned()),
        (verdict, true) => (
            Glyph::Look,
            format!("Nothing was found, but this is no proof. {}", sentence(&verdict.to_string())),
        ),
        (verdict, false) => (Glyph::Leak, format!("There may be more. {}", sentence(&verdict.to_string()))),
    };
    html! { <p class="explored" role="status" data-testid="explore-verdict">{ icon(glyph, 16) }<span>{ text }</span></p> }
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
        n => format!("Unavoidable since {n}."),
    }
}

fn row(outcome: &Outcomes, link: &Link) -> Html {
    let outputs = if outcome.outputs.is_empty() { "no output".into() } else { outcome.outputs.join(", ") };
    let found = counted(outcome.findings.iter().copied());
    html! {
        <tr>
            <td class="num">{ outcome.count }</td>
            <td>{ outputs } if !found.is_empty() { <span class="fault-word">{ found }</span> }</td>
            <td>{ replay(link, &outcome.token, 0) }</td>
        </tr>
    }
}

/// A link to that run.
fn replay(link: &Link, token: &Token, t: u32) -> Html {
    let run = RunKey { schedule: Some(token.clone()), ..RunKey::default() };
    let link = Link { run, t, ..link.clone() };
    html! { <a class="inline" data-testid="replay" href={link.to_string()}>{"Replay"}</a> }
}
