//! A run as a closed world: its clock, its end, its objects; and what is visible to whom.

use crate::harness::*;
use fanin::{
    Context, ContextError, Receiver, Sender, WaitGroup, chan, go,
    probe::{Fault, What},
    select,
    sim::{Config, LimitKind, Limits, Outcome},
    time::{Instant, Timer, now, sleep},
    yield_now,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

/// A plain variable: what a task wrote is visible where Go's memory model says so.
#[derive(Clone, Default)]
struct Plain(Arc<AtomicU32>);

impl Plain {
    fn write(&self, value: u32) {
        self.0.store(value, Ordering::Relaxed);
    }
    fn read(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

conformance! {
    /// What comes before a go statement is visible in the new task.
    async fn mem_01_the_start_of_a_task_sees_what_was_before() {
        let x = Plain::default();
        x.write(1);
        let seen = go({
            let x = x.clone();
            async move { x.read() }
        });
        assert_eq!(seen.await, Ok(1));
    }

    /// A send is seen by its receive, a close by the receive that it ends.
    async fn mem_02_a_receive_sees_what_was_before_the_send() {
        for cap in [0, 1] {
            let (x, (tx, rx)) = (Plain::default(), chan(cap));
            let writer = x.clone();
            go(async move {
                writer.write(1);
                tx.send(()).await;
                yield_now().await;
                writer.write(2);
                tx.close();
            });
            assert_eq!(rx.recv().await, Some(()));
            assert!(x.read() >= 1);
            assert_eq!(rx.recv().await, None);
            assert_eq!(x.read(), 2);
        }
    }

    /// A receive is seen by the send that it lets complete.
    async fn mem_03_a_send_sees_what_was_before_the_receive() {
        for cap in [0, 2] {
            let (x, (tx, rx)) = (Plain::default(), chan(cap));
            let writer = x.clone();
            go(async move {
                writer.write(1);
                rx.recv().await;
            });
            for i in 0..=cap {
                tx.send(i).await;
            }
            assert_eq!(x.read(), 1);
        }
    }

    /// Done is seen by the wait that it ends.
    async fn mem_05_a_wait_sees_what_was_before_done() {
        let (x, wg) = (Plain::default(), WaitGroup::new());
        wg.add(1);
        let (writer, done) = (x.clone(), wg.clone());
        go(async move {
            writer.write(1);
            done.done();
        });
        wg.wait().await;
        assert_eq!(x.read(), 1);
    }
}

sim_only! {
    /// Every run starts at the same instant.
    fn synctest_01_the_clock_starts_at_zero() {
        under_every_seed(|| async {
            assert_eq!(now(), Instant::ZERO);
            assert_eq!(go(async { now() }).await, Ok(Instant::ZERO));
        });
    }

    /// Time stands still while any task can move, then jumps to the next timer.
    fn synctest_02_time_moves_when_all_wait() {
        under_every_seed(|| async {
            let sleeper = go(async {
                sleep(Duration::from_secs(3600)).await;
                now()
            });
            for _ in 0..100 {
                yield_now().await;
            }
            assert_eq!(now(), Instant::ZERO);
            assert_eq!(sleeper.await, Ok(Instant::ZERO + Duration::from_secs(3600)));
        });
    }

    /// A run ends after every task that can go on has gone on.
    fn synctest_04_the_run_outlasts_main() {
        let run = run(0, async {
            go(async {
                sleep(ms(5)).await;
                fanin::output(&"background");
            });
        });
        assert_eq!(run.recording.outputs(), ["background"]);
        assert_eq!(run.recording.outcome, Some(Outcome::Returned));
    }

    /// All waits let time pass.
    fn synctest_08_every_wait_is_durable() {
        under_every_seed(|| async {
            let ((tx, rx), (full, _full_rx)) = (chan::<u32>(0), chan(0));
            let (wg, ctx) = (WaitGroup::new(), Context::background());
            wg.add(1);
            go(async move { full.send(1).await });
            go(async move { rx.recv().await });
            go(async { Sender::never().send(1).await });
            go(async { Receiver::<u32>::never().recv().await });
            go(async { select! {} });
            go(async move { select! { _ = ctx.done().recv() => {} } });
            let waiter = go(async move { wg.wait().await });
            go(waiter);
            sleep(ms(5)).await;
            assert_eq!(now(), Instant::ZERO + ms(5));
            drop(tx);
        });
    }

    /// A run without a way on is a deadlock.
    fn synctest_11_nothing_left_is_a_deadlock() {
        let end = ends(|| async { select! {} });
        assert_eq!(end, "fatal error: all goroutines are asleep - deadlock!");
    }

    /// What is still blocked after main has returned is left over, and known.
    fn synctest_12_what_outlives_main_is_known() {
        let run = run(0, async {
            go(async { Receiver::<u32>::never().recv().await });
        });
        assert_eq!(run.recording.outcome, Some(Outcome::Returned));
        assert_eq!(run.recording.unfinished().len(), 1);
    }

    /// Timers alone do not keep a run alive.
    fn synctest_13_timers_alone_keep_nothing_alive() {
        let run = run(0, async {
            let (ctx, cancel) = Context::background().with_timeout(ms(3_600_000));
            (ctx, cancel, Timer::new(ms(3_600_000)))
        });
        assert!(run.value.is_some());
        assert_eq!(run.recording.events.last().map(|e| e.at), Some(0));
    }

    /// What is due at one instant happens in any order.
    fn synctest_14_one_instant_has_any_order() {
        let orders = results(200, || async {
            let log = Log::new();
            for i in 0..3 {
                let log = log.clone();
                go(async move {
                    sleep(ms(1)).await;
                    log.add(i);
                });
            }
            sleep(ms(2)).await;
            log.entries()
        });
        assert_eq!(orders.len(), 6);
    }

    /// The use of another run's channel is fatal.
    fn synctest_16_a_channel_stays_in_its_run() {
        let foreign = |verb: &str, main: fn(Sender<u32>, Receiver<u32>) -> futures::future::BoxFuture<'static, ()>| {
            let (tx, rx) = run(0, async { chan::<u32>(1) }).value.expect("main returned");
            let end = run(0, main(tx, rx)).recording.outcome.expect("the run is over").to_string();
            assert_eq!(end, format!("fatal error: {verb} from outside the run that it was made in"));
        };
        foreign("send on a channel", |tx, _| Box::pin(async move { tx.send(1).await }));
        foreign("receive on a channel", |_, rx| Box::pin(async move { _ = rx.recv().await }));
        foreign("close of a channel", |tx, _| Box::pin(async move { tx.close() }));
        foreign("receive on a channel", |_, rx| Box::pin(async move { select! { _ = rx.recv() => {} } }));
    }

    /// The use of another run's timer, group or context is fatal.
    fn synctest_17_other_objects_stay_in_their_run() {
        let is_fatal = |outcome: Option<Outcome>| {
            assert!(matches!(outcome, Some(Outcome::Faulted { fault: Fault::Fatal(_), .. })), "{outcome:?}");
        };
        let timer = run(0, async { Timer::new(ms(1)) }).value.expect("main returned");
        is_fatal(run(0, async move { timer.recv().await }).recording.outcome);
        let (_ctx, cancel) = run(0, async { Context::background().with_cancel() }).value.expect("main returned");
        is_fatal(run(0, async move { cancel.cancel() }).recording.outcome);
    }

    /// The use of another run's wait group is fatal, also to wait for it.
    fn synctest_18_a_wait_group_stays_in_its_run() {
        let group = || run(0, async { WaitGroup::new() }).value.expect("main returned");
        let (adding, waiting) = (group(), group());
        let added = run(0, async move { adding.add(1) }).recording.outcome;
        let waited = run(0, async move { waiting.wait().await }).recording.outcome;
        for outcome in [added, waited] {
            assert!(matches!(outcome, Some(Outcome::Faulted { fault: Fault::Fatal(_), .. })), "{outcome:?}");
        }
    }

    /// A context's timeout is exact: a nanosecond before it there is no error.
    fn synctest_19_a_context_expires_exactly() {
        under_every_seed(|| async {
            let (ctx, _cancel) = Context::background().with_timeout(ms(5));
            sleep(ms(5) - Duration::from_nanos(1)).await;
            assert_eq!(ctx.err(), None);
            sleep(Duration::from_nanos(2)).await;
            assert_eq!(ctx.err(), Some(ContextError::DeadlineExceeded));
        });
    }

    /// The same seed gives the same recording, event for event; other seeds give others.
    fn a_seed_determines_the_run() {
        let program = || async {
            let ((tx, rx), (ctx, cancel)) = (chan(1), Context::background().with_timeout(ms(3)));
            for i in 0..3 {
                let (tx, ctx) = (tx.clone(), ctx.clone());
                go(async move {
                    select! {
                        tx.send(i) => {},
                        _ = ctx.done().recv() => {},
                    }
                });
            }
            let first = rx.recv().await;
            cancel.cancel();
            first
        };
        for seed in 0..SEEDS {
            assert_eq!(run(seed, program()).recording, run(seed, program()).recording);
        }
        assert_eq!(results(SEEDS, program).len(), 3);
    }

    /// Runs that are taken in turns, or one within the other, do not touch each other.
    fn runs_do_not_touch_each_other() {
        let program = || async {
            let (tx, rx) = chan(0);
            for i in 0..3 {
                let tx = tx.clone();
                go(async move { tx.send(i).await });
            }
            sleep(ms(1)).await;
            (rx.recv().await, rx.recv().await, rx.recv().await)
        };
        let alone = [1, 2].map(|seed| run(seed, program()).recording);
        let mut sims = [1, 2].map(|seed| Config::new().seed(seed).start(program()));
        while sims.iter_mut().map(fanin::sim::Sim::step).fold(false, |any, stepped| any | stepped) {}
        assert_eq!(sims.map(fanin::sim::Sim::into_recording), alone);
        let within = run(1, async move {
            let inner = run(2, program());
            (inner.recording, program().await)
        });
        let (inner, _) = within.value.expect("main returned");
        assert_eq!(inner, alone[1]);
    }

    /// Every limit ends a run, and says which it was.
    fn every_limit_ends_a_run() {
        let default = Limits::default();
        let ended = |limits, main: futures::future::BoxFuture<'static, ()>| {
            let run = Config::new().limits(limits).run(main);
            assert!(run.value.is_none());
            run.recording.outcome
        };
        let yields = || Box::pin(async { loop { yield_now().await } });
        let tasks = Limits { tasks: 10, ..default };
        let outcome = ended(tasks, Box::pin(async { loop { go(async {}); yield_now().await } }));
        assert_eq!(outcome, Some(Outcome::Limit(LimitKind::Tasks(10))));
        let outcome = ended(Limits { steps: 10, ..default }, yields());
        assert_eq!(outcome, Some(Outcome::Limit(LimitKind::Steps(10))));
        let outcome = ended(Limits { events: 10, ..default }, yields());
        assert_eq!(outcome, Some(Outcome::Limit(LimitKind::Events(10))));
        let time = Limits { time: ms(10), ..default };
        let outcome = ended(time, Box::pin(async { loop { sleep(ms(1)).await } }));
        assert_eq!(outcome, Some(Outcome::Limit(LimitKind::Time(10_000_000))));
    }

    /// After the end nothing is recorded, whatever the drops of left-over tasks do.
    fn nothing_happens_after_the_end() {
        let run = run(0, async {
            let (tx, rx) = chan::<u32>(0);
            let (wg, (_ctx, cancel)) = (WaitGroup::new(), Context::background().with_timeout(ms(1)));
            go(async move {
                let _deferred = (tx.close_on_drop(), wg.done_on_drop(), cancel.on_drop());
                Receiver::<u32>::never().recv().await
            });
            go(async move { rx.recv().await });
        });
        assert_eq!(run.recording.outcome, Some(Outcome::Returned));
        assert!(matches!(run.recording.events.last().map(|e| &e.what), Some(What::Over { .. })));
        assert_eq!(run.recording.unfinished().len(), 2);
    }
}
