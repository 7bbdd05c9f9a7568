//! The gallery: every scenario, with its own address.

use super::crumbs::entries;
use crate::{
    hooks::Fetched,
    model::{
        session::{Action, Session},
        words::{has_word, plural},
    },
};
use fanin::scenario::{self, Chapter, Scenario};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The id of the field that narrows the gallery down.
pub const FIND: &str = "find";

/// The chapters, a mistake together with its repair.
pub fn gallery(session: &Session, sources: &Fetched, act: &Callback<Action>) -> Html {
    let oninput = act.reform(|e: InputEvent| {
        Action::Find(e.target_dyn_into::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default())
    });
    let found: Vec<(&Chapter, Vec<&Scenario>)> = scenario::CHAPTERS
        .iter()
        .map(|c| (c, entries(c.scenarios).filter(|s| matches(c, s, &session.wanted, sources)).collect()))
        .filter(|(_, scenarios): &(_, Vec<_>)| !scenarios.is_empty())
        .collect();
    let count: usize = found.iter().map(|(_, scenarios)| scenarios.len()).sum();
    html! {
        <main id="main" class="gallery" tabindex="-1">
            <header class="gallery-head">
                <h1>{"Gallery"}</h1>
                <p class="muted">{"Small programs on the library, each running in the simulator with its own source beside it, and \
                    with the same in Go 1.25. What they lead to is found in the run, not written on the page."}</p>
                <label class="find">
                    <span>{"Find"}</span>
                    <input id={FIND} data-testid="find" type="search" placeholder="deadlock, sync.Once …"
                        value={session.wanted.clone()} {oninput} />
                    <span class="muted num" role="status">{ plural(count as u64, "program") }</span>
                </label>
                <ul class="chapters" aria-label="Chapters">
                    for (chapter, _) in &found { <li>{ to(chapter) }</li> }
                </ul>
            </header>
            for (chapter, scenarios) in found { { section(chapter, &scenarios, session) } }
            if count == 0 { <p class="muted">{"No program has all of these words."}</p> }
        </main>
    }
}

/// True if each of the words stands somewhere on the card or in its Go, or on its repair's or in that one's Go.
fn matches(chapter: &Chapter, scenario: &Scenario, wanted: &str, sources: &Fetched) -> bool {
    let go = |s: &Scenario| match sources {
        Fetched::Here(sources) => sources.text(s.go.path),
        Fetched::Waiting | Fetched::Failed(_) => None,
    };
    let fix = scenario.form.partner().and_then(scenario::find);
    wanted.split_whitespace().all(|word| {
        let told =
            |s: &Scenario| [s.id, s.title, s.about].into_iter().chain(go(s)).any(|text| has_word(text, word));
        has_word(chapter.title, word) || told(scenario) || fix.is_some_and(told)
    })
}

/// The way to a chapter. The fragment holds the state, so it is no link.
fn to(chapter: &Chapter) -> Html {
    let title = chapter.title;
    html! { <button type="button" class="button" onclick={move |_| crate::hooks::go_to(title)}>{ title }</button> }
}

fn section(chapter: &Chapter, scenarios: &[&Scenario], session: &Session) -> Html {
    html! {
        <section key={chapter.title} id={chapter.title} class="chapter" aria-label={chapter.title} tabindex="-1">
            <h2>{ chapter.title }</h2>
            <ul class="gallery-grid">
                for scenario in scenarios { <li key={scenario.id}>{ card(scenario, session) }</li> }
            </ul>
        </section>
    }
}

fn card(scenario: &Scenario, session: &Session) -> Html {
    html! {
        <a class="gallery-card" href={session.to_scenario(scenario.id).to_string()}>
            <h3>
                { scenario.title }
                if scenario.form.partner().is_some() { {" "}<span class="pair-chip">{"bug + fix"}</span> }
            </h3>
            <p>{ scenario.about }</p>
        </a>
    }
}
