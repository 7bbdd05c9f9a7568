//! Panics, recovery, deferred work and the order of what a task does, where they meet.

use crate::harness::*;
use fanin::{
    JoinError, chan, detect, go, goexit, panic,
    probe::{Event, ObjKind, Op, TaskId, What},
    recover, select,
    sim::{Config, Outcome, Run},
    time::{Elapsed, sleep, timeout},
};
use std::time::Duration;

conformance! {
    /// What a task did before it started another one is seen by that one.
    async fn a_close_comes_before_a_start() {
        let (tx, rx) = chan::<()>(0);
        tx.close();
        let seen = go(async move {
            select! {
                v = rx.recv() => v.is_none(),
                default => false,
            }
        });
        assert_eq!(seen.await, Ok(true));
    }

    /// What a task did before it ended is seen by who waited for that.
    async fn a_close_comes_before_the_end() {
        let (tx, rx) = chan::<()>(0);
        assert_eq!(go(async move { tx.close() }).await, Ok(()));
        select! {
            v = rx.recv() => assert_eq!(v, None),
            default => unreachable!("it is closed"),
        }
    }
}

sim_only! {
    /// Nothing that comes after a panic in the program happens.
    fn nothing_happens_after_a_panic() {
        under_every_seed(|| async {
            let ((tx, _rx), (other, others)) = (chan::<()>(0), chan::<()>(0));
            let text = panic_text(async move {
                tx.close();
                tx.close();
                fanin::output(&"after");
                go(async { unreachable!("started after the panic") });
                other.close();
            });
            assert_eq!(text.await, "close of closed channel");
            select! {
                _ = others.recv() => unreachable!("closed after the panic"),
                default => {},
            }
        });
        let run = run(0, async {
            let (tx, _rx) = chan::<()>(0);
            tx.close();
            tx.close();
            fanin::output(&"after");
        });
        assert!(run.recording.outputs().is_empty());
        assert!(run.recording.unfinished().is_empty());
    }

    /// Deferred work is done after a panic, wherever it came from.
    fn deferred_work_is_done_after_a_panic() {
        under_every_seed(|| async {
            let ((tx, _rx), (deferred, done)) = (chan::<()>(0), chan::<()>(0));
            let at_once = deferred.close_on_drop();
            let text = panic_text(async move {
                let _deferred = at_once;
                tx.close();
                tx.close();
            });
            assert_eq!(text.await, "close of closed channel");
            select! {
                v = done.recv() => assert_eq!(v, None),
                default => unreachable!("deferred work was not done"),
            }
        });
    }

    /// A panic of deferred work is recovered as well, and takes the place of the first.
    fn the_last_panic_is_recovered() {
        under_every_seed(|| async {
            let (tx, _rx) = chan::<()>(0);
            let deferred = tx.clone();
            let text = panic_text(async move {
                let _deferred = deferred.close_on_drop();
                tx.close();
                panic("first").await;
            });
            assert_eq!(text.await, "close of closed channel");
        });
    }

    /// The innermost recover catches; the outer ones see a normal return.
    fn the_innermost_recover_catches() {
        under_every_seed(|| async {
            let (tx, _rx) = chan::<()>(0);
            tx.close();
            let again = tx.clone();
            let outer = recover(async move {
                let inner = panic_text(async move { again.close() }).await;
                sleep(ms(1)).await;
                inner
            });
            assert_eq!(outer.await.as_deref(), Ok("close of closed channel"));
            let rethrown = panic_text(async move {
                let text = panic_text(async move { tx.close() }).await;
                panic(text + " again").await;
            });
            assert_eq!(rethrown.await, "close of closed channel again");
        });
    }

    /// A panic while a recovered region waits is caught there, and the task goes on as before.
    fn recover_leaves_the_task_as_it_was() {
        let run = run(0, async {
            let (tx, _rx) = chan::<()>(0);
            tx.close();
            for _ in 0..3 {
                let tx = tx.clone();
                assert_eq!(panic_text(async move { tx.close() }).await, "close of closed channel");
            }
            tx.close();
        });
        assert_eq!(run.recording.outcome.map(|o| o.to_string()).as_deref(), Some("panic: close of closed channel"));
    }

    /// Goexit passes through every recover, and does all deferred work on its way.
    fn goexit_passes_through_recover() {
        under_every_seed(|| async {
            let ((outer, outer_rx), (inner, inner_rx)) = (chan::<()>(0), chan::<()>(0));
            let child = go(async move {
                let _outer = outer.close_on_drop();
                let _fault = recover(async move {
                    let _inner = inner.close_on_drop();
                    goexit().await
                })
                .await;
                unreachable!("after Goexit");
            });
            assert_eq!((inner_rx.recv().await, outer_rx.recv().await), (None, None));
            assert_eq!(child.await, Err(JoinError));
        });
    }

    /// A panic of deferred work ends the program also after Goexit.
    fn a_deferred_panic_after_goexit() {
        let end = ends(|| async {
            let (tx, _rx) = chan::<()>(0);
            tx.close();
            go(async move {
                let _deferred = tx.close_on_drop();
                goexit().await
            });
            sleep(ms(1)).await;
        });
        assert_eq!(end, "panic: close of closed channel");
    }

    /// A panic is not lost where a combinator returns in the same poll.
    fn a_panic_is_not_lost_in_a_timeout() {
        for seed in 0..SEEDS {
            let run = run(seed, async {
                let (tx, _rx) = chan(0);
                let closing = tx.clone();
                go(async move {
                    sleep(ms(1)).await;
                    closing.close();
                });
                timeout(ms(1), tx.send(1)).await
            });
            let panicked = run.recording.events.iter().any(|e| matches!(e.what, What::Fault { .. }));
            let end = run.recording.outcome.expect("the run is over").to_string();
            assert_eq!(end, if panicked { "panic: send on closed channel" } else { "main returned" });
        }
    }

    /// What a task announces is what it does, also if it gave up on an operation before.
    fn announced_operations_are_the_ones_done() {
        let run = run(0, async {
            let (_tx, given_up) = chan::<()>(0);
            let _elapsed = timeout(Duration::ZERO, given_up.recv()).await;
            let (_tx, waited_for) = chan::<()>(0);
            waited_for.recv().await
        });
        announced_is_done(&run);
        let run = run_joined();
        announced_is_done(&run);
    }

    /// A handle that was given up wakes nobody later.
    fn a_dropped_join_handle_wakes_nobody() {
        let run = run(0, async {
            let child = go(async { sleep(ms(5)).await });
            assert_eq!(timeout(ms(1), child).await, Err(Elapsed));
            let (_tx, rx) = chan::<()>(0);
            rx.recv().await
        });
        main_is_found_stuck(&run);
    }

    /// A task that waits for two things at once, and got one of them, is known to wait.
    fn a_task_that_waits_on_is_known_to_wait() {
        main_is_found_stuck(&run_joined());
    }

    /// An output keeps its place among what the task does.
    fn outputs_keep_their_place() {
        let run = run(0, async {
            let (tx, _rx) = chan::<()>(0);
            tx.close();
            fanin::output(&"closed");
        });
        let place = |find: fn(&What) -> bool| run.recording.events.iter().position(|e| find(&e.what));
        let (closed, put_out) = (place(|w| matches!(w, What::Close { .. })), place(|w| matches!(w, What::Output { .. })));
        assert!(closed.is_some() && closed < put_out);
    }

    /// A run can be left in the middle: what is unfinished is dropped, whatever it holds.
    fn a_run_can_be_left_at_every_step() {
        for steps in 0..30 {
            let mut sim = Config::new().start(async {
                let (tx, rx) = chan(1);
                for i in 0..3 {
                    let tx = tx.clone();
                    go(async move {
                        let _deferred = tx.close_on_drop();
                        let _sent = tx.send_checked(i).await;
                        let _fault = recover(async { tx.close() }).await;
                    });
                }
                while rx.recv().await.is_some() {}
            });
            for _ in 0..steps {
                sim.step();
            }
        }
    }

    /// What is done to a run from outside takes effect, and its steps go on.
    fn a_run_can_be_interfered_with() {
        let (ctx, cancel) = (std::sync::mpsc::channel(), std::sync::mpsc::channel());
        let mut sim = Config::new().start(async move {
            let (context, stop) = fanin::Context::background().with_cancel();
            let _received = (ctx.0.send(context.clone()), cancel.0.send(stop));
            context.done().recv().await
        });
        while !sim.enabled().is_empty() {
            sim.step();
        }
        let stop = cancel.1.try_recv().expect("main has started");
        sim.interfere(|| stop.cancel());
        while sim.step() {}
        assert_eq!(sim.outcome(), Some(&Outcome::Returned));
    }
}

