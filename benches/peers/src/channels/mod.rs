//! The libraries.

mod async_channel;
#[cfg(not(target_arch = "wasm32"))]
mod crossbeam;
mod flume;
mod futures;
mod kanal;
mod tokio;

pub use async_channel::AsyncChannel;
#[cfg(not(target_arch = "wasm32"))]
pub use crossbeam::Crossbeam;
pub use flume::Flume;
pub use futures::Futures;
pub use kanal::Kanal;
pub use tokio::Tokio;

use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};

/// Whether `send` was done before `done`: polls both, always in this order, which costs less than Go's select.
async fn before(send: impl Future<Output = ()>, done: impl Future) -> bool {
    let (mut send, mut done) = (pin!(send), pin!(done));
    poll_fn(|cx| {
        if send.as_mut().poll(cx).is_ready() {
            Poll::Ready(true)
        } else {
            done.as_mut().poll(cx).map(|_| false)
        }
    })
    .await
}
