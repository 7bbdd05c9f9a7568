//! kanal.

use crate::{Channels, Shared};
use ::kanal::{AsyncReceiver, AsyncSender, bounded_async};

pub struct Kanal;

impl Channels for Kanal {
    type Tx<T: Send + 'static> = AsyncSender<T>;
    type Rx<T: Send + 'static> = AsyncReceiver<T>;
    type Stop = AsyncSender<()>;
    type Done = AsyncReceiver<()>;

    fn chan<T: Send + 'static>(cap: usize) -> (Self::Tx<T>, Self::Rx<T>) {
        bounded_async(cap)
    }

    async fn send<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T) {
        let _ = tx.send(value).await;
    }

    async fn recv<T: Send + 'static>(rx: &mut Self::Rx<T>) -> Option<T> {
        rx.recv().await.ok()
    }

    fn done(tasks: usize) -> (Self::Stop, Vec<Self::Done>) {
        let (stop, done) = Self::chan(0);
        (stop, vec![done; tasks])
    }

    async fn send_or_done<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T, done: &mut Self::Done) -> bool {
        super::before(Self::send(tx, value), done.recv()).await
    }
}

impl Shared for Kanal {
    fn share<T: Send + 'static>(rx: &Self::Rx<T>) -> Self::Rx<T> {
        rx.clone()
    }
}
