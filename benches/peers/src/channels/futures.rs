//! futures' channel, which has one receiver. Its capacity 0 holds one value a sender, but a send waits until it is taken.

use crate::Channels;
use ::futures::{
    SinkExt, StreamExt,
    channel::{
        mpsc::{Receiver, Sender, channel},
        oneshot,
    },
};

pub struct Futures;

impl Channels for Futures {
    type Tx<T: Send + 'static> = Sender<T>;
    type Rx<T: Send + 'static> = Receiver<T>;
    type Stop = Vec<oneshot::Sender<()>>;
    type Done = oneshot::Receiver<()>;

    fn chan<T: Send + 'static>(cap: usize) -> (Self::Tx<T>, Self::Rx<T>) {
        channel(cap)
    }

    async fn send<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T) {
        let _ = tx.send(value).await;
    }

    async fn recv<T: Send + 'static>(rx: &mut Self::Rx<T>) -> Option<T> {
        rx.next().await
    }

    fn done(tasks: usize) -> (Self::Stop, Vec<Self::Done>) {
        (0..tasks).map(|_| oneshot::channel()).unzip()
    }

    async fn send_or_done<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T, done: &mut Self::Done) -> bool {
        super::before(Self::send(tx, value), done).await
    }
}
