//! What may cross threads: everything that a task may hold is `Send`, and no future has to be pinned to be
//! polled unless it holds another one by value.

use fanin::{
    CancelFunc, Context, ContextError, Fault, JoinError, JoinHandle, Receiver, Sender, WaitGroup,
    context::CancelOnDrop,
    probe::{Event, Op, Outcome, Place, Value, What},
    rt::{Handle, Raise, Recover, Runtime, TimerId, YieldNow},
    sync::{
        Case, CloseError, CloseOnDrop, Closed, DoneOnDrop, Recv, Selector, SendChecked, WaitGroupWait,
        select::{End, More, Select},
    },
    time::{Elapsed, Instant, Sleep, Ticker, Timeout, Timer, TimerRecv},
};
use std::cell::Cell;

/// A value that may move to another thread, but not be shared with one.
type OneThread = Cell<u32>;

macro_rules! assert_traits {
    ($($Trait:ident $(+ $Others:ident)*: $($Type:ty),+;)+) => {$(
        const _: () = {
            const fn has_traits<T: ?Sized + $Trait $(+ $Others)*>() {}
            $(has_traits::<$Type>();)+
        };
    )+};
}

assert_traits! {
    // Handles do not share the values that pass through them.
    Send + Sync + Unpin: Sender<OneThread>, Receiver<OneThread>, CloseOnDrop<OneThread>;
    Send + Sync + Unpin: WaitGroup, DoneOnDrop, Context, CancelFunc, CancelOnDrop, Timer, Ticker, Instant;
    Send + Sync + Unpin: JoinHandle<u32>, JoinError, CloseError, Closed<u32>, Elapsed, ContextError, Fault;
    Send + Sync + Unpin: Handle, TimerId, Event, Op, What, Outcome, Place, Value;
    Send + Sync: dyn Runtime;
    Send + Sync + Unpin: fanin::rt::local::Config;
}

#[cfg(all(feature = "threads", not(target_arch = "wasm32")))]
mod on_threads {
    use super::OneThread;
    use fanin::rt::threads::{Config, Ended, Left, Program};

    assert_traits! {
        Send + Sync + Unpin: Config, Left, Program<OneThread>;
        Send + Unpin: Ended<OneThread>;
    }
}

assert_traits! {
    // Futures of values that are only `Send` are `Send`.
    Send + Unpin: Recv<'static, OneThread>, fanin::sync::Send<'static, OneThread>, SendChecked<'static, OneThread>;
    Send + Unpin: JoinHandle<OneThread>, WaitGroupWait<'static>, TimerRecv<'static>, Sleep, YieldNow, Raise;
    Send + Unpin: Timeout<std::future::Pending<OneThread>>, Recover<std::future::Pending<OneThread>>;
    Send + Unpin: Select<More<<Recv<'static, OneThread> as Case>::Arm, More<Option<TimerRecv<'static>>, End>>>;
    Send: Selector<'static, OneThread>;
}

#[cfg(feature = "sim")]
mod of_the_simulator {
    use fanin::{
        detect::Finding,
        sim::{Choice, Config, Enabled, FileError, Limits, Pick, Recording, Replay, Run, Seeded, Sim},
    };

    assert_traits! {
        Send + Sync + Unpin: Recording, Finding, FileError, Limits, Pick, Choice, Enabled, Seeded, Replay, Run<u32>;
        Send + Unpin: Config, Sim;
    }
}

/// A select in an async block leaves it `Send`, also with values that are only that.
#[test]
fn tasks_are_send() {
    fn is_send<F: Future + Send>(_: F) {}
    let (tx, rx) = fanin::chan::<OneThread>(1);
    is_send(async move {
        fanin::select! {
            tx.send(Cell::new(1)) => {},
            _ = rx.recv() => {},
        }
    });
}
