//! The pipeline as a list of cards.

use super::{Glyph, Icon, ends_card::EndsCard, stage_card::StageCard};
use crate::{
    engine::Frame,
    model::{
        editor::{Edit, Editor},
        session::Action,
    },
};
use fanin::pipeline::{Kind, templates};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct StageListProps {
    pub editor: Editor,
    pub frame: Frame,
    pub act: Callback<Action>,
}

/// The cards, and what is added to them.
#[component]
pub fn StageList(props: &StageListProps) -> Html {
    let Editor { draft, .. } = &props.editor;
    let act = |action: Action| props.act.reform(move |_: MouseEvent| action.clone());
    let depths = draft.depths();
    html! {
        <section class="panel" aria-label="Pipeline">
            <div class="panel-head">
                <h2>{"Pipeline"}</h2>
                <button type="button" class="icon-button small" title="Undo (u)" aria-label="Undo" data-testid="undo"
                    disabled={!props.editor.can_undo()} onclick={act(Action::Undo)}><Icon glyph={Glyph::Undo} size=14 /></button>
                <button type="button" class="icon-button small" title="Redo (Ctrl Y)" aria-label="Redo" data-testid="redo"
                    disabled={!props.editor.can_redo()} onclick={act(Action::Redo)}><Icon glyph={Glyph::Redo} size=14 /></button>
            </div>
            { template_menu(props) }
            if draft.stages.is_empty() { <p class="muted empty">{"Add a source to begin, or take one of the examples."}</p> }
            <ol class="cards" aria-label="Stages">
                for (i, stage) in draft.stages.iter().enumerate() {
                    <StageCard key={i} index={i} stage={stage.clone()} depth={depths.get(i).copied().unwrap_or(0)}
                        is_last={i + 1 == draft.stages.len()} error={error(&props.editor, i)}
                        leaks={leaks(&props.frame, i)} act={props.act.clone()} />
                }
            </ol>
            { add_menu(props) }
            <EndsCard ends={draft.ends.clone()} act={props.act.clone()} />
        </section>
    }
}

fn error(editor: &Editor, i: usize) -> Option<AttrValue> {
    let of_card = |d: &&fanin::pipeline::Diagnostic| d.stage == Some(i as u32);
    editor.diagnostics.iter().find(of_card).map(|d| d.to_string().into())
}

/// How many goroutines of a card were found stuck: a stage's goroutines begin their name with its number.
fn leaks(frame: &Frame, i: usize) -> u32 {
    let prefix = format!("{} ", i + 1);
    frame.leaked(|task| frame.now.lane(task).is_some_and(|l| l.name.starts_with(&prefix)))
}

fn add_menu(props: &StageListProps) -> Html {
    let at = props.editor.draft.stages.len();
    let add = props.act.clone();
    let onchange = move |e: Event| {
        let Some(select) = e.target_dyn_into::<HtmlSelectElement>() else { return };
        let kind = Kind::all().into_iter().find(|k| k.name() == select.value());
        select.set_value("");
        if let Some(kind) = kind {
            let at = if kind.is_source() { 0 } else { at };
            add.emit(Action::Edit(Edit::Insert(at, kind)));
        }
    };
    let group = |label: &'static str, wanted: fn(&Kind) -> bool| {
        html! {
            <optgroup {label}>
                for kind in Kind::all().iter().filter(|k| wanted(k)) { <option value={kind.name()}>{ kind.name() }</option> }
            </optgroup>
        }
    };
    html! {
        <label class="add">
            <Icon glyph={Glyph::Plus} size=14 /><span>{"Add a stage"}</span>
            <select aria-label="Add a stage" data-testid="add-stage" {onchange}>
                <option value="" selected=true></option>
                { group("sources", Kind::is_source) }
                { group("stages", |k| !k.is_source() && !is_plumbing(k)) }
                { group("plumbing", is_plumbing) }
            </select>
        </label>
    }
}

fn is_plumbing(kind: &Kind) -> bool {
    matches!(kind, Kind::Buffer(_) | Kind::FanOut(_) | Kind::Tee | Kind::And | Kind::FanIn)
}

fn template_menu(props: &StageListProps) -> Html {
    let take = props.act.clone();
    let onchange = move |e: Event| {
        let Some(select) = e.target_dyn_into::<HtmlSelectElement>() else { return };
        if let Some(template) = templates().iter().find(|t| t.name == select.value()) {
            take.emit(Action::Edit(Edit::Whole(template.pipeline())));
        }
    };
    let current = templates().iter().find(|t| t.text == props.editor.text);
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