/// A Rust panic counts like Go's, where it can be caught at all.
#[cfg(not(target_arch = "wasm32"))]
#[test]
#[expect(clippy::manual_assert, reason = "the panic is the point")]
fn a_rust_panic_is_a_panic() {
    under_every_seed(|| async {
        let (tx, rx) = chan::<()>(0);
        let text = panic_text(async move {
            let _deferred = tx.close_on_drop();
            if tx.is_empty() {
                panic!("a bug");
            }
        });
        assert_eq!(text.await, "a bug");
        assert_eq!(rx.recv().await, None);
        let child = go(recover(async { fanin::Receiver::<()>::never().recv().await }));
        drop(child);
    });
}

/// Main waits for two values at once, and gets one.
fn run_joined() -> Run<()> {
    run(0, async {
        let ((tx, rx), (_other_tx, other)) = (chan(0), chan::<()>(0));
        go(async move { tx.send(()).await });
        futures::future::join(rx.recv(), other.recv()).await;
    })
}

/// Whenever a task parks, it does so in the operation that it announced last.
fn announced_is_done<T>(run: &Run<T>) {
    let mut announced: Option<&Op> = None;
    for Event { task, what, .. } in &run.recording.events {
        match what {
            What::Next { op } if *task == TaskId::MAIN => announced = Some(op),
            What::Park { op } if *task == TaskId::MAIN => assert_eq!(Some(op), announced),
            _ => {}
        }
    }
    assert!(announced.is_some());
}

fn main_is_found_stuck<T>(run: &Run<T>) {
    assert_eq!(run.recording.outcome, Some(Outcome::Deadlock));
    let found = detect::findings(&run.recording.events);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, detect::Kind::Deadlock);
    assert_eq!(found[0].tasks, [TaskId::MAIN]);
    let mut channels = run.recording.events.iter().filter_map(|e| match e.what {
        What::Make { obj, kind: ObjKind::Chan { .. }, .. } => Some(obj),
        _ => None,
    });
    assert_eq!(found[0].objects.first().copied(), channels.next_back());
}

/// A Rust panic in a drop is deferred work that panics.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn a_panic_in_a_drop_ends_the_program() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("in a drop");
        }
    }
    let end = ends(|| async {
        go(async {
            let _bomb = Bomb;
            goexit().await
        });
        sleep(ms(1)).await;
    });
    assert_eq!(end, "panic: in a drop");
}
