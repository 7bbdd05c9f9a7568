//! The playground: a pipeline to build, run and look into.

use crate::{
    components::{
        Explore, Lanes, channels, counters, findings, log, next, objects, order, stage_list, text_editor,
        this_step, transport, waits,
    },
    engine::Program,
    hooks::Playground,
    model::session::Action,
};
use yew::prelude::*;

/// The page.
pub fn playground(state: &Playground, act: &Callback<Action>) -> Html {
    let session = &state.session;
    let Some(shown) = state.shown.first() else { return Html::default() };
    let frame = &shown.frame;
    html! {
        <main id="main" class="workbench" tabindex="-1">
            <h1 class="visually-hidden">{"Playground"}</h1>
            <div class="side">
                { text_editor(&session.editor, act) }
                { stage_list(&session.editor, frame, act) }
            </div>
            <div class="stage">
                { counters(frame, session.filter, act) }
                <Lanes frame={frame.clone()} selected={session.selected} filter={session.filter} fit={session.fit} act={act.clone()} />
                // Where the log gives way, so that the lanes do not jump at the end.
                { findings(frame, None, act) }
                { log(frame, act) }
                { transport(state, act) }
            </div>
            <div class="side">
                { this_step(frame, session.selected) }
                { next(frame, session.key.picks.len(), act) }
                <Explore program={Program::Pipeline(session.editor.good.clone())} link={session.to_pipeline()} cancel={session.key.cancel} single_keys={session.single_keys} />
                { waits(frame, session.selected, act) }
                { order(frame) }
                { channels(frame) }
                { objects(frame) }
            </div>
        </main>
    }
}
