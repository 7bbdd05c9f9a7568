//! What was found in the run, in the detector's words, and how the run ended.

use super::{Glyph, icon};
use crate::{engine::Frame, model::session::Action};
use fanin::{
    detect::{Finding, Kind},
    probe::Outcome,
};
use yew::prelude::*;

/// The verdict on the run so far.
pub fn findings(frame: &Frame, act: &Callback<Action>) -> Html {
    let Frame { findings, outcome, .. } = frame;
    let (glyph, class, head) = match outcome {
        // The finding of a fault says it all.
        _ if findings.iter().any(|f| f.kind == Kind::Fault) => (Glyph::Fault, "bad", None),
        _ if !findings.is_empty() => {
            let stuck = findings.iter().any(|f| matches!(f.kind, Kind::Leak | Kind::Deadlock));
            let glyph = if stuck { Glyph::Leak } else { Glyph::Warning };
            (glyph, "bad", outcome.as_ref().map(Outcome::to_string))
        }
        Some(Outcome::Returned) => {
            (Glyph::Check, "good", Some("main returned, and every goroutine has ended".to_owned()))
        }
        Some(outcome) => (Glyph::Warning, "bad", Some(outcome.to_string())),
        None => return html! { <div class="verdict" role="status"></div> },
    };
    html! {
        <div class={classes!("verdict", class)} role="status" data-testid="verdict">
            { icon(glyph, 16) }
            <div>
                if let Some(head) = head { <p>{ sentence_case(&head) }{"."}</p> }
                <ul>for finding in findings.iter() { { row(finding, act) } }</ul>
            </div>
        </div>
    }
}

fn row(finding: &Finding, act: &Callback<Action>) -> Html {
    let select = finding
        .tasks
        .first()
        .copied()
        .map(|task| act.reform(move |_: MouseEvent| Action::Select(Some(task))));
    html! {
        <li data-testid="finding">
            { &finding.message }
            if let Some(select) = select {
                {" "}<button type="button" class="inline" onclick={select}>{"Show its lane"}</button>
            }
        </li>
    }
}

fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
