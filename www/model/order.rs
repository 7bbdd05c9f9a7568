//! The order in which values came out, against the order in which they were sent.

use fanin::pipeline::Item;

/// An output with its place in the order of sending, and how far it moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The number that the source gave it.
    pub id: u32,
    pub value: i64,
    /// True if something that was sent later came out before it.
    pub overtaken: bool,
}

impl Delivered {
    /// An item that comes out after others, of which the `latest` to be sent is known, and is kept up.
    pub fn new(Item { id, value }: Item, latest: &mut u32) -> Self {
        let overtaken = id < *latest;
        *latest = id.max(*latest);
        Self { id, value, overtaken }
    }
}

/// The outputs as numbered items, if all of them are.
pub fn delivered(outputs: impl Iterator<Item = Option<Item>>) -> Option<Vec<Delivered>> {
    let mut latest = 0;
    outputs.map(|item| Some(Delivered::new(item?, &mut latest))).collect()
}
