//! tokio's channel, which has one receiver and no capacity 0: 1 stands for it.

use crate::Channels;
use ::tokio::sync::{
    mpsc::{Receiver, Sender, channel},
    oneshot,
};

pub struct Tokio;

impl Channels for Tokio {
    type Tx<T: Send + 'static> = Sender<T>;
    type Rx<T: Send + 'static> = Receiver<T>;
    type Stop = Vec<oneshot::Sender<()>>;
    type Done = oneshot::Receiver<()>;

    fn chan<T: Send + 'static>(cap: usize) -> (Self::Tx<T>, Self::Rx<T>) {
        channel(cap.max(1))
    }

    async fn send<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T) {
        let _ = tx.send(value).await;
    }

    async fn recv<T: Send + 'static>(rx: &mut Self::Rx<T>) -> Option<T> {
        rx.recv().await
    }

    fn done(tasks: usize) -> (Self::Stop, Vec<Self::Done>) {
        (0..tasks).map(|_| oneshot::channel()).unzip()
    }

    async fn send_or_done<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T, done: &mut Self::Done) -> bool {
        ::tokio::select! {
            _ = tx.send(value) => true,
            _ = done => false,
        }
    }
}
