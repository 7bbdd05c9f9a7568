//! The gallery: every scenario, with its own address.

use crate::model::link::{Link, Open};
use fanin::scenario::{self, Chapter, Form, Scenario};
use yew::prelude::*;

/// The chapters, a mistake together with its repair.
pub fn gallery() -> Html {
    html! {
        <main id="main" class="gallery" tabindex="-1">
            <header class="gallery-head">
                <h1>{"Gallery"}</h1>
                <p class="muted">{"Small programs on the library, each running in the simulator with its own source beside it. \
                    What they lead to is found in the run, not written on the page."}</p>
            </header>
            for chapter in scenario::CHAPTERS { { section(chapter) } }
        </main>
    }
}

fn section(chapter: &'static Chapter) -> Html {
    let scenarios = chapter.scenarios.iter().filter(|s| !matches!(s.form, Form::Fix { .. }));
    html! {
        <section class="chapter" aria-label={chapter.title}>
            <h2>{ chapter.title }</h2>
            <ul class="gallery-grid">
                for scenario in scenarios { <li key={scenario.id}>{ card(scenario) }</li> }
            </ul>
        </section>
    }
}

fn card(scenario: &'static Scenario) -> Html {
    let fix = scenario.form.partner().and_then(scenario::find);
    html! {
        <a class="gallery-card" href={Link::to(Open::Scenario(scenario.id.into())).to_string()}>
            <span class="rows">
                for row in scenario.rows { <span class="row-id">{ *row }</span> }
                if fix.is_some() { <span class="pair-chip">{"bug + fix"}</span> }
            </span>
            <h3>{ scenario.title }</h3>
            <p>{ scenario.about }</p>
        </a>
    }
}
