//! The source that runs, with the lines lit on which goroutines are; and its Go twin, to compare.

use crate::{
    engine::Frame,
    hooks::{Fetched, keep_in_view},
    model::{
        look,
        session::Action,
        syntax::{Language, Token, tokens},
    },
};
use fanin::scenario::Source;
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SourceViewProps {
    pub rust: Source,
    pub go: Source,
    pub sources: Fetched,
    pub language: Language,
    pub frame: Frame,
    pub act: Callback<Action>,
}

/// The two source files, one at a time. Only the one in Rust runs, so only there lines are lit.
#[component]
pub fn SourceView(props: &SourceViewProps) -> Html {
    let language = props.language;
    let source = if language == Language::Rust { props.rust } else { props.go };
    let lines =
        use_memo((props.sources.clone(), source, language), |(sources, source, language)| match sources {
            Fetched::Here(sources) => sources.text(source.path).map(|text| tokens(text, *language)),
            Fetched::Waiting | Fetched::Failed(_) => None,
        });
    let view = &props.frame.now;
    // At the end, where nobody acts, the first that something was found of.
    let found = || props.frame.findings.first().and_then(|f| f.tasks.first().copied());
    let now = view.actor.or_else(found).and_then(|task| view.lane(task)?.line_in(source.path));
    let text = use_node_ref();
    use_effect_with((now, lines.is_some(), text.clone()), |(now, _, text)| {
        if let (Some(line), Some(text)) = (now, text.cast::<Element>()) {
            keep_in_view(&text, *line);
        }
    });
    let on_line = |line: u32| {
        let on = view.lanes.iter().filter(|l| !l.is_ended() && l.line_in(source.path) == Some(line));
        let mut on: Vec<_> = on.collect();
        if let Some(actor) = on.iter().position(|l| view.actor == Some(l.task)) {
            on.swap(0, actor);
        }
        on
    };
    html! {
        <figure class="source" data-testid="source">
            <figcaption>
                <span class="muted mono">{ source.path }</span>
                if language == Language::Go { <span class="muted">{"Go 1.25 or newer. What runs is the Rust."}</span> }
                <span class="segmented" role="group" aria-label="Language">
                    { choice(props, Language::Rust, "Rust") }
                    { choice(props, Language::Go, "Go") }
                </span>
            </figcaption>
            { missing(&props.sources, lines.is_some()) }
            <pre ref={text} role="group" tabindex="0" aria-label={format!("Source of {}", source.path)}><code>
                for (number, tokens, on) in (1..).zip(lines.iter().flatten()).map(|(n, tokens)| (n, tokens, on_line(n))) {
                    <span class={classes!("line", (!on.is_empty()).then_some("lit"))}>
                        <span class="number" aria-hidden="true">{ number }</span>
                        // There is room for two.
                        <span class="who">
                            for lane in on.iter().take(if on.len() > 2 { 1 } else { 2 }) {
                                <span class={classes!("tag", look::class(lane, view, props.frame.finding(lane.task).is_some()))}>{ lane.task.to_string() }</span>
                            }
                            if on.len() > 2 { <span class="tag">{ format!("+{}", on.len() - 1) }</span> }
                        </span>
                        <span class="code">for Token { kind, text } in tokens { <span class={kind.class()}>{ text }</span> }{"\n"}</span>
                    </span>
                }
            </code></pre>
        </figure>
    }
}

/// Why there is no text yet, and what can be done.
fn missing(sources: &Fetched, here: bool) -> Html {
    match sources {
        _ if here => Html::default(),
        Fetched::Waiting => html! { <p class="source-missing muted" role="status">{"Loading …"}</p> },
        Fetched::Here(_) => {
            html! { <p class="source-missing" role="status">{"This file is not on the site."}</p> }
        }
        Fetched::Failed(again) => html! {
            <p class="source-missing" role="alert" data-testid="source-missing">
                {"The source did not load. The run does not need it. "}
                <button type="button" class="inline" onclick={again.reform(|_| ())}>{"Try again"}</button>
            </p>
        },
    }
}

fn choice(props: &SourceViewProps, language: Language, name: &'static str) -> Html {
    let onclick = props.act.reform(move |_| Action::Read(language));
    let pressed = (props.language == language).to_string();
    html! { <button type="button" aria-pressed={pressed} {onclick}>{ name }</button> }
}
