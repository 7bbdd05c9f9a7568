//! The order in which values came out, against the order in which they were sent.

use super::message::Output;
use fanin::pipeline::Item;

/// An output with its place in the order of sending, and how far it moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The number that the source gave it.
    pub id: u32,
    pub value: i64,
    /// True if something that was sent later came out before it.
    pub overtaken: bool,
}

/// The outputs as numbered items, if all of them are.
pub fn delivered(outputs: &[Output]) -> Option<Vec<Delivered>> {
    let mut latest = 0;
    let numbered = outputs.iter().map(|output| {
        let Item { id, value } = Item::shown(&output.value)?;
        let overtaken = id < latest;
        latest = latest.max(id);
        Some(Delivered { id, value, overtaken })
    });
    numbered.collect()
}
