//! Plays: wall clock here, none in the run.

use crate::model::{playback::Speed, session::Action};
use gloo_timers::callback::Interval;
use yew::prelude::*;

/// Goes forward at this speed for as long as it plays.
#[hook]
pub fn use_playback(playing: bool, speed: Speed, act: Callback<Action>) {
    use_effect_with((playing, speed), move |&(playing, speed)| {
        let interval =
            playing.then(|| Interval::new(speed.period(), move || act.emit(Action::Forward(speed.steps()))));
        || drop(interval)
    });
}
