//! fanin's channels.

use fanin::{Receiver, Sender, chan, select};
use peers::{Channels, Shared};

pub struct Fanin;

impl Channels for Fanin {
    type Tx<T: Send + 'static> = Sender<T>;
    type Rx<T: Send + 'static> = Receiver<T>;
    type Stop = Sender<()>;
    type Done = Receiver<()>;

    fn chan<T: Send + 'static>(cap: usize) -> (Self::Tx<T>, Self::Rx<T>) {
        chan(cap)
    }

    fn send<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T) -> impl Future<Output = ()> + Send {
        tx.send(value)
    }

    fn recv<T: Send + 'static>(rx: &mut Self::Rx<T>) -> impl Future<Output = Option<T>> + Send {
        rx.recv()
    }

    fn close<T: Send + 'static>(tx: Self::Tx<T>) {
        tx.close();
    }

    fn done(tasks: usize) -> (Self::Stop, Vec<Self::Done>) {
        let (stop, done) = chan(0);
        (stop, vec![done; tasks])
    }

    async fn send_or_done<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T, done: &mut Self::Done) -> bool {
        select! {
            tx.send(value) => true,
            _ = done.recv() => false,
        }
    }

    async fn select2(rxs: &mut [Self::Rx<u64>; 2]) -> (usize, Option<u64>) {
        let [a, b] = rxs;
        select! {
            v = a.recv() => (0, v),
            v = b.recv() => (1, v),
        }
    }

    async fn select8(rxs: &mut [Self::Rx<u64>; 8]) -> (usize, Option<u64>) {
        let [a, b, c, d, e, f, g, h] = rxs;
        select! {
            v = a.recv() => (0, v),
            v = b.recv() => (1, v),
            v = c.recv() => (2, v),
            v = d.recv() => (3, v),
            v = e.recv() => (4, v),
            v = f.recv() => (5, v),
            v = g.recv() => (6, v),
            v = h.recv() => (7, v),
        }
    }
}

impl Shared for Fanin {
    fn share<T: Send + 'static>(rx: &Self::Rx<T>) -> Self::Rx<T> {
        rx.clone()
    }
}
