//! The hand-over between threads, in every interleaving of its locks and atomics: `make loom`.
//!
//! What the simulator explores are whole operations; in here it is the steps within them. A lost wake shows as a
//! deadlock, which loom reports.

#![cfg(loom)]

use fanin::{
    Receiver, Sender, chan,
    probe::TaskId,
    rt::{Entered, Handle, Runtime, TimerId},
    select,
    time::Instant,
};
use futures::{FutureExt, future::BoxFuture};
use loom::{future::block_on, thread};
use std::{
    panic::Location,
    pin::pin,
    sync::Arc,
    task::{Context, Waker},
};

/// All that a select asks of a runtime: which case comes first.
struct First;

impl Runtime for First {
    fn spawn(&self, _: BoxFuture<'static, ()>, _: &'static Location<'static>) -> TaskId {
        unreachable!("loom starts the threads")
    }
    fn now(&self) -> Instant {
        Instant::ZERO
    }
    fn set_timer(&self, _: Instant, _: Waker) -> TimerId {
        unreachable!("nothing waits for a time")
    }
    fn cancel_timer(&self, _: TimerId) {}
    fn choose(&self, _: u32) -> u32 {
        0
    }
}

/// Loom's threads are fibers of this one.
fn enter() -> Entered {
    Handle::new(Arc::new(First)).enter()
}

/// Checks a program in every interleaving with at most three switches that its threads did not ask for.
fn check(program: impl Fn() + Sync + Send + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(3);
    model.check(program);
}

#[test]
fn a_rendezvous_wakes_whoever_came_first() {
    check(|| {
        let (tx, rx) = chan(0);
        let sender = thread::spawn(move || block_on(tx.send(7)));
        assert_eq!(block_on(rx.recv()), Some(7));
        sender.join().expect("the sender returned");
    });
}

#[test]
fn a_full_buffer_lets_the_sender_go_on() {
    check(|| {
        let (tx, rx) = chan(1);
        let sender = thread::spawn(move || {
            block_on(tx.send(1));
            block_on(tx.send(2));
        });
        assert_eq!((block_on(rx.recv()), block_on(rx.recv())), (Some(1), Some(2)));
        sender.join().expect("the sender returned");
    });
}

#[test]
fn a_close_wakes_those_that_wait() {
    check(|| {
        let (tx, rx) = chan::<()>(0);
        let other = rx.clone();
        let waits = thread::spawn(move || block_on(other.recv()));
        tx.close();
        assert_eq!(block_on(rx.recv()), None);
        assert_eq!(waits.join().expect("the receiver returned"), None);
    });
}

#[test]
fn a_select_takes_one_of_two_offers() {
    check(|| {
        let _entered = enter();
        let ((ta, a), (tb, b)) = (chan(0), chan(0));
        let senders = [(ta, 1), (tb, 2)].map(|(tx, n)| thread::spawn(move || block_on(tx.send(n))));
        let either = || async {
            select! { n = a.recv() => n, n = b.recv() => n }
        };
        let (first, second) = (block_on(either()), block_on(either()));
        assert_eq!(first.zip(second).map(|(x, y)| x + y), Some(3), "{first:?}, {second:?}");
        senders.into_iter().for_each(|sender| sender.join().expect("the sender returned"));
    });
}

#[test]
fn a_select_that_moves_to_another_waker_is_woken() {
    check(|| {
        let _entered = enter();
        let (tx, rx) = chan(0);
        let mut waits = pin!(async {
            select! { n = rx.recv() => n }
        });
        assert!(waits.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        let sender = thread::spawn(move || block_on(tx.send(7)));
        assert_eq!(block_on(waits), Some(7));
        sender.join().expect("the sender returned");
    });
}

/// Somebody who waits for a value gives up while it is sent: another one gets it.
fn give_up_while_sent(tx: Sender<u32>, rx: &Receiver<u32>, waits: impl Future<Output = Option<u32>>) {
    let mut waits = Box::pin(waits);
    assert!((&mut waits).now_or_never().is_none());
    let sender = thread::spawn(move || block_on(tx.send(7)));
    drop(waits);
    assert_eq!(block_on(rx.recv()), Some(7));
    sender.join().expect("the sender returned");
}

#[test]
fn a_value_handed_to_a_dropped_receive_is_not_lost() {
    check(|| {
        let (tx, rx) = chan(0);
        give_up_while_sent(tx, &rx, rx.recv());
    });
}

#[test]
fn a_value_handed_to_a_dropped_select_is_not_lost() {
    check(|| {
        let _entered = enter();
        let ((tx, rx), (_other, never)) = (chan(0), chan::<u32>(0));
        give_up_while_sent(tx, &rx, async {
            select! { n = rx.recv() => n, n = never.recv() => n }
        });
    });
}

#[test]
fn what_a_select_left_behind_takes_nothing() {
    check(|| {
        let _entered = enter();
        let ((ta, a), (tb, b)) = (chan(0), chan(0));
        let select = || async {
            select! { n = a.recv() => n, n = b.recv() => n }
        };
        let sender = thread::spawn(move || {
            block_on(ta.send(1));
            block_on(tb.send(2));
        });
        assert_eq!((block_on(select()), block_on(b.recv())), (Some(1), Some(2)));
        sender.join().expect("the sender returned");
    });
}
