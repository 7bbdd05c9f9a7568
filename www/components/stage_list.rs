//! The pipeline as a list of cards.

use super::{
    Glyph,
    add_stage::add_stage,
    ends_card::ends_card,
    icon,
    stage_card::{Card, stage_card},
};
use crate::{
    engine::Frame,
    model::{
        editor::{Edit, Editor},
        session::Action,
    },
};
use fanin::pipeline::{Diagnostic, templates};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The cards, and what is added to them.
pub fn stage_list(editor: &Editor, frame: &Frame, act: &Callback<Action>) -> Html {
    let Editor { draft, .. } = editor;
    let depths = draft.depths();
    let (texts, ends) = editor.parts();
    html! {
        <section class="panel" aria-label="Pipeline">
            <div class="panel-head">
                <h2>{"Pipeline"}</h2>
                <button type="button" class="icon-button small" title="Undo (u)" aria-label="Undo" data-testid="undo"
                    disabled={!editor.can_undo()} onclick={act.reform(|_| Action::Undo)}>{ icon(Glyph::Undo, 14) }</button>
                <button type="button" class="icon-button small" title="Redo (Ctrl Y)" aria-label="Redo" data-testid="redo"
                    disabled={!editor.can_redo()} onclick={act.reform(|_| Action::Redo)}>{ icon(Glyph::Redo, 14) }</button>
            </div>
            { template_menu(editor, act) }
            if draft.stages.is_empty() { <p class="muted empty">{"Add a source to begin, or take one of the examples."}</p> }
            <ol class="cards" aria-label="Stages">
                for (i, (stage, text)) in draft.stages.iter().zip(texts).enumerate() {
                    { stage_card(&Card {
                        index: i,
                        stage,
                        text,
                        depth: depths.get(i).copied().unwrap_or(0),
                        is_last: i + 1 == draft.stages.len(),
                        error: error(editor, |d| d.stage == Some(i as u32)),
                        stuck: stuck(frame, editor, i),
                    }, act) }
                }
            </ol>
            { add_stage(draft.stages.len(), act) }
            { ends_card(ends, error(editor, |d| stands_behind(editor, d)), act) }
        </section>
    }
}

/// What is wrong with a card, where the cards show the text that is wrong.
fn error(editor: &Editor, of_card: impl Fn(&Diagnostic) -> bool) -> Option<String> {
    editor.diagnostics.iter().filter(|_| editor.in_step).find(|d| of_card(d)).map(Diagnostic::to_string)
}

/// True for what is wrong behind the stages.
fn stands_behind(editor: &Editor, d: &Diagnostic) -> bool {
    editor.text.find(';').is_some_and(|at| d.span.start as usize > at)
}

/// How many goroutines of a card leaked, of those of the pipeline that runs.
fn stuck(frame: &Frame, editor: &Editor, i: usize) -> Option<String> {
    let label = (i < editor.good.stages.len()).then(|| editor.good.label(i))?;
    let count = frame.stuck(|task| frame.now.lane(task).is_some_and(|l| *l.name == *label));
    (count > 0).then(|| format!("{count} {}", frame.stuck_word()))
}

fn template_menu(editor: &Editor, act: &Callback<Action>) -> Html {
    let take = act.clone();
    let onchange = move |e: Event| {
        let Some(select) = e.target_dyn_into::<HtmlSelectElement>() else { return };
        if let Some(template) = templates().iter().find(|t| t.name == select.value()) {
            take.emit(Action::Edit(Edit::Whole(template.pipeline())));
        }
    };
    let current = templates().iter().find(|t| t.text == editor.text);
    html! {
        <div class="templates">
            <select aria-label="Example" data-testid="template" {onchange}>
                <option value="" disabled=true selected={current.is_none()}>{"Your own pipeline"}</option>
                for template in templates() {
                    <option value={template.name} selected={current == Some(template)}>{ template.name }</option>
                }
            </select>
            if let Some(template) = current { <p class="muted">{ template.about }</p> }
        </div>
    }
}
