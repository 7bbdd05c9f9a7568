//! The order in which values came out, against the order in which they were sent.

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
pub fn delivered(outputs: impl Iterator<Item = Option<Item>>) -> Option<Vec<Delivered>> {
    let mut latest = 0;
    let numbered = outputs.map(|item| {
        let Item { id, value } = item?;
        let overtaken = id < latest;
        latest = latest.max(id);
        Some(Delivered { id, value, overtaken })
    });
    numbered.collect()
}
