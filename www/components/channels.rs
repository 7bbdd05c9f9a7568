//! What the channels hold.

use crate::{
    engine::Frame,
    model::{channel::Channel, sentence},
};
use fanin::pipeline::Item;
use yew::prelude::*;

/// The most channels that are listed.
const MOST: usize = 32;

/// The channels with their slots; nothing while there is none.
pub fn channels(frame: &Frame) -> Html {
    let view = &frame.now;
    let channels: Vec<_> = view.data_channels().collect();
    if channels.is_empty() {
        return Html::default();
    }
    html! {
        <div role="group" class="panel" aria-label="Channels">
            <div class="panel-head"><h2>{"Channels"}</h2><span class="muted num">{ channels.len() }</span></div>
            <ul class="channels" data-testid="channels">
                for channel in channels.iter().take(MOST) { { row(channel, frame) } }
            </ul>
            if channels.len() > MOST {
                <p class="muted">{ format!("and {} more", channels.len() - MOST) }</p>
            }
        </div>
    }
}

fn row(channel: &Channel, frame: &Frame) -> Html {
    let view = &frame.now;
    let waiting = |n: usize, what: &str| match n {
        0 => String::new(),
        1 => format!(" · 1 waits to {what}"),
        n => format!(" · {n} wait to {what}"),
    };
    let senders = view.lanes.iter().filter(|l| l.offers(channel.id)).count();
    let receivers = view.lanes.iter().filter(|l| l.awaits(channel.id)).count();
    html! {
        <li key={channel.id.0} class={classes!(channel.closed.then_some("closed"))}>
            <span class="channel-name">{ sentence::object(channel.id, view) }</span>
            <span class="slots" aria-hidden="true">
                for i in 0..channel.cap.min(16) {
                    <span class="slot">{ channel.slots.get(i as usize).map(|s| match Item::shown(&s.value) {
                        Some(item) => item.value.to_string(),
                        None => s.value.to_string(),
                    }) }</span>
                }
            </span>
            <span class="muted num">
                { if channel.cap == 0 { "unbuffered".to_owned() } else { format!("{}/{}", channel.slots.len(), channel.cap) } }
                { if channel.closed { " · closed" } else { "" } }
                { format!(" · {} received", channel.delivered) }
                { waiting(senders, "send") }{ waiting(receivers, "receive") }
            </span>
        </li>
    }
}
