//! The whole page: its state, and which page of it is open.

use super::{
    crumbs::alone,
    gallery::{FIND, gallery},
    playground::playground,
};
use crate::{
    components::{Help, TopBar, banner, patterns},
    hooks::{
        Playground, use_address, use_hotkeys, use_playback, use_playground, use_preparation, use_share,
        use_sources, use_title,
    },
    model::{
        keys::Command,
        link::Link,
        sentence,
        session::{Action, Page, Session},
    },
};
use fanin::scenario;
use yew::prelude::*;

/// The page.
#[component]
pub fn App() -> Html {
    let state = use_playground();
    let act = {
        let dispatch = state.dispatcher();
        use_callback((), move |action: Action, ()| dispatch.dispatch(action))
    };
    let session = &state.session;
    use_address(session, act.clone());
    use_playback(session.playing, session.speed, act.clone());
    use_preparation(&state, act.clone());
    use_title(session);
    let sources = use_sources(session.page != Page::Playground);

    let (shared, share) = use_share();
    let keys = {
        let (state, act, share) = (state.clone(), act.clone(), share.clone());
        Callback::from(move |command| match command {
            Command::Find => crate::hooks::focus(FIND),
            Command::Share => {
                share.emit(Some(state.session.link()));
                true
            }
            command => action(command, &state).map(|action| act.emit(action)).is_some(),
        })
    };
    use_hotkeys(session.single_keys, keys);

    let fixed = (session.page == Page::Playground).then_some("fixed");
    let embedded = session.embedded && session.page != Page::Gallery;
    html! {
        <div class={classes!("app", fixed, embedded.then_some("embedded"))}>
            <a class="skip" href="#main" onclick={skip()}>{"To the content"}</a>
            if embedded {
                { whole(session) }
            } else {
                <TopBar page={session.page.clone()} pipeline={session.to_pipeline().to_string()} link={session.link()} act={act.clone()} {share} {shared} />
            }
            if let Some(notice) = &session.notice { { banner(notice, &act) } } else { <div></div> }
            { match &session.page {
                Page::Playground => playground(&state, &act),
                Page::Gallery => gallery(session, &sources, &act),
                Page::Scenario { .. } => super::scenario::scenario(&state, &sources, &act),
            } }
            { patterns() }
            <p class="visually-hidden" role="status" data-testid="said">{ said(&state) }</p>
            if session.help { <Help single_keys={session.single_keys} {act} /> }
        </div>
    }
}

/// The way from a frame to the whole page, and which pipeline it is that runs.
fn whole(session: &Session) -> Html {
    let whole = Link { embedded: false, ..session.link() };
    html! {
        <header class="whole">
            if session.page == Page::Playground { <code>{ session.editor.good.to_string() }</code> }
            <a href={whole.to_string()} target="_blank" rel="noopener" data-testid="whole">{"Open in fanin"}</a>
        </header>
    }
}

/// What is told to those who listen: an edit, or the step. Nothing while steps fly by.
fn said(state: &Playground) -> String {
    let session = &state.session;
    match state.shown.first() {
        _ if !session.said.is_empty() => session.said.clone(),
        Some(shown) if !session.playing => sentence::step(shown.frame.events(), &shown.frame.now),
        _ => String::new(),
    }
}

/// The fragment holds the state, so the focus is moved by hand.
fn skip() -> Callback<MouseEvent> {
    Callback::from(|e: MouseEvent| {
        e.prevent_default();
        let _there = crate::hooks::focus("main");
    })
}

/// The mistake's repair, or the repair's mistake, alone: at the same step, or at the end as well.
fn partner(state: &Playground) -> Option<Link> {
    let Page::Scenario { id, single } = state.session.page else { return None };
    let partner = scenario::find(id)?.form.partner()?;
    let t = if state.is_over() { u32::MAX } else { state.session.t };
    Some(Link {
        t,
        ..alone(&state.session, if single { partner } else { state.shown.first()?.scenario?.id })
    })
}

/// What a key does in this state.
fn action(command: Command, state: &Playground) -> Option<Action> {
    let session = &state.session;
    Some(match command {
        Command::Help => Action::Help(true),
        Command::Close => session.selected.map(|_| Action::Select(None))?,
        Command::Undo if session.page == Page::Playground => Action::Undo,
        Command::Redo if session.page == Page::Playground => Action::Redo,
        _ if state.shown.is_empty() => return None,
        Command::Play => Action::TogglePlay,
        Command::Forward => Action::Forward(1),
        Command::Back => Action::Back(1),
        Command::Start => Action::Seek(0),
        Command::End => Action::ToEnd,
        Command::NextMark => Action::Seek(state.marks().map(|m| m.step).filter(|s| *s > session.t).min()?),
        Command::PreviousMark => {
            Action::Seek(state.marks().map(|m| m.step).filter(|s| *s < session.t).max()?)
        }
        Command::NextOfLane => Action::Seek(state.acts(session.selected?).find(|s| *s > session.t)?),
        Command::PreviousOfLane => {
            Action::Seek(state.acts(session.selected?).filter(|s| *s < session.t).last()?)
        }
        Command::NextLane => Action::Select(state.lane_after(session.selected, 1)),
        Command::PreviousLane => Action::Select(state.lane_after(session.selected, -1)),
        Command::Pick(n) if state.shown.len() == 1 => Action::Pick(state.shown[0].frame.next.get(n)?.task),
        Command::Cancel if state.can_cancel() && session.key.cancel.is_some() => Action::Cancel(false),
        Command::Cancel if state.can_cancel() && !state.is_over() => Action::Cancel(true),
        Command::Partner => Action::Open(partner(state)?.to_string()),
        Command::Reroll => Action::Reroll,
        Command::Fit => Action::Fit(!session.fit),
        _ => return None,
    })
}
