//! Sets of outcomes: every one that Go allows, and no other.

use fanin::{
    Context, WaitGroup, chan,
    detect::Kind,
    explore::Explorer,
    go, output, select,
    sim::Config,
    sync::{AtomicI64, Mutex},
    time::sleep,
};
use std::{collections::BTreeSet, future::Future, time::Duration};

pub(super) fn outcomes<F: Future<Output = ()> + Send + 'static>(
    program: impl Fn() -> F + Copy,
) -> BTreeSet<String> {
    let texts = |explorer: Explorer| {
        let report = explorer.run(program);
        assert_eq!(report.verdict, fanin::explore::Verdict::Complete);
        let text = |o: &fanin::explore::Outcomes| {
            let found = o.findings.iter().map(|kind| format!("!{}", kind.word()));
            o.outputs.iter().cloned().chain(found).collect::<Vec<_>>().join(" ")
        };
        report.outcomes.iter().map(text).collect::<BTreeSet<_>>()
    };
    let reduced = texts(Explorer::new());
    assert_eq!(reduced, texts(Explorer::new().every_schedule().max_executions(1_000_000)));
    reduced
}

pub(super) fn set<const N: usize>(texts: [&str; N]) -> BTreeSet<String> {
    texts.map(String::from).into()
}

#[test]
fn a_close_comes_before_or_after_any_other_operation() {
    let seen = outcomes(|| async {
        let (a, from_a) = chan::<u32>(0);
        let (b, from_b) = chan::<u32>(1);
        go(async move {
            b.send(1).await;
            a.close();
        });
        select! {
            _ = from_a.recv() => output(&"closed"),
            default => output(&"open"),
        }
        output(&from_b.len());
    });
    // Seen closed, the value that was sent before is there; seen open, it may be there or not.
    assert_eq!(seen, set(["closed 1", "open 0", "open 1"]));
}

#[test]
fn two_operations_that_cannot_block_are_two_steps() {
    let seen = outcomes(|| async {
        let (a, from_a) = chan::<u32>(0);
        let (b, from_b) = chan::<u32>(0);
        go(async move {
            a.close();
            b.close();
        });
        for rx in [from_a, from_b] {
            select! {
                _ = rx.recv() => output(&"closed"),
                default => output(&"open"),
            }
        }
    });
    assert_eq!(seen, set(["closed closed", "closed open", "open closed", "open open"]));
}

#[test]
fn a_cancel_is_seen_or_not() {
    let seen = outcomes(|| async {
        let (ctx, cancel) = Context::background().with_cancel();
        go(async move { cancel.cancel() });
        // A look belongs to the step before it: here to this one.
        fanin::yield_now().await;
        output(&ctx.err().is_some());
    });
    assert_eq!(seen, set(["true", "false"]));
}

#[test]
fn a_context_is_derived_before_or_after_the_cancel_of_its_parent() {
    let seen = outcomes(|| async {
        let (ctx, cancel) = Context::background().with_cancel();
        go(async move { cancel.cancel() });
        fanin::yield_now().await;
        let (child, _cancel) = ctx.with_cancel();
        output(&child.err().is_some());
        fanin::yield_now().await;
        output(&child.err().is_some());
    });
    assert_eq!(seen, set(["true true", "false true", "false false"]));
}

#[test]
fn a_select_takes_any_case_that_is_ready() {
    let seen = outcomes(|| async {
        let (tx, rx) = chan(1);
        let (quit, stop) = chan::<()>(0);
        tx.send(1).await;
        quit.close();
        select! {
            v = rx.recv() => output(&v.unwrap_or(0)),
            _ = stop.recv() => output(&"stop"),
        }
    });
    assert_eq!(seen, set(["1", "stop"]));
}

#[test]
fn a_timeout_and_an_answer_at_the_same_instant() {
    let answer_after = |ms: u64| {
        outcomes(move || async move {
            let (ctx, _cancel) = Context::background().with_timeout(Duration::from_millis(100));
            let (tx, rx) = chan(1);
            go(async move {
                sleep(Duration::from_millis(ms)).await;
                tx.send("answer").await;
            });
            select! {
                v = rx.recv() => output(&v.unwrap_or("none")),
                _ = ctx.done().recv() => output(&"timeout"),
            }
        })
    };
    assert_eq!(answer_after(99), set(["answer"]));
    assert_eq!(answer_after(100), set(["answer", "timeout"]));
    assert_eq!(answer_after(101), set(["timeout"]));
}

