//! What was found in the run, in the detector's words, how the run ended, whether it put out what it ought to, and
//! what is worth a look although nothing need have gone wrong.

use super::{Glyph, SCRUB, icon};
use crate::{
    engine::{Frame, showing},
    hooks::focus_later,
    model::{
        session::Action,
        words::{counted, listed, sentence},
    },
};
use fanin::{
    detect::{Finding, Kind},
    probe::{Outcome, TaskId},
    scenario::{Form, Scenario},
};
use yew::prelude::*;

/// The verdict on the run, at its end.
pub fn findings(frame: &Frame, scenario: Option<&'static Scenario>, act: &Callback<Action>) -> Html {
    html! {
        <>
            if let Some(error) = &frame.mismatch {
                <div class="verdict bad" role="alert" data-testid="mismatch">
                    { icon(Glyph::Warning, 16) }
                    <p>{"The schedule in the address does not lead to the run that it was made from: "}{ error.to_string() }{"."}</p>
                </div>
            }
            { verdict(frame, scenario, act) }
            if !frame.lints.is_empty() {
                <section class="lints" aria-label="Worth a look" data-testid="lints">
                    { icon(Glyph::Look, 16) }
                    <div>
                        <p><b>{"Worth a look"}</b></p>
                        <ul>for lint in frame.lints.iter() { { row("lint", lint, act) } }</ul>
                    </div>
                </section>
            }
        </>
    }
}

fn verdict(frame: &Frame, scenario: Option<&'static Scenario>, act: &Callback<Action>) -> Html {
    let Frame { findings, outcome, .. } = frame;
    let expected = scenario.and_then(Scenario::expected).filter(|_| *outcome == Some(Outcome::Returned));
    let outputs = expected.map(|_| &*frame.now.outputs).unwrap_or_default();
    let outputs: Vec<_> = outputs.iter().map(|output| output.value.to_string()).collect();
    let wrong = expected.filter(|expected| !expected.allows(&outputs));
    let (glyph, class, head) = match outcome {
        // The finding of a fault says it all, and so does that of a deadlock.
        _ if findings.iter().any(|f| f.kind == Kind::Fault) => (Glyph::Fault, "bad", None),
        Some(Outcome::Deadlock) => (Glyph::Leak, "bad", None),
        _ if !findings.is_empty() => {
            let stuck = findings.iter().any(|f| matches!(f.kind, Kind::Leak | Kind::Deadlock));
            let glyph = if stuck { Glyph::Leak } else { Glyph::Warning };
            (glyph, "bad", outcome.as_ref().map(|outcome| head(outcome, findings)))
        }
        Some(Outcome::Returned) if wrong.is_some() => (Glyph::Fault, "bad", Some(ENDED.to_owned())),
        Some(Outcome::Returned) => {
            let head = Some(if expected.is_some() { RIGHT } else { ENDED }.to_owned());
            match scenario.map(|s| s.form) {
                Some(Form::Bug { .. }) => (Glyph::Look, HIDDEN, head),
                _ => (Glyph::Check, "good", head),
            }
        }
        Some(outcome) => (Glyph::Warning, "bad", Some(outcome.to_string())),
        None => return html! { <div class="verdict" role="status"></div> },
    };
    html! {
        <div class={classes!("verdict", class)} role="status" data-testid="verdict">
            { icon(glyph, 16) }
            <div>
                if let Some(head) = head { <p>{ sentence(&head) }</p> }
                if let Some(expected) = wrong {
                    <p data-testid="wrong-output">
                        <b>{"Wrong output: "}</b>{ format!("expected {expected}; got {}.", listed(&outputs)) }
                    </p>
                }
                if let Some(scenario) = scenario.filter(|_| class == HIDDEN) {
                    <p data-testid="lucky">
                        {"This schedule hides the mistake. Explore every interleaving, or "}
                        { link("take a seed that shows it", show(scenario, act)) }
                        {"."}
                    </p>
                }
                <ul>for finding in findings.iter() { { row("finding", finding, act) } }</ul>
            </div>
        </div>
    }
}

/// How a run ended that left nobody behind.
const ENDED: &str = "main returned, and every goroutine has ended";

/// And that put out what it ought to.
const RIGHT: &str = "main returned, every goroutine has ended, and the output is right";

/// The class of the verdict on a mistake that did not show.
const HIDDEN: &str = "hidden-mistake";

fn show(scenario: &'static Scenario, act: &Callback<Action>) -> Callback<MouseEvent> {
    let act = act.clone();
    Callback::from(move |_| {
        if let Some(seed) = showing(scenario) {
            act.emit(Action::Seed(seed));
            // What was pressed is gone.
            focus_later(SCRUB.into());
        }
    })
}

/// How the run ended, and what was found.
fn head(outcome: &Outcome, findings: &[Finding]) -> String {
    match outcome {
        Outcome::Returned | Outcome::Exited => {
            let leaked = findings.iter().any(|f| f.kind == Kind::Leak);
            let ends = if leaked { " (a Go program would end here)" } else { "" };
            format!("{outcome}{ends}; {} found", counted(findings.iter().map(|f| f.kind)))
        }
        _ => outcome.to_string(),
    }
}

fn row(kind: &'static str, finding: &Finding, act: &Callback<Action>) -> Html {
    let step = finding.step;
    let show = |task: &TaskId| {
        let task = *task;
        html! { <>{" "}{ link("Show its lane", act.reform(move |_| Action::Select(Some(task)))) }</> }
    };
    // Of a deadlock each goroutine has a line.
    let mut lines = finding.message.split('\n');
    let head = lines.next().unwrap_or_default().to_owned();
    let each: Vec<_> = lines.zip(&finding.tasks).collect();
    html! {
        <li data-testid={kind}>
            { head }
            {" "}
            { link(format!("Go to step {step}"), act.reform(move |_| Action::Seek(step))) }
            if each.is_empty() {
                { finding.tasks.first().map(show) }
            } else {
                <ul>for (line, task) in each { <li>{ line.to_owned() }{ show(task) }</li> }</ul>
            }
        </li>
    }
}

fn link(text: impl Into<AttrValue>, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="inline" {onclick}>{ text.into() }</button> }
}
