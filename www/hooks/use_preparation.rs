//! What takes a run long, in slices that leave the page alive.

use super::Playground;
use crate::model::session::Action;
use gloo_timers::callback::Interval;
use yew::prelude::*;

/// Goes on towards the step that is asked for, and shows it once it is there.
#[hook]
pub fn use_preparation(state: &Playground, act: Callback<Action>) {
    let state = state.clone();
    use_effect(move || {
        let slices = state.session.goal.map(|_| {
            Interval::new(0, move || {
                if state.prepare() {
                    act.emit(Action::Arrive);
                }
            })
        });
        || drop(slices)
    });
}
