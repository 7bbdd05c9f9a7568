//! The source that runs, with the lines lit on which goroutines are.

use crate::{
    engine::Frame,
    model::{
        look,
        syntax::{Token, tokens},
    },
};
use fanin::scenario::Source;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SourceViewProps {
    pub source: Source,
    pub frame: Frame,
}

/// A source file.
#[component]
pub fn SourceView(props: &SourceViewProps) -> Html {
    let lines = use_memo(props.source.text, |text| tokens(text));
    let view = &props.frame.now;
    let on_line = |line: u32| {
        view.lanes.iter().filter(move |l| {
            !l.is_ended() && l.place.as_ref().is_some_and(|p| p.line == line && p.file == props.source.path)
        })
    };
    html! {
        <figure class="source" data-testid="source">
            <figcaption class="muted mono">{ props.source.path }</figcaption>
            <pre tabindex="0" aria-label={format!("Source of {}", props.source.path)}><code>
                for (number, tokens) in (1..).zip(lines.iter()) {
                    <span class={classes!("line", on_line(number).next().map(|_| "lit"))}>
                        <span class="number" aria-hidden="true">{ number }</span>
                        <span class="who">
                            for lane in on_line(number).take(6) {
                                <span class={classes!("tag", look::class(lane, view, props.frame.finding(lane.task).is_some()))}>{ lane.task.to_string() }</span>
                            }
                        </span>
                        <span class="code">for Token { kind, text } in tokens { <span class={kind.class()}>{ text }</span> }{"\n"}</span>
                    </span>
                }
            </code></pre>
        </figure>
    }
}
