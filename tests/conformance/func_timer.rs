//! Timers that start a task.

use crate::harness::*;
use fanin::{
    chan, go, select,
    time::{FuncTimer, Instant, after_func, now, sleep},
};
use std::sync::Arc;

conformance! {
    /// The task starts after the time, as one of its own.
    async fn time_13_a_task_after_a_time() {
        let (start, (tx, rx)) = (now(), chan(0));
        after_func(ms(5), move || {
            let tx = tx.clone();
            async move { tx.send(now()).await }
        });
        assert_eq!(rx.len(), 0);
        assert!(rx.recv().await.is_some_and(|at| at >= start + ms(5)));
    }

    /// Stop is true if the task will not run, false once it was started; it does not wait for it.
    async fn time_14_stop_keeps_the_task_from_starting() {
        let log = Log::new();
        let adding = log.clone();
        let stopped = after_func(ms(1), move || {
            let log = adding.clone();
            async move { log.add(()) }
        });
        assert!(stopped.stop());
        assert!(!stopped.stop());
        let (gate, open) = chan::<()>(0);
        let started = after_func(ms(1), move || {
            let open = open.clone();
            async move { _ = open.recv().await }
        });
        sleep(ms(20)).await;
        assert!(!started.stop());
        gate.close();
        assert!(log.entries().is_empty());
    }

    /// Reset says whether the timer was running, and starts it again in any case.
    async fn time_15_reset_runs_the_task_again() {
        let (tx, rx) = chan(1);
        let timer = after_func(ms(3_600_000), move || {
            let tx = tx.clone();
            async move { tx.send(()).await }
        });
        assert!(timer.reset(ms(1)));
        assert_eq!(rx.recv().await, Some(()));
        assert!(!timer.reset(ms(1)));
        assert_eq!(rx.recv().await, Some(()));
        assert!(!timer.stop());
    }

    /// What the function holds is dropped with the last handle once nothing is to come.
    async fn a_stopped_timer_forgets_its_function() {
        let held = Arc::new(());
        let holding = held.clone();
        let timer = after_func(ms(3_600_000), move || {
            let _held = holding.clone();
            async {}
        });
        assert!(timer.stop());
        drop(timer);
        assert_eq!(Arc::strong_count(&held), 1);
    }
}

/// Starts itself again until it has run three times.
fn three_times(log: &Log<Instant>) -> FuncTimer {
    let (tx, rx) = chan::<FuncTimer>(1);
    let log = log.clone();
    let timer = after_func(ms(1000), {
        let tx = tx.clone();
        move || {
            let (tx, rx, log) = (tx.clone(), rx.clone(), log.clone());
            async move {
                log.add(now());
                let me = rx.recv().await.expect("it was sent");
                if log.entries().len() < 3 {
                    me.reset(ms(1000));
                }
                tx.send(me).await;
            }
        }
    });
    let me = timer.clone();
    go(async move { tx.send(me).await });
    timer
}

sim_only! {
    /// A task may reset its own timer.
    async fn time_15_a_task_resets_its_own_timer() {
        let log = Log::new();
        let timer = three_times(&log);
        sleep(ms(9000)).await;
        assert_eq!(log.entries(), [1, 2, 3].map(|s| Instant::ZERO + ms(1000 * s)));
        assert!(!timer.stop());
    }

    /// Of a stop at the instant at which the timer is due either may be first.
    async fn time_14_a_stop_at_the_last_moment() {
        let log = Log::new();
        let adding = log.clone();
        let timer = after_func(ms(1), move || {
            let log = adding.clone();
            async move { log.add(()) }
        });
        sleep(ms(1)).await;
        let stopped = timer.stop();
        sleep(ms(1)).await;
        assert_eq!(log.entries().is_empty(), stopped);
    }

    /// A timer that is due starts its task though others never all wait.
    async fn time_27_others_cannot_starve_a_timer_that_is_due() {
        let (stop, stopped) = chan::<()>(0);
        after_func(ms(1), move || {
            let stop = stop.clone();
            async move { stop.close() }
        });
        sleep(ms(1)).await;
        let (ping, pong) = (chan(0), chan(0));
        for (tx, rx) in [(ping.0, pong.1), (pong.0, ping.1)] {
            let stopped = stopped.clone();
            go(async move {
                loop {
                    select! {
                        tx.send(()) => {},
                        _ = rx.recv() => {},
                        _ = stopped.recv() => return,
                    }
                }
            });
        }
        stopped.recv().await;
    }
}
