//! The hand-over between threads, in every interleaving of its locks and atomics: `make loom`. Two programs have too many,
//! and are checked in those with at most three switches that no thread asked for.
//!
//! What the simulator explores are whole operations; in here it is the steps within them. A lost wake shows as a
//! deadlock, which loom reports.

#![cfg(loom)]

use fanin::{
    Context, ContextError, Receiver, Sender, WaitGroup, chan,
    group::{Calls, Semaphore},
    probe::TaskId,
    rt::{Entered, Handle, Runtime, TimerId},
    select,
    sync::{Cond, Mutex, Once, RwLock},
    time::Instant,
};
use futures::{FutureExt, future::BoxFuture};
use loom::{future::block_on, thread};
use std::{
    panic::Location,
    pin::pin,
    sync::Arc,
    task::{self, Waker},
};

/// A thread for each task, a clock that stands still, and of several choices the first.
struct Threads;

impl Runtime for Threads {
    fn spawn(&self, task: BoxFuture<'static, ()>, _: &'static Location<'static>) -> TaskId {
        thread::spawn(move || block_on(task));
        TaskId::MAIN
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
    Handle::new(Arc::new(Threads)).enter()
}

/// Checks a program in every interleaving.
fn check(program: impl Fn() + Sync + Send + 'static) {
    check_within(None, program);
}

/// Checks one that has too many: in those with at most three switches that its threads did not ask for.
fn check_mostly(program: impl Fn() + Sync + Send + 'static) {
    check_within(Some(3), program);
}

fn check_within(preemptions: Option<usize>, program: impl Fn() + Sync + Send + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = preemptions;
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
    check_mostly(|| {
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
        assert!(waits.as_mut().poll(&mut task::Context::from_waker(Waker::noop())).is_pending());
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
    check_mostly(|| {
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

#[test]
fn a_mutex_lets_one_in_at_a_time_and_each_in_time() {
    check(|| {
        let _entered = enter();
        let count = Mutex::new(0);
        let other = count.clone();
        let adds = thread::spawn(move || *block_on(other.lock()) += 1);
        *block_on(count.lock()) += 1;
        adds.join().expect("the other returned");
        assert_eq!(*block_on(count.lock()), 2);
    });
}

#[test]
fn a_lock_for_writing_waits_for_those_who_read_and_they_for_it() {
    check(|| {
        let _entered = enter();
        let value = RwLock::new(0);
        let other = value.clone();
        let reads = thread::spawn(move || *block_on(other.read()));
        *block_on(value.write()) += 7;
        assert!([0, 7].contains(&reads.join().expect("the reader returned")));
        assert_eq!(*block_on(value.read()), 7);
    });
}

#[test]
fn a_wait_for_a_condition_misses_no_signal() {
    check(|| {
        let _entered = enter();
        let (ready, changed) = (Mutex::new(false), Cond::new());
        let (its, signal) = (ready.clone(), changed.clone());
        let tells = thread::spawn(move || {
            *block_on(its.lock()) = true;
            signal.signal();
        });
        block_on(async {
            let mut guard = ready.lock().await;
            while !*guard {
                guard = changed.wait(guard).await;
            }
        });
        tells.join().expect("the other returned");
    });
}

#[test]
fn a_wait_group_wakes_who_waits() {
    check(|| {
        let _entered = enter();
        let wg = WaitGroup::new();
        wg.add(1);
        let other = wg.clone();
        let done = thread::spawn(move || other.done());
        block_on(wg.wait());
        done.join().expect("the other returned");
    });
}

#[test]
fn a_once_is_over_for_all_who_come() {
    check(|| {
        let _entered = enter();
        let (once, count) = (Once::new(), Mutex::new(0));
        let call = |once: &Once, count: &Mutex<i32>| {
            block_on(once.do_once(async || *count.lock().await += 1));
            *block_on(count.lock())
        };
        let (its, also) = (once.clone(), count.clone());
        let other = thread::spawn(move || call(&its, &also));
        assert_eq!((call(&once, &count), other.join().expect("the other returned")), (1, 1));
    });
}

#[test]
fn a_unit_that_is_given_back_is_not_lost() {
    check(|| {
        let _entered = enter();
        let units = Semaphore::new(1);
        let take = |units: &Semaphore| {
            assert_eq!(block_on(units.acquire(&Context::background(), 1)), Ok(()));
            units.release(1);
        };
        let its = units.clone();
        let other = thread::spawn(move || take(&its));
        take(&units);
        other.join().expect("the other returned");
    });
}

#[test]
fn units_that_are_given_back_at_a_cancel_go_to_whom_they_are_enough_for() {
    check(|| {
        let _entered = enter();
        let (background, units) = (Context::background(), Semaphore::new(2));
        assert!(block_on(units.try_acquire(2)));
        let (ctx, cancel) = background.with_cancel();
        let (mut one, mut both) = (units.acquire(&ctx, 1), units.acquire(&background, 2));
        assert_eq!(((&mut one).now_or_never(), (&mut both).now_or_never()), (None, None));
        let cancels = thread::spawn(move || cancel.cancel());
        units.release(1);
        let held = match block_on(one) {
            Ok(()) => 2,
            Err(ended) => {
                assert_eq!(ended, ContextError::Canceled);
                1
            }
        };
        assert_eq!((&mut both).now_or_never(), None);
        units.release(held);
        assert_eq!(block_on(both), Ok(()));
        assert!(!block_on(units.try_acquire(1)));
        cancels.join().expect("the other returned");
    });
}

#[test]
fn each_call_that_joins_a_run_gets_its_answer() {
    check(|| {
        let _entered = enter();
        let calls = Calls::new();
        let [first, second] = [6, 7].map(|n| block_on(calls.call_chan("key", async move { n })));
        let answers = [first, second].map(|answer| block_on(answer.recv()).expect("it is not closed"));
        assert!(matches!(
            answers.map(|answer| (answer.value, answer.shared)),
            [(6, true), (6, true)] | [(6, false), (7, false)]
        ));
    });
}
