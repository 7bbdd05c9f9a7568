//! Sleep, timers, tickers.

use crate::harness::*;
use fanin::{
    chan, go,
    probe::{ObjKind, What},
    select,
    time::{Elapsed, Instant, Ticker, Timer, after, now, sleep, timeout},
};
use std::time::Duration;

async fn received(timer: &Timer) -> Option<Instant> {
    select! {
        at = timer.recv() => Some(at),
        default => None,
    }
}

async fn ticked(ticker: &Ticker) -> Option<Instant> {
    select! {
        at = ticker.recv() => Some(at),
        default => None,
    }
}

conformance! {
    /// A sleep lasts at least as long as asked.
    async fn time_01_sleep_lasts() {
        let start = now();
        sleep(ms(2)).await;
        assert!(now() >= start + ms(2));
        sleep(Duration::ZERO).await;
    }

    /// Sleepers wake in the order of their times.
    async fn time_02_sleepers_wake_in_order() {
        let (tx, rx) = chan(0);
        for i in [3, 1, 2] {
            let tx = tx.clone();
            go(async move {
                sleep(ms(i * 20)).await;
                tx.send(i).await;
            });
        }
        assert_eq!((rx.recv().await, rx.recv().await, rx.recv().await), (Some(1), Some(2), Some(3)));
    }

    /// A timer delivers one value, the instant at which it was due.
    async fn time_03_a_timer_delivers_once() {
        let start = now();
        let timer = Timer::new(ms(2));
        let at = timer.recv().await;
        assert!(at >= start + ms(2) && at <= now());
        assert!(blocks(timer.recv()).await);
    }

    /// The value is the instant at which the timer was due, however late it is read.
    async fn time_04_the_value_is_when_it_was_due() {
        let timer = Timer::new(ms(2));
        sleep(ms(20)).await;
        let at = timer.recv().await;
        assert!(now() >= at + ms(15));
    }

    /// Stop on a running timer: nothing is ever delivered.
    async fn time_06_stop_keeps_the_value_back() {
        let timer = Timer::new(ms(2));
        assert!(timer.stop());
        sleep(ms(5)).await;
        assert_eq!(received(&timer).await, None);
        assert!(!timer.stop());
    }

    /// Stop on a timer that was due and not read takes the value back.
    async fn time_07_stop_takes_back_what_was_not_read() {
        let timer = Timer::new(ms(1));
        sleep(ms(5)).await;
        assert!(timer.stop());
        assert_eq!(received(&timer).await, None);
    }

    /// Stop and reset after the value was read say so.
    async fn time_08_stop_after_the_value() {
        let timer = Timer::new(ms(1));
        timer.recv().await;
        assert!(!timer.stop());
        assert!(!timer.reset(ms(1)));
        timer.recv().await;
    }

    /// Reset moves the timer, and starts one that was stopped or read.
    async fn time_09_reset_starts_again() {
        let timer = Timer::new(ms(3_600_000));
        assert!(timer.reset(ms(1)));
        let first = timer.recv().await;
        assert!(!timer.reset(ms(1)));
        assert!(timer.stop());
        assert!(!timer.reset(ms(1)));
        assert!(timer.recv().await >= first + ms(1));
    }

    /// After reset no earlier value can be received.
    async fn time_10_reset_discards_what_was_not_read() {
        let timer = Timer::new(ms(1));
        sleep(ms(5)).await;
        assert!(timer.reset(ms(20)));
        let again = now();
        assert_eq!(received(&timer).await, None);
        assert!(timer.recv().await >= again + ms(15));
    }

    /// A value that was handed to a receive, which is then given up, can be received again.
    async fn time_a_receive_can_be_given_up() {
        let timer = Timer::new(ms(5));
        let mut given_up = timer.recv();
        assert!(blocks(&mut given_up).await);
        sleep(ms(9)).await;
        drop(given_up);
        assert!(received(&timer).await.is_some());
    }

    /// But not after a stop.
    async fn time_06_stop_takes_back_what_a_given_up_receive_had() {
        let timer = Timer::new(ms(5));
        let mut given_up = timer.recv();
        assert!(blocks(&mut given_up).await);
        sleep(ms(9)).await;
        timer.stop();
        drop(given_up);
        assert!(blocks(timer.recv()).await);
    }

    /// Nor after a reset.
    async fn time_10_reset_discards_what_a_given_up_receive_had() {
        let timer = Timer::new(ms(5));
        let mut given_up = timer.recv();
        assert!(blocks(&mut given_up).await);
        sleep(ms(9)).await;
        timer.reset(ms(3_600_000));
        drop(given_up);
        assert!(blocks(timer.recv()).await);
    }

    /// A timer without duration is ready at once.
    async fn time_12_zero_is_ready_at_once() {
        assert!(received(&Timer::new(Duration::ZERO)).await.is_some());
    }

    /// After is a timer.
    async fn time_16_after_is_a_timer() {
        let start = now();
        select! {
            at = after(ms(2)).recv() => assert!(at >= start + ms(2)),
            _ = after(ms(3_600_000)).recv() => unreachable!("an hour"),
        }
    }

    /// A stopped ticker delivers nothing, what was due included; it does not close.
    async fn time_19_a_stopped_ticker_is_silent() {
        let ticker = Ticker::new(ms(1));
        sleep(ms(5)).await;
        ticker.stop();
        assert_eq!(ticked(&ticker).await, None);
        assert!(blocks(ticker.recv()).await);
    }

    /// A stop of a ticker also takes back a tick that a receive had which is then given up.
    async fn time_19_a_stopped_ticker_takes_back_what_was_given_up() {
        let ticker = Ticker::new(ms(5));
        let mut given_up = ticker.recv();
        assert!(blocks(&mut given_up).await);
        sleep(ms(5)).await;
        ticker.stop();
        drop(given_up);
        assert!(blocks(ticker.recv()).await);
    }

    /// Timers fire in the order of their times, whatever the order of their making.
    async fn time_24_timers_fire_in_order() {
        let (tx, rx) = chan(0);
        for i in [3, 0, 4, 1, 2] {
            let (tx, timer) = (tx.clone(), Timer::new(ms(i * 20)));
            go(async move {
                timer.recv().await;
                tx.send(i).await;
            });
        }
        for i in 0..5 {
            assert_eq!(rx.recv().await, Some(i));
        }
    }

    /// Moving a timer back and forth neither loses nor doubles its value.
    async fn time_25_a_moved_timer_fires_once() {
        let timer = Timer::new(ms(1));
        for i in 0..10 {
            timer.reset(ms(if i % 2 == 0 { 3_600_000 } else { 2 }));
        }
        timer.recv().await;
        sleep(ms(5)).await;
        assert_eq!(received(&timer).await, None);
    }

    /// Of several timers that are due a select takes one; the others can still be stopped.
    async fn time_26_one_of_several_due_timers() {
        let timers = [Timer::new(ms(1)), Timer::new(ms(1))];
        sleep(ms(5)).await;
        let taken = select! {
            _ = timers[0].recv() => 0,
            _ = timers[1].recv() => 1,
        };
        assert!(!timers[taken].stop() && timers[1 - taken].stop());
    }

    /// A timeout gives what comes in time, and drops what does not.
    async fn a_timeout_ends_a_wait() {
        let (tx, rx) = chan(0);
        assert_eq!(timeout(ms(1), rx.recv()).await, Err(Elapsed));
        assert!(blocks(tx.send(1)).await);
        go(async move { tx.send(2).await });
        assert_eq!(timeout(ms(3_600_000), rx.recv()).await, Ok(Some(2)));
    }
}

