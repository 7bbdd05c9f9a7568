//! Tasks, the life of a program, the deadlock report.

use crate::harness::*;
use fanin::{
    Context, JoinError, Receiver, Sender, WaitGroup, chan, go, goexit, panic,
    probe::{Fault, TaskId, What},
    recover, select,
    sim::{Config, LimitKind, Limits, Outcome},
    time::{Ticker, Timer, sleep},
    yield_now,
};
use std::borrow::Cow;

conformance! {
    /// A task's arguments are evaluated in the starter, when it is started.
    async fn sched_01_arguments_are_evaluated_at_the_start() {
        let mut x = 1;
        let child = go({
            let argument = x;
            async move { argument }
        });
        x += 1;
        assert_eq!((child.await, x), (Ok(1), 2));
    }

    /// A task ends when its function returns. Its value goes to whoever awaits the handle; a dropped handle
    /// changes nothing.
    async fn sched_04_a_task_gives_its_value_once_it_returns() {
        let (tx, rx) = chan(0);
        drop(go(async move { tx.send("ran").await }));
        assert_eq!(rx.recv().await, Some("ran"));
        let child = go(async { 7 });
        others_wait().await;
        assert_eq!(child.await, Ok(7));
    }

    /// A task that yields stays runnable and goes on.
    async fn sched_18_yield_keeps_the_caller_runnable() {
        for _ in 0..100 {
            yield_now().await;
        }
    }

    /// A busy task does not keep the others from their work, as long as it yields.
    async fn sched_19_a_busy_task_lets_others_progress() {
        let (tx, rx) = chan(0);
        go(async move {
            for i in 0..10 {
                tx.send(i).await;
            }
            tx.close();
        });
        let mut sum = 0;
        loop {
            select! {
                v = rx.recv() => match v {
                    Some(v) => sum += v,
                    None => break,
                },
                default => yield_now().await,
            }
        }
        assert_eq!(sum, 45);
    }

    /// A task that is blocked for ever is no error while others progress.
    async fn sched_20_a_leak_is_no_error() {
        go(async { Receiver::<u32>::never().recv().await });
        others_wait().await;
    }
}

