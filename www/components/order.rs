//! The outputs, in the order in which they came, against the order in which they were sent.

use crate::{engine::Frame, model::order::Delivered};
use yew::prelude::*;

/// The most outputs that are shown, the latest.
const MOST: usize = 32;

/// The outputs.
pub fn order(frame: &Frame) -> Html {
    let outputs = &frame.now.outputs;
    let latest = &outputs[outputs.len().saturating_sub(MOST)..];
    let items: Option<Vec<_>> = latest.iter().map(|output| output.item).collect();
    html! {
        <div role="group" class="panel" aria-label="Output">
            <div class="panel-head"><h2>{"Output"}</h2><span class="muted num" data-testid="outputs">{ outputs.len() }</span></div>
            if outputs.is_empty() {
                <p class="muted">{"Nothing has come out yet."}</p>
            } else if let Some(items) = items {
                { compared(&items) }
            } else {
                <ol class="items">for output in latest { <li class="item">{ output.value.to_string() }</li> }</ol>
            }
            if outputs.len() > MOST { <p class="muted">{ format!("The latest {MOST} are shown.") }</p> }
        </div>
    }
}

fn compared(items: &[Delivered]) -> Html {
    // There are few, mostly in order: the standard library's sort would be 6 KB of the page.
    let mut sent: Vec<&Delivered> = Vec::new();
    for d in items {
        sent.insert(sent.partition_point(|s| s.id <= d.id), d);
    }
    let overtaken = items.iter().filter(|d| d.overtaken).count();
    html! {
        <>
            <p class="order-label">{"as delivered"}</p>
            <div data-testid="delivered">{ row(items) }</div>
            <p class="order-label">{"as sent"}</p>
            <ol class="items sent" data-testid="sent">for d in sent { { item(d, false) } }</ol>
            <p class="muted">{ match overtaken {
                0 => "In the order of sending.".to_owned(),
                1 => "One was overtaken by another that was sent later.".to_owned(),
                n => format!("{n} were overtaken by others that were sent later."),
            } }</p>
        </>
    }
}

/// The items in the order of their delivery.
pub fn row(items: &[Delivered]) -> Html {
    html! { <ol class="items">for d in items { { item(d, d.overtaken) } }</ol> }
}

fn item(d: &Delivered, overtaken: bool) -> Html {
    html! {
        <li class={classes!("item", overtaken.then_some("overtaken"))}>
            { d.value }<sub><span class="visually-hidden">{" item "}</span>{ d.id }</sub>
        </li>
    }
}
