//! Tasks that start at the end of a context.

use crate::harness::*;
use fanin::{
    Context, chan, detect, go,
    probe::What,
    time::{Instant, now, sleep},
};
use std::sync::Arc;

conformance! {
    /// The task starts once the context has ended, not before, and nobody waits for it.
    async fn ctx_29_starts_at_the_end() {
        let ((ctx, cancel), log) = (Context::background().with_cancel(), Log::new());
        let (gate, open) = chan::<()>(0);
        let started = log.clone();
        ctx.after_func(async move {
            started.add("started");
            open.recv().await;
            started.add("ended");
        });
        others_wait().await;
        assert!(log.entries().is_empty());
        cancel.cancel();
        others_wait().await;
        assert_eq!(log.entries(), ["started"]);
        gate.close();
        others_wait().await;
        assert_eq!(log.entries(), ["started", "ended"]);
    }

    /// On a context that has ended the task starts at once, as one of its own.
    async fn ctx_29_starts_at_once_after_the_end() {
        let ((ctx, cancel), log) = (Context::background().with_cancel(), Log::new());
        cancel.cancel();
        let ((gate, open), started) = (chan::<()>(0), log.clone());
        let stop = ctx.after_func(async move {
            open.recv().await;
            started.add(());
        });
        assert!(log.entries().is_empty());
        gate.close();
        others_wait().await;
        assert_eq!(log.entries().len(), 1);
        assert!(!stop.stop());
    }

    /// A deadline is an end, too.
    async fn ctx_29_starts_at_a_deadline() {
        let (ctx, _cancel) = Context::background().with_timeout(ms(5));
        let (tx, rx) = chan(0);
        ctx.after_func(async move { tx.send(now()).await });
        assert_eq!(rx.recv().await.map(|at| Some(at) >= ctx.deadline()), Some(true));
    }

    /// Stop is true once, and then the task never starts.
    async fn ctx_30_stop_prevents_the_task() {
        let ((ctx, cancel), log) = (Context::background().with_cancel(), Log::new());
        let started = log.clone();
        let stop = ctx.after_func(async move { started.add(()) });
        assert!(stop.stop());
        assert!(!stop.stop());
        cancel.cancel();
        others_wait().await;
        assert!(log.entries().is_empty());
    }

    /// Stop is false once the task was started, also when the task itself asks.
    async fn ctx_31_stop_comes_too_late() {
        let (ctx, cancel) = Context::background().with_cancel();
        let ((stop_tx, stop_rx), (tx, rx)) = (chan::<fanin::context::StopFunc>(1), chan(1));
        let stop = ctx.after_func(async move {
            let stop = stop_rx.recv().await.expect("it is sent");
            tx.send(stop.stop()).await;
        });
        stop_tx.send(stop.clone()).await;
        cancel.cancel();
        assert_eq!((rx.recv().await, stop.stop()), (Some(false), false));
    }

    /// Tasks of one context do not know of each other.
    async fn ctx_32_several_are_independent() {
        let ((ctx, cancel), log) = (Context::background().with_cancel(), Log::new());
        let stops: Vec<_> = (0..5)
            .map(|i| {
                let log = log.clone();
                ctx.after_func(async move { log.add(i) })
            })
            .collect();
        assert!(stops[2].stop());
        cancel.cancel();
        others_wait().await;
        let mut started = log.entries();
        started.sort_unstable();
        assert_eq!(started, [0, 1, 3, 4]);
    }

    /// On the background context it never starts; stop is true once.
    async fn ctx_32_the_background_never_ends() {
        let stop = Context::background().after_func(async { unreachable!("it never starts") });
        others_wait().await;
        assert_eq!((stop.stop(), stop.stop()), (true, false));
    }

    /// What a task holds is dropped when it is stopped, when it has run, and not before.
    async fn ctx_10_a_stopped_task_is_forgotten() {
        let ((ctx, cancel), held) = (Context::background().with_cancel(), Arc::new(()));
        let hold = || {
            let held = held.clone();
            ctx.after_func(async move { drop(held) })
        };
        let (stopped, _run) = (hold(), hold());
        assert_eq!(Arc::strong_count(&held), 3);
        assert!(stopped.stop());
        assert_eq!(Arc::strong_count(&held), 2);
        cancel.cancel();
        others_wait().await;
        assert_eq!(Arc::strong_count(&held), 1);
    }
}

sim_only! {
    /// The tasks of one end run in any order.
    fn ctx_32_in_any_order() {
        let orders = results(200, || async {
            let ((ctx, cancel), log) = (Context::background().with_cancel(), Log::new());
            for i in 0..3 {
                let log = log.clone();
                ctx.after_func(async move { log.add(i) });
            }
            cancel.cancel();
            sleep(ms(1)).await;
            log.entries()
        });
        assert_eq!(orders.len(), 6);
    }

    /// Cancelling a parent ends contexts, deadlines and tasks below it, and lets go of all of them.
    fn ctx_10_a_parent_finishes_its_children() {
        let run = run(0, async {
            let (parent, cancel) = Context::background().with_cancel();
            let (child, _cancel_child) = parent.with_cancel();
            let valued = parent.with_value("key", 1);
            let (timed, _cancel_timed) = valued.with_timeout(ms(3_600_000));
            let (tx, rx) = chan(1);
            let stop = parent.after_func(async move { tx.send("ran").await });
            cancel.cancel();
            assert_eq!(rx.recv().await, Some("ran"));
            assert!(!stop.stop());
            [child, valued, timed].map(|ctx| ctx.err().map(|err| err.to_string()))
        });
        assert_eq!(run.value, Some([const { "context canceled" }; 3].map(|text| Some(text.to_string()))));
        assert_eq!(detect::findings(&run.recording.events), []);
        assert_eq!(run.recording.events.last().map(|e| e.at), Some(0), "no timer is left");
    }

    /// The task is named after the line that registered it, also where a timer starts it.
    fn ctx_29_the_task_knows_its_line() {
        let run = run(0, async {
            let (ctx, _cancel) = Context::background().with_timeout(ms(5));
            ctx.after_func(async { fanin::output(&"late") });
            sleep(ms(9)).await;
        });
        let born = run.recording.events.iter().rfind(|e| matches!(e.what, What::Go { .. })).expect("it started");
        assert!(born.place.as_ref().is_some_and(|p| p.file.ends_with("context_after.rs")), "{born:?}");
        assert_eq!((born.at, run.recording.outputs()), (5_000_000, vec!["late".to_string()]));
    }

    /// Whether stop or the end comes first is open; the task runs exactly if stop was not in time.
    fn ctx_30_stop_races_with_the_end() {
        let seen = results(SEEDS, || async {
            let ((ctx, cancel), log) = (Context::background().with_cancel(), Log::new());
            let started = log.clone();
            let stop = ctx.after_func(async move { started.add(now()) });
            go(async move { cancel.cancel() });
            let stopped = go(async move { stop.stop() }).await.expect("it returned");
            sleep(ms(1)).await;
            assert_eq!(log.entries(), if stopped { vec![] } else { vec![Instant::ZERO] });
            stopped
        });
        assert_eq!(seen, [false, true].into());
    }
}
