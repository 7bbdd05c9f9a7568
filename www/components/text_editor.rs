//! The pipeline as text, with what is wrong underlined in its place.

use super::coded::coded;
use crate::model::{editor::Editor, session::Action};
use fanin::pipeline::Diagnostic;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// The text, and the errors in it.
pub fn text_editor(editor: &Editor, act: &Callback<Action>) -> Html {
    let Editor { text, diagnostics, .. } = editor;
    let oninput = act.reform(|e: InputEvent| {
        Action::Type(e.target_dyn_into::<HtmlTextAreaElement>().map(|t| t.value()).unwrap_or_default())
    });
    let wrong = !diagnostics.is_empty();
    html! {
        <section class="panel" aria-label="Pipeline as text">
            <div class="panel-head"><h2><label for="pipeline-text">{"As text"}</label></h2></div>
            <div class="typed">
                // The same text behind the one that is typed carries the underlines.
                <pre aria-hidden="true">{ underlined(text, diagnostics) }{"\n"}</pre>
                <textarea id="pipeline-text" data-testid="text" rows="3" spellcheck="false" autocapitalize="off" autocomplete="off"
                    value={text.clone()} aria-invalid={wrong.to_string()} aria-describedby="pipeline-errors" {oninput} />
            </div>
            <div id="pipeline-errors" role="status"><ul class="errors" data-testid="errors">
                for d in diagnostics {
                    <li><span class="mono muted">{ format!("{}: ", column(text, d)) }</span>{ coded(&d.message) }
                        if let Some(help) = &d.help { {" "}<em>{ coded(help) }</em> }
                    </li>
                }
            </ul></div>
            if wrong { <p class="errors-note muted">{"The last pipeline without an error keeps running."}</p> }
        </section>
    }
}

/// The column that an error begins at, counted in characters from 1.
fn column(text: &str, d: &Diagnostic) -> String {
    format!("column {}", text[..d.span.start as usize].chars().count() + 1)
}

/// The text in pieces, those that are wrong marked. An empty place is shown by the character before it.
fn underlined(text: &str, diagnostics: &[Diagnostic]) -> Html {
    let mut at = 0;
    let mut pieces = Vec::new();
    for d in diagnostics {
        let (mut start, mut end) = (d.span.start as usize, d.span.end as usize);
        if start == end {
            match text[end..].chars().next() {
                Some(c) => end += c.len_utf8(),
                None => start = text.char_indices().next_back().map_or(0, |(i, _)| i),
            }
        }
        let start = start.max(at);
        if start < end {
            pieces.push(html! { <>{ &text[at..start] }<mark>{ &text[start..end] }</mark></> });
            at = end;
        }
    }
    html! { <>{ for pieces }{ &text[at..] }</> }
}
