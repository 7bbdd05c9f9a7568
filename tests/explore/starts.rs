//! Tasks that are started by the end of a context or by a timer, and waiting for all others.

use super::litmus::{outcomes, set};
use fanin::{
    Context, ContextError, Receiver, chan,
    context::Custom,
    go, output, select, sim,
    time::{Timer, after_func, sleep},
    yield_now,
};
use std::{sync::Arc, time::Duration};

const MS: Duration = Duration::from_millis(1);

#[test]
fn a_stop_comes_before_the_end_of_its_context_or_after_it() {
    let seen = outcomes(|| async {
        let (ctx, cancel) = Context::background().with_cancel();
        let stop = ctx.after_func(async { output(&"ran") });
        go(async move { cancel.cancel() });
        yield_now().await;
        if stop.stop() {
            output(&"stopped");
        }
    });
    assert_eq!(seen, set(["ran", "stopped"]));
}

#[test]
fn what_a_cancel_starts_can_be_faster_than_what_its_task_does_next() {
    let seen = outcomes(|| async {
        let (ctx, cancel) = Context::background().with_cancel();
        let (tx, rx) = chan::<u32>(0);
        ctx.after_func(async move {
            select! {
                _ = rx.recv() => output(&"closed"),
                default => output(&"open"),
            }
        });
        cancel.cancel();
        tx.close();
    });
    assert_eq!(seen, set(["closed", "open"]));
}

#[test]
fn a_timer_and_a_sleep_of_one_instant_come_in_either_order() {
    let seen = outcomes(|| async {
        after_func(MS, || async { output(&"timer") });
        sleep(MS).await;
        output(&"main");
    });
    assert_eq!(seen, set(["main timer", "timer main"]));
}

#[test]
fn a_timer_that_is_due_may_still_be_stopped() {
    let seen = outcomes(|| async {
        let timer = after_func(MS, || async { output(&"timer") });
        sleep(MS).await;
        if timer.stop() {
            output(&"stopped");
        }
    });
    assert_eq!(seen, set(["stopped", "timer"]));
}

#[test]
fn a_value_of_a_timer_is_received_or_taken_back() {
    let seen = outcomes(|| async {
        let timer = Arc::new(Timer::new(MS));
        let receiving = timer.clone();
        go(async move {
            receiving.recv().await;
            output(&"received");
        });
        sleep(MS).await;
        if timer.stop() {
            output(&"stopped");
        }
    });
    assert_eq!(seen, set(["received", "stopped !leak"]));
}

#[test]
fn a_context_ends_for_its_own_cause_or_that_of_its_parent() {
    let seen = outcomes(|| async {
        let (parent, end_parent) = Context::background().with_cancel_cause();
        let (child, end_child) = parent.with_cancel_cause();
        go(async move { end_parent.cancel("theirs") });
        go(async move { end_child.cancel("its own") });
        child.done().recv().await;
        output(&child.cause().unwrap().to_string());
    });
    assert_eq!(seen, set(["its own", "theirs"]));
}

/// Ends when its channel is closed.
struct Own(Receiver<()>);

impl Custom for Own {
    fn done(&self) -> Receiver<()> {
        self.0.clone()
    }
    fn err(&self) -> Option<ContextError> {
        None
    }
}

#[test]
fn a_custom_end_comes_before_a_cancel_or_after_it() {
    let seen = outcomes(|| async {
        let (end, ended) = chan(0);
        let (child, cancel) = Context::custom(Own(ended)).with_cancel_cause();
        end.close();
        go(async move { cancel.cancel("mine") });
        child.done().recv().await;
        output(&child.cause().unwrap().to_string());
    });
    assert_eq!(seen, set(["context canceled", "mine"]));
}

#[test]
fn a_wait_for_all_others_comes_after_all_of_them() {
    let seen = outcomes(|| async {
        for name in ["a", "b"] {
            go(async move {
                output(&name);
                Receiver::<()>::never().recv().await;
            });
        }
        sim::wait().await;
        output(&"all");
    });
    assert_eq!(seen, set(["a b all !leak !leak", "b a all !leak !leak"]));
}
