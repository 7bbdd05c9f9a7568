//! Channels, select and the sync toolbox.

mod case;
pub(crate) mod chan;
pub mod select;
pub(crate) mod timer;
mod wait_group;
mod waiter;

pub use case::Case;
pub use chan::{CloseError, CloseOnDrop, Closed, Receiver, Recv, Send, SendChecked, Sender, chan};
pub use select::Selector;
pub use wait_group::{DoneOnDrop, WaitGroup, WaitGroupWait};
