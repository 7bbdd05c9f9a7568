//! crossbeam-channel, whose operations block their thread: for [`Threads`](crate::executors::Threads) alone.

use crate::{Channels, Shared};
use crossbeam_channel::{Receiver, Select, Sender, bounded, select};

pub struct Crossbeam;

impl Channels for Crossbeam {
    type Tx<T: Send + 'static> = Sender<T>;
    type Rx<T: Send + 'static> = Receiver<T>;
    type Stop = Sender<()>;
    type Done = Receiver<()>;

    fn chan<T: Send + 'static>(cap: usize) -> (Self::Tx<T>, Self::Rx<T>) {
        bounded(cap)
    }

    async fn send<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T) {
        let _ = tx.send(value);
    }

    async fn recv<T: Send + 'static>(rx: &mut Self::Rx<T>) -> Option<T> {
        rx.recv().ok()
    }

    fn done(tasks: usize) -> (Self::Stop, Vec<Self::Done>) {
        let (stop, done) = Self::chan(0);
        (stop, vec![done; tasks])
    }

    async fn send_or_done<T: Send + 'static>(tx: &mut Self::Tx<T>, value: T, done: &mut Self::Done) -> bool {
        select! {
            send(tx, value) -> sent => sent.is_ok(),
            recv(done) -> _ => false,
        }
    }

    async fn select2(rxs: &mut [Self::Rx<u64>; 2]) -> (usize, Option<u64>) {
        select(rxs)
    }

    async fn select8(rxs: &mut [Self::Rx<u64>; 8]) -> (usize, Option<u64>) {
        select(rxs)
    }
}

impl Shared for Crossbeam {
    fn share<T: Send + 'static>(rx: &Self::Rx<T>) -> Self::Rx<T> {
        rx.clone()
    }
}

fn select(rxs: &[Receiver<u64>]) -> (usize, Option<u64>) {
    let mut select = Select::new();
    for rx in rxs {
        select.recv(rx);
    }
    let operation = select.select();
    let case = operation.index();
    (case, operation.recv(&rxs[case]).ok())
}