sim_only! {
    /// On the virtual clock a sleep lasts exactly as long as asked.
    fn time_01_virtual_sleep_is_exact() {
        under_every_seed(|| async {
            sleep(Duration::ZERO).await;
            assert_eq!(now(), Instant::ZERO);
            sleep(Duration::from_secs(3600)).await;
            assert_eq!(now(), Instant::ZERO + Duration::from_secs(3600));
        });
    }

    /// Values are exact, however late they are read.
    fn time_04_virtual_values_are_exact() {
        under_every_seed(|| async {
            let timer = Timer::new(ms(1));
            sleep(ms(10)).await;
            assert_eq!(timer.recv().await, Instant::ZERO + ms(1));
        });
    }

    /// Reset moves the expiry to a time from now.
    fn time_09_reset_counts_from_now() {
        under_every_seed(|| async {
            let timer = Timer::new(ms(2));
            sleep(ms(1)).await;
            assert!(timer.reset(ms(2)));
            assert_eq!(timer.recv().await, Instant::ZERO + ms(3));
        });
    }

    /// When stop races with a receive, its result says whether the value was received.
    fn time_11_stop_tells_whether_a_value_was_received() {
        let seen = results(SEEDS, || async {
            let timer = std::sync::Arc::new(Timer::new(ms(1)));
            let receiving = timer.clone();
            let receiver = go(async move { timeout(ms(9), receiving.recv()).await.is_ok() });
            sleep(ms(1)).await;
            let stopped = timer.stop();
            let received = receiver.await.expect("it returned");
            assert_ne!(stopped, received);
            stopped
        });
        assert_eq!(seen, [false, true].into());
    }

    /// A ticker delivers on its grid.
    fn time_17_a_ticker_keeps_its_grid() {
        under_every_seed(|| async {
            let ticker = Ticker::new(ms(3));
            for i in 1..4 {
                assert_eq!(ticker.recv().await, Instant::ZERO + ms(3 * i));
            }
        });
    }

    /// A ticker holds one tick for a slow reader, drops the others, and keeps its grid.
    fn time_18_a_ticker_drops_ticks() {
        under_every_seed(|| async {
            let ticker = Ticker::new(ms(10));
            sleep(ms(35)).await;
            for i in [1, 4, 5, 6] {
                assert_eq!(ticker.recv().await, Instant::ZERO + ms(10 * i));
            }
        });
    }

    /// Reset starts a new grid, discards what was not read, and revives a stopped ticker.
    fn time_20_a_ticker_can_be_reset() {
        under_every_seed(|| async {
            let ticker = Ticker::new(ms(10));
            sleep(ms(9)).await;
            ticker.reset(ms(5));
            for i in [14, 19] {
                assert_eq!(ticker.recv().await, Instant::ZERO + ms(i));
            }
            sleep(ms(6)).await;
            ticker.stop();
            ticker.reset(ms(5));
            assert_eq!(ticked(&ticker).await, None);
            assert_eq!(ticker.recv().await, Instant::ZERO + ms(30));
        });
    }

    /// The largest duration never fires, and disturbs no other timer.
    fn time_23_the_largest_duration_never_fires() {
        under_every_seed(|| async {
            let never = after(Duration::MAX);
            select! {
                _ = never.recv() => unreachable!("never"),
                _ = after(Duration::from_secs(3600)).recv() => {},
            }
            assert_eq!(now(), Instant::ZERO + Duration::from_secs(3600));
        });
    }
}