#[test]
fn done_before_add_is_a_panic_in_some_schedules() {
    let seen = outcomes(|| async {
        let wg = WaitGroup::new();
        let other = wg.clone();
        go(async move { other.done() });
        wg.add(1);
        wg.wait().await;
    });
    assert_eq!(seen, set(["", "!fault"]));
}

#[test]
fn the_order_of_fan_in_is_any_that_keeps_each_input_in_order() {
    let seen = outcomes(|| async {
        let (tx, rx) = chan(0);
        for pair in [["1a", "1b"], ["2a", "2b"]] {
            let tx = tx.clone();
            go(async move {
                for v in pair {
                    tx.send(v).await;
                }
            });
        }
        for _ in 0..4 {
            output(&rx.recv().await.unwrap_or("closed"));
        }
    });
    // 4! / 2!^2
    assert_eq!(seen.len(), 6);
}

#[test]
fn atomic_operations_are_in_one_order() {
    let seen = outcomes(|| async {
        let (x, y) = (AtomicI64::new(0), AtomicI64::new(0));
        let (other_x, other_y) = (x.clone(), y.clone());
        let other = go(async move {
            other_y.store(1);
            other_x.load().await
        });
        x.store(1);
        output(&y.load().await);
        if let Ok(x) = other.await {
            output(&x);
        }
    });
    // Not "0 0": whoever stores last sees what the other has stored.
    assert_eq!(seen, set(["0 1", "1 0", "1 1"]));
}

#[test]
fn what_is_seen_after_an_operation_is_of_that_moment_also_where_it_may_wait() {
    // In another order the send waits for ever, and then nothing is looked at after it.
    let seen = outcomes(|| async {
        let (tx, _rx) = chan(1);
        let (ctx, cancel) = Context::background().with_cancel();
        let first = tx.clone();
        go(async move {
            first.send(0).await;
            output(&ctx.err().is_some());
        });
        go(async move {
            select! {
                tx.send(1) => {}
                default => {}
            }
        });
        go(async move { cancel.cancel() });
    });
    assert_eq!(seen, set(["true", "false", "!leak"]));
}

#[test]
fn what_ends_the_run_may_come_after_any_step_of_the_others() {
    let seen = outcomes(|| async {
        go(async {
            output(&"a");
            fanin::yield_now().await;
            output(&"b");
        });
        go(async { Mutex::new(()).unlock() });
    });
    assert_eq!(seen, set(["!fault", "a !fault", "a b !fault"]));
    let outcomes = |explorer: Explorer| {
        let program = || async {
            go(async {
                output(&"a");
                fanin::yield_now().await;
                output(&"b");
            });
            fanin::yield_now().await;
        };
        let mut exploration = explorer.start(|config: Config| config.exit_with_main(true).start(program()));
        while exploration.advance() {}
        exploration.report().outcomes.iter().map(|o| o.outputs.concat()).collect::<BTreeSet<_>>()
    };
    let seen = outcomes(Explorer::new());
    assert_eq!(seen, outcomes(Explorer::new().every_schedule()));
    assert_eq!(seen, set(["", "a", "ab"]));
}

#[test]
fn who_comes_first_to_a_rendezvous_goes_on_later() {
    let seen = outcomes(|| async {
        let (tx, rx) = chan(0);
        go(async move {
            rx.recv().await;
            output(&"received");
        });
        go(async move {
            tx.send(1).await;
            output(&"sent");
        });
    });
    assert_eq!(seen, set(["received sent", "sent received"]));
    let seen = outcomes(|| async {
        let ((tx, rx), (full, room)) = (chan(0), chan(1));
        go(async move {
            rx.recv().await;
            full.send(()).await;
        });
        go(async move {
            tx.send(1).await;
            output(&room.len());
        });
    });
    assert_eq!(seen, set(["0", "1"]));
}

