//! Closing a channel.

use crate::harness::*;
use fanin::{
    Sender, chan, go,
    sim::Outcome,
    sync::{CloseError, Closed},
};
use std::sync::Arc;

conformance! {
    /// The close of a nil channel is refused.
    async fn chan_03_close_of_nil_is_refused() {
        assert_eq!(Sender::<u32>::never().try_close(), Err(CloseError));
    }

    /// Close wakes every waiting receiver.
    async fn chan_18_close_wakes_all_receivers() {
        let (tx, rx) = chan::<u32>(0);
        let receivers: Vec<_> = (0..6)
            .map(|_| {
                let rx = rx.clone();
                go(async move { rx.recv().await })
            })
            .collect();
        others_wait().await;
        tx.close();
        for receiver in receivers {
            assert_eq!(receiver.await, Ok(None));
        }
    }

    /// After close the buffer is drained first; then receives never wait.
    async fn chan_19_close_leaves_the_buffer() {
        let (tx, rx) = chan(2);
        tx.send(1).await;
        tx.send(2).await;
        tx.close();
        assert_eq!((rx.recv().await, rx.recv().await), (Some(1), Some(2)));
        for _ in 0..3 {
            assert_eq!(rx.recv().await, None);
        }
    }

    /// A zero that was sent is told from a closed channel.
    async fn chan_20_zero_is_a_value() {
        let (tx, rx) = chan(1);
        tx.send(0).await;
        tx.close();
        assert_eq!((rx.recv().await, rx.recv().await), (Some(0), None));
    }

    /// A send on a closed channel gives the value back, also if there is room.
    async fn chan_21_a_checked_send_on_closed_gives_back() {
        for cap in [0, 1] {
            let (tx, rx) = chan(cap);
            tx.close();
            assert_eq!(tx.send_checked(7).await, Err(Closed(7)));
            assert_eq!((rx.len(), rx.recv().await), (0, None));
        }
    }

    /// A sender that waits when the channel is closed has its value back, and nobody receives it.
    async fn chan_22_close_refuses_waiting_senders() {
        let (tx, rx) = chan(1);
        tx.send(0).await;
        let senders: Vec<_> = (1..3)
            .map(|i| {
                let tx = tx.clone();
                go(async move { tx.send_checked(i).await })
            })
            .collect();
        others_wait().await;
        tx.close();
        for (i, sender) in (1..).zip(senders) {
            assert_eq!(sender.await, Ok(Err(Closed(i))));
        }
        assert_eq!((rx.recv().await, rx.recv().await), (Some(0), None));
    }

    /// A second close is refused.
    async fn chan_23_a_second_close_is_refused() {
        let (tx, rx) = chan::<u32>(0);
        tx.close();
        assert_eq!(tx.try_close(), Err(CloseError));
        assert_eq!(CloseError.to_string(), "close of closed channel");
        assert_eq!(rx.recv().await, None);
    }

    /// Ranging goes on until the channel is closed and drained.
    async fn chan_25_range_ends_with_close() {
        let (tx, rx) = chan(2);
        let ranging = go(async move {
            let mut got = Vec::new();
            while let Some(v) = rx.recv().await {
                got.push(v);
            }
            got
        });
        tx.send(1).await;
        others_wait().await;
        tx.send(2).await;
        tx.close();
        assert_eq!(ranging.await, Ok(vec![1, 2]));
    }

    /// Leaving a range early leaves the rest in the channel.
    async fn chan_26_a_range_left_early_leaves_the_rest() {
        let (tx, rx) = chan(3);
        for i in 0..3 {
            tx.send(i).await;
        }
        while let Some(v) = rx.recv().await {
            if v == 0 {
                break;
            }
        }
        assert_eq!(rx.len(), 2);
    }

    /// Dropping all senders closes nothing.
    async fn chan_29_dropped_senders_close_nothing() {
        let (tx, rx) = chan::<u32>(0);
        drop(tx);
        assert!(blocks(rx.recv()).await);
    }
}

sim_only! {
    /// The close of a nil channel panics.
    fn chan_03_close_of_nil_panics() {
        let end = ends(|| async { Sender::<u32>::never().close() });
        assert_eq!(end, "panic: close of nil channel");
    }

    /// A send on a closed channel panics, also if there is room.
    fn chan_21_send_on_closed_panics() {
        for cap in [0, 1] {
            let end = ends(|| async move {
                let (tx, _rx) = chan(cap);
                tx.close();
                tx.send(1).await;
            });
            assert_eq!(end, "panic: send on closed channel");
        }
    }

    /// Waiting senders panic when the channel is closed, and nobody receives their values.
    fn chan_22_close_panics_waiting_senders() {
        under_every_seed(|| async {
            let (tx, rx) = chan(1);
            tx.send(0).await;
            let senders: Vec<_> = (1..3)
                .map(|i| {
                    let tx = tx.clone();
                    go(panic_text(async move { tx.send(i).await }))
                })
                .collect();
            others_wait().await;
            tx.close();
            for sender in senders {
                assert_eq!(sender.await.as_deref(), Ok("send on closed channel"));
            }
            assert_eq!((rx.recv().await, rx.recv().await), (Some(0), None));
        });
    }

    /// The value of a sender that panics is dropped once.
    fn chan_22_a_refused_value_is_dropped_once() {
        under_every_seed(|| async {
            let value = Arc::new(());
            let (tx, _rx) = chan(0);
            let (sent, parked) = (value.clone(), tx.clone());
            let sender = go(panic_text(async move { parked.send(sent).await }));
            others_wait().await;
            assert_eq!(Arc::strong_count(&value), 2);
            tx.close();
            assert_eq!(sender.await.as_deref(), Ok("send on closed channel"));
            assert_eq!(Arc::strong_count(&value), 1);
        });
    }

    /// A second close panics.
    fn chan_23_a_second_close_panics() {
        let end = ends(|| async {
            let (tx, _rx) = chan::<u32>(0);
            tx.close();
            tx.close();
        });
        assert_eq!(end, "panic: close of closed channel");
    }

    /// Recovering from a channel's panic leaves the channel usable for everyone else.
    fn chan_24_a_recovered_panic_leaves_the_channel_usable() {
        under_every_seed(|| async {
            let (tx, rx) = chan(1);
            tx.send(1).await;
            tx.close();
            let again = tx.clone();
            assert_eq!(panic_text(async move { again.send(2).await }).await, "send on closed channel");
            assert_eq!(panic_text(async move { tx.close() }).await, "close of closed channel");
            assert_eq!((rx.recv().await, rx.recv().await), (Some(1), None));
        });
    }

    /// Without senders a receiver ends up in the report.
    fn chan_29_without_senders_a_receiver_deadlocks() {
        let run = run(0, async {
            let (tx, rx) = chan::<u32>(0);
            drop(tx);
            rx.recv().await
        });
        assert_eq!(run.recording.outcome, Some(Outcome::Deadlock));
    }

    /// Those that one close wakes run in any order.
    fn chan_31_close_wakes_in_any_order() {
        let orders = results(200, || async {
            let (tx, rx) = chan::<u32>(0);
            let log = Log::new();
            for i in 0..3 {
                let (rx, log) = (rx.clone(), log.clone());
                go(async move {
                    rx.recv().await;
                    log.add(i);
                });
                others_wait().await;
            }
            tx.close();
            others_wait().await;
            log.entries()
        });
        assert_eq!(orders.len(), 6);
    }
}