sim_only! {
    /// A ticker without a period panics, and ticks neither before nor after.
    async fn time_21_a_period_is_positive() {
        let new = panic_text(async { Ticker::new(Duration::ZERO) }).await;
        assert_eq!(new, "non-positive interval for NewTicker");
        let ticker = std::sync::Arc::new(Ticker::new(ms(1)));
        let again = ticker.clone();
        let reset = panic_text(async move { again.reset(Duration::ZERO) }).await;
        assert_eq!(reset, "non-positive interval for Ticker.Reset");
        assert_eq!(ticker.recv().await, Instant::ZERO + ms(1));
    }
}

sim_only! {
    /// A timer has no buffer: its object has no capacity, and what is due and unread is nowhere to be found
    /// once it is stopped.
    fn time_05_nothing_is_ever_buffered() {
        let run = run(0, async {
            let (timer, ticker) = (Timer::new(ms(1)), Ticker::new(ms(1)));
            sleep(ms(5)).await;
            ticker.stop();
            (timer.stop(), received(&timer).await, ticked(&ticker).await)
        });
        assert_eq!(run.value, Some((true, None, None)));
        let made = run.recording.events.iter().filter_map(|e| match &e.what {
            What::Make { kind, .. } => Some(*kind),
            _ => None,
        });
        assert_eq!(made.collect::<Vec<_>>(), [ObjKind::Timer, ObjKind::Timer]);
    }
}