#[test]
fn who_waits_goes_on_later_also_where_there_is_room() {
    let seen = outcomes(|| async {
        let (tx, rx) = chan(1);
        go(async move {
            rx.recv().await;
            output(&"received");
        });
        tx.send(1).await;
        fanin::yield_now().await;
        output(&tx.len());
    });
    // Taken, by one that has not gone on.
    assert_eq!(seen, set(["0 received", "received 0", "1 received"]));
    let seen = outcomes(|| async {
        let (tx, rx) = chan(1);
        let left = rx.clone();
        go(async move {
            tx.send(1).await;
            tx.send(2).await;
            output(&"sent");
        });
        rx.recv().await;
        fanin::yield_now().await;
        output(&left.len());
    });
    assert_eq!(seen, set(["0 sent", "sent 1", "1 sent"]));
}

#[test]
fn who_unlocks_what_another_one_locked_may_come_first() {
    let seen = outcomes(|| async {
        let mutex = Mutex::new(());
        let other = mutex.clone();
        go(async move { mutex.lock_raw().await });
        go(async move { other.unlock() });
    });
    assert_eq!(seen, set(["", "!fault"]));
}

#[test]
fn a_lock_that_is_never_free_before_the_run_ends_may_have_been_taken_first() {
    let explored = |explorer: Explorer| {
        let program = || async {
            let mutex = Mutex::new(());
            let other = mutex.clone();
            go(async move { other.lock_raw().await });
            fanin::yield_now().await;
            mutex.lock_raw().await;
            mutex.unlock();
        };
        let report = {
            let mut exploration =
                explorer.start(|config: Config| config.exit_with_main(true).start(program()));
            while exploration.advance() {}
            exploration.report()
        };
        report.findings.iter().map(|found| found.finding.kind).collect::<Vec<_>>()
    };
    assert_eq!(explored(Explorer::new()), explored(Explorer::new().every_schedule()));
    assert_eq!(explored(Explorer::new()), [Kind::Deadlock]);
}

#[test]
fn what_is_said_after_an_early_fault_is_known_from_the_runs_without_it() {
    let seen = outcomes(|| async {
        let wg = WaitGroup::new();
        wg.add(1);
        let other = wg.clone();
        let (tx, _rx) = chan::<u32>(1);
        go(async move {
            wg.done();
            output(&"done");
            output(&tx.len());
        });
        go(async move { other.done() });
        go(async { output(&"third") });
    });
    assert_eq!(seen, set(["done 0 third !fault", "third !fault", "third done 0 !fault"]));
}

#[test]
fn what_is_done_or_not_by_what_was_seen_in_passing_comes_in_each_order() {
    let seen = outcomes(|| async {
        let (tx, _rx) = chan::<u32>(1);
        let sender = tx.clone();
        go(async move {
            if tx.is_empty() {
                output(&"empty");
            }
        });
        go(async move { sender.send(1).await });
        go(async { output(&"third") });
    });
    assert_eq!(seen, set(["empty third", "third", "third empty"]));
}

#[test]
fn a_lock_that_is_never_given_back_may_be_had_first_by_another_one_who_says_so() {
    let seen = outcomes(|| async {
        let bare = Mutex::new(());
        let (tx, rx) = chan::<u32>(0);
        let (other, sender, closer) = (bare.clone(), tx.clone(), tx.clone());
        go(async move {
            bare.lock_raw().await;
            sender.send(1).await;
        });
        go(async move { closer.close() });
        go(async move {
            other.lock_raw().await;
            output(&tx.len());
        });
        drop(rx);
    });
    assert_eq!(seen, set(["!fault", "0 !leak"]));
}

#[test]
fn who_finds_a_mutex_free_says_so_before_or_after_others_whoever_may_have_held_it() {
    let seen = outcomes(|| async {
        let mutex = Mutex::new(());
        let other = mutex.clone();
        go(async move {
            let _held = mutex.lock().await;
            output(&"first");
        });
        go(async move {
            let _held = other.lock().await;
            sleep(Duration::from_millis(1)).await;
        });
        go(async { output(&"third") });
    });
    assert_eq!(seen, set(["first third", "third first"]));
}
