//! Every interleaving of the program: a button, and how far it is.

use super::explored::{explored, extent, verdict};
use crate::{
    engine::{Program, Progress, Search, Way},
    hooks::{millis, use_hotkeys},
    model::{keys::Command, link::Link, words::grouped},
};
use gloo_timers::callback::Timeout;
use web_sys::HtmlElement;
use yew::prelude::*;

/// How long the page may be kept busy at a time, in milliseconds.
const SLICE: f64 = 10.0;

#[derive(Clone, Debug, Properties, PartialEq)]
pub struct ExploreProps {
    pub program: Program,
    /// Where the program is found.
    pub link: Link,
    /// The step at which the run on the page is cancelled from outside.
    #[prop_or_default]
    pub cancel: Option<u32>,
    /// Whether keys without Ctrl do something.
    pub single_keys: bool,
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

    let begin = {
        let (search, progress, program) = (search.clone(), progress.clone(), props.program.clone());
        Callback::from(move |way: Way| {
            let mut search = search.borrow_mut();
            let first = search.insert(Search::new(&program, way)).slice(None, || true);
            progress.set(Some(first));
        })
    };
    let stop = {
        let progress = progress.clone();
        Callback::from(move |()| progress.set((*progress).clone().map(|p| Progress { going: false, ..p })))
    };
    let going = progress.as_ref().is_some_and(|p| p.going);
    {
        let (begin, stop) = (begin.clone(), stop.clone());
        let keys = Callback::from(move |command| {
            match command {
                Command::Explore if going => stop.emit(()),
                Command::Explore => begin.emit(Way::Every),
                _ => return false,
            }
            true
        });
        use_hotkeys(props.single_keys, keys);
    }
    let button = use_node_ref();
    let start = {
        let button = button.clone();
        begin.reform(move |way: Way| {
            // What was pressed may be gone; this one stops what it began.
            if let Some(button) = button.cast::<HtmlElement>() {
                let _focused = button.focus();
            }
            way
        })
    };
    let expected = props.program.expected();
    html! {
        <div role="group" class="panel explore" aria-label="Explore">
            <div class="panel-head">
                <h2>{"Every interleaving"}</h2>
                if going {
                    <button type="button" class="button" ref={button} data-testid="explore-stop" title="Stop (e)" onclick={stop.reform(|_| ())}>{"Stop"}</button>
                } else {
                    <button type="button" class="button" ref={button} data-testid="explore" title="Explore every interleaving (e)" onclick={start.reform(|_| Way::Every)}>{"Explore"}</button>
                }
            </div>
            // What comes from outside of the program is no part of it.
            if let Some(step) = props.cancel {
                <p class="muted" data-testid="explore-uncancelled">{ format!("Without the cancel at step {}.", grouped(step.into())) }</p>
            }
            if let Some(progress) = progress.as_ref() {
                { extent(progress) }
            } else {
                <p class="muted">{"Runs the program under every schedule that makes a difference: a proof that nothing goes wrong, or the shortest way in which it does."}</p>
            }
            // There all the time: told is what comes into it.
            <div role="status">
                if let Some(progress) = progress.as_ref().filter(|p| !p.going) { { verdict(progress, expected) } }
            </div>
            if let Some(progress) = progress.as_ref() { { explored(progress, expected, &props.link, &start) } }
        </div>
    }
}
