//! flume.

use crate::{Channels, Shared};
use ::flume::{Receiver, Sender, bounded};

pub struct Flume;

impl Channels for Flume {
    type Tx<T: Send + 'static> = Sender<T>;
    type Rx<T: Send + 'static> = Receiver<T>;
    type Stop = Sender<()>;
    type Done = Receiver<()>;

    fn chan<T: Send + 'static>(cap: usize) -> (Self::Tx<T>, Self::Rx<T>) {
        bounded(cap)
    }

    async fn send<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T) {
        let _ = tx.send_async(value).await;
    }

    async fn recv<T: Send + 'static>(rx: &mut Self::Rx<T>) -> Option<T> {
        rx.recv_async().await.ok()
    }

    fn done(tasks: usize) -> (Self::Stop, Vec<Self::Done>) {
        let (stop, done) = Self::chan(0);
        (stop, vec![done; tasks])
    }

    async fn send_or_done<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T, done: &mut Self::Done) -> bool {
        super::before(Self::send(tx, value), done.recv_async()).await
    }
}

impl Shared for Flume {
    fn share<T: Send + 'static>(rx: &Self::Rx<T>) -> Self::Rx<T> {
        rx.clone()
    }
}