sim_only! {
    /// Starting a task waits for nothing: the starter and the task go on in any order.
    fn sched_02_starter_and_task_run_in_any_order() {
        let orders = results(SEEDS, || async {
            let log = Log::new();
            let child = go({
                let log = log.clone();
                async move {
                    yield_now().await;
                    log.add("child");
                }
            });
            yield_now().await;
            log.add("starter");
            let _ended = child.await;
            log.entries()
        });
        assert_eq!(orders, [vec!["child", "starter"], vec!["starter", "child"]].into());
    }

    /// A panic in the arguments belongs to the starter, and no task is made.
    fn sched_03_a_panic_in_the_arguments_starts_nothing() {
        let run = run(0, async {
            panic_text(async {
                let argument = panic("no argument").await;
                go(async move { argument });
            })
            .await
        });
        assert_eq!(run.value.as_deref(), Some("no argument"));
        let started = |e: &fanin::probe::Event| matches!(e.what, What::Go { child, .. } if child != TaskId::MAIN);
        assert!(!run.recording.events.iter().any(started));
    }

    /// When main returns the program ends at once: the others' deferred code does not run.
    fn sched_05_the_program_ends_with_main() {
        for seed in 0..SEEDS {
            let run = Config::new().seed(seed).exit_with_main(true).run(async {
                go(async {
                    sleep(ms(1)).await;
                    fanin::output(&"too late");
                });
                yield_now().await;
            });
            assert_eq!(run.recording.outcome, Some(Outcome::Exited));
            assert!(run.recording.outputs().is_empty());
        }
    }

    /// A panic that nobody recovers ends the program.
    fn sched_06_a_panic_ends_the_program() {
        let end = ends(|| async {
            go(panic("boom"));
            sleep(ms(1)).await;
            unreachable!("main goes on");
        });
        assert_eq!(end, "panic: boom");
    }

    /// The report shows an error by its message and anything else as it is, and says what was recovered and raised again.
    fn sched_07_the_report_shows_the_panic() {
        let text = |raise: fn() -> String| ends(move || async move { match panic(raise()).await {} });
        assert_eq!(text(|| JoinError.to_string()), "panic: the task ended without a value");
        assert_eq!(text(|| 42.to_string()), "panic: 42");
        let caught = |raise| async move { recover(panic(raise)).await.expect_err("it panics") };
        let again = ends(move || async move {
            let first = caught(Cow::Borrowed("first")).await;
            match panic(first).await {}
        });
        assert_eq!(again, "panic: first [recovered, repanicked]");
        let twice = ends(move || async move {
            let second = caught(caught("first".into()).await.into()).await;
            assert_eq!(second.text(), "first");
            match panic(second).await {}
        });
        assert_eq!(twice, "panic: first [recovered, repanicked]");
    }

    /// A recovered panic affects no other task.
    fn sched_08_a_recovered_panic_is_private() {
        under_every_seed(|| async {
            let (tx, rx) = chan(0);
            go(async move {
                let text = panic_text(async { Sender::<u32>::never().close() }).await;
                tx.send(text).await;
            });
            assert_eq!(rx.recv().await.as_deref(), Some("close of nil channel"));
        });
    }

    /// Only the panicking task can recover.
    fn sched_09_a_parent_cannot_recover_its_child() {
        let end = ends(|| async {
            recover(async {
                go(panic("boom"));
                sleep(ms(1)).await;
            })
            .await
        });
        assert_eq!(end, "panic: boom");
    }

    /// Goexit ends its task alone, after the deferred code; it is nothing to recover from.
    fn sched_10_goexit_runs_what_is_deferred() {
        under_every_seed(|| async {
            let (tx, rx) = chan::<()>(0);
            let child = go(async move {
                let _deferred = tx.close_on_drop();
                let caught = recover(goexit()).await;
                unreachable!("caught {caught:?}");
            });
            assert_eq!(rx.recv().await, None);
            assert_eq!(child.await, Err(JoinError));
        });
    }

    /// After Goexit in main the others go on; the end has a report of its own.
    fn sched_11_goexit_in_main() {
        for seed in 0..SEEDS {
            let run = run(seed, async {
                go(async {
                    sleep(ms(5)).await;
                    fanin::output(&"worked");
                });
                goexit().await
            });
            assert_eq!(run.recording.outputs(), ["worked"]);
            let end = run.recording.outcome.expect("the run is over").to_string();
            assert_eq!(end, "fatal error: no goroutines (main called runtime.Goexit) - deadlock!");
        }
        let blocked = ends(|| async {
            go(async { Receiver::<u32>::never().recv().await });
            goexit().await
        });
        assert_eq!(blocked, "fatal error: all goroutines are asleep - deadlock!");
    }

    /// When every task waits and nothing can wake one, the program ends.
    fn sched_12_all_asleep_is_a_deadlock() {
        let end = ends(|| async {
            let (_tx, rx) = chan::<u32>(0);
            rx.recv().await
        });
        assert_eq!(end, "fatal error: all goroutines are asleep - deadlock!");
    }

    /// The report says of each task in what it waits.
    fn sched_13_the_report_gives_reasons() {
        let run = run(0, async {
            let (tx, rx) = chan::<u32>(0);
            let other = chan::<u32>(0);
            let (wg, one) = (WaitGroup::new(), WaitGroup::new());
            wg.add(1);
            one.add(1);
            go(async move { tx.send(1).await });
            go(async move { other.1.recv().await });
            go(async { Sender::never().send(1).await });
            go(async { Receiver::<u32>::never().recv().await });
            go(async { select! {} });
            go(async move { select! { _ = Context::background().done().recv() => {} } });
            go(async move { wg.wait().await });
            one.wait().await;
            drop(rx);
        });
        let report = run.recording.report();
        let reasons: Vec<_> = report.lines().filter_map(|l| l.strip_prefix("goroutine ")).collect();
        assert_eq!(reasons, [
            "1 [sync.WaitGroup.Wait]:",
            "2 [chan send]:",
            "3 [chan receive]:",
            "4 [chan send (nil chan)]:",
            "5 [chan receive (nil chan)]:",
            "6 [select (no cases)]:",
            "7 [select]:",
            "8 [sync.WaitGroup.Wait]:",
        ]);
    }

    /// Who sleeps is not asleep for ever: the report comes after the sleep.
    fn sched_14_a_sleeper_postpones_the_report() {
        let run = run(0, async {
            go(async {
                sleep(ms(5)).await;
                fanin::output(&"fired");
            });
            Receiver::<u32>::never().recv().await
        });
        assert_eq!(run.recording.outputs(), ["fired"]);
        assert_eq!(run.recording.outcome, Some(Outcome::Deadlock));
    }

    /// A timer or ticker that nobody waits on postpones nothing.
    fn sched_15_an_idle_timer_does_not() {
        let run = run(0, async {
            let _timer = Timer::new(ms(3_600_000));
            let _ticker = Ticker::new(ms(1));
            select! {}
        });
        assert_eq!(run.recording.outcome, Some(Outcome::Deadlock));
        assert_eq!(run.recording.events.last().map(|e| e.at), Some(0));
    }

    /// A fatal error is nothing to recover from.
    fn sched_16_fatal_errors_are_not_recovered() {
        let deadlock = ends(|| recover(async { select! {} }));
        assert_eq!(deadlock, "fatal error: all goroutines are asleep - deadlock!");
        let (foreign, _rx) = chan::<u32>(1);
        let run = run(0, recover(async move { foreign.send(1).await }));
        assert!(matches!(run.recording.outcome, Some(Outcome::Faulted { fault: Fault::Fatal(_), .. })));
    }

    /// A yield lets the others run.
    fn sched_18_yield_lets_others_run() {
        let ran_before = results(SEEDS, || async {
            let log = Log::new();
            let others = log.clone();
            go(async move { others.add(()) });
            yield_now().await;
            log.entries().len()
        });
        assert_eq!(ran_before, [0, 1].into());
    }

    /// A program that never ends is ended by a limit, and says so.
    fn sched_19_a_livelock_meets_the_limit_of_steps() {
        let limits = Limits { steps: 1000, ..Limits::default() };
        let run = Config::new().limits(limits).run(async {
            loop {
                yield_now().await;
            }
        });
        assert_eq!(run.recording.outcome, Some(Outcome::Limit(LimitKind::Steps(1000))));
    }

    /// Started tasks run in any order.
    fn sched_21_tasks_start_in_any_order() {
        let orders = results(200, || async {
            let log = Log::new();
            for i in 0..3 {
                let log = log.clone();
                go(async move { log.add(i) });
            }
            others_wait().await;
            log.entries()
        });
        assert_eq!(orders.len(), 6);
    }

    /// A thousand tasks in a chain pass a value from end to end.
    fn sched_22_a_chain_of_a_thousand() {
        let run = run(0, async {
            let (first, mut rx) = chan(0);
            for _ in 0..1_000 {
                let (tx, next) = chan(0);
                let from = std::mem::replace(&mut rx, next);
                go(async move { tx.send(from.recv().await.expect("open") + 1).await });
            }
            first.send(0).await;
            rx.recv().await
        });
        assert_eq!(run.value, Some(Some(1_000)));
    }
}
