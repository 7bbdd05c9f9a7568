//! Channels.

use crate::harness::*;
use fanin::{
    Receiver, Sender, WaitGroup, chan, go, select,
    sim::Outcome,
    sync::{CloseError, Closed},
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

conformance! {
    /// A send on a nil channel waits for ever.
    async fn chan_01_send_on_nil_blocks() {
        assert!(blocks(Sender::never().send(1)).await);
    }

    /// A receive from a nil channel waits for ever.
    async fn chan_02_receive_from_nil_blocks() {
        assert!(blocks(Receiver::<u32>::never().recv()).await);
    }

    /// The close of a nil channel is refused.
    async fn chan_03_close_of_nil_is_refused() {
        assert_eq!(Sender::<u32>::never().try_close(), Err(CloseError));
    }

    /// A nil channel has length and capacity 0.
    async fn chan_04_nil_is_empty() {
        let (tx, rx) = (Sender::<u32>::never(), Receiver::<u32>::never());
        assert_eq!((tx.len(), tx.cap(), rx.len(), rx.cap()), (0, 0, 0, 0));
    }

    /// On an unbuffered channel a send and a receive complete each other.
    async fn chan_05_unbuffered_is_a_rendezvous() {
        let (tx, rx) = chan(0);
        let sent = Arc::new(AtomicBool::new(false));
        let flag = sent.clone();
        let sender = go(async move {
            tx.send(7).await;
            flag.store(true, Ordering::Relaxed);
        });
        others_wait().await;
        assert!(!sent.load(Ordering::Relaxed));
        assert_eq!(rx.recv().await, Some(7));
        assert_eq!(sender.await, Ok(()));
    }

    /// A send finishes at once while there is room, and waits when there is none.
    async fn chan_06_a_buffered_send_waits_when_full() {
        for cap in 0..4 {
            let (tx, rx) = chan(cap);
            for i in 0..cap {
                tx.send(i).await;
            }
            assert_eq!(rx.len(), cap);
            assert!(blocks(tx.send(cap)).await);
        }
    }

    /// A receive from an open, empty channel waits.
    async fn chan_07_a_receive_waits_when_empty() {
        for cap in 0..3 {
            let (_tx, rx) = chan::<u32>(cap);
            assert!(blocks(rx.recv()).await);
        }
    }

    /// Values leave in the order in which they were accepted.
    async fn chan_08_values_leave_in_order() {
        for cap in [0, 1, 10] {
            let (tx, rx) = chan(cap);
            go(async move {
                for i in 0..30 {
                    tx.send(i).await;
                }
            });
            for i in 0..30 {
                assert_eq!(rx.recv().await, Some(i));
            }
        }
    }

    /// Each value is received exactly once, by any number of receivers.
    async fn chan_09_each_value_arrives_once() {
        for cap in [0, 3] {
            let (tx, rx) = chan(cap);
            let (received, results) = chan(0);
            let senders = WaitGroup::new();
            for from in 0..4 {
                let tx = tx.clone();
                senders.go(async move {
                    for i in 0..10 {
                        tx.send(from * 10 + i).await;
                    }
                });
            }
            go(async move {
                senders.wait().await;
                tx.close();
            });
            for _ in 0..4 {
                let (rx, received) = (rx.clone(), received.clone());
                go(async move {
                    while let Some(v) = rx.recv().await {
                        received.send(v).await;
                    }
                });
            }
            let mut values = Vec::new();
            for _ in 0..40 {
                values.extend(results.recv().await);
            }
            values.sort_unstable();
            assert_eq!(values, (0..40).collect::<Vec<_>>());
            assert!(blocks(results.recv()).await);
        }
    }

    /// Waiting receivers are served in the order in which they came.
    async fn chan_10_receivers_are_served_in_order() {
        let (tx, rx) = chan(0);
        let (out, results) = chan(5);
        for i in 0..5 {
            let (rx, out) = (rx.clone(), out.clone());
            go(async move { out.send((i, rx.recv().await)).await });
            others_wait().await;
        }
        for i in 0..5 {
            tx.send(i).await;
        }
        for _ in 0..5 {
            let (i, got) = results.recv().await.expect("open");
            assert_eq!(got, Some(i));
        }
    }

    /// Waiting senders are served in the order in which they came.
    async fn chan_11_senders_are_served_in_order() {
        for cap in [0, 2] {
            let (tx, rx) = chan(cap);
            for i in 0..5 {
                let tx = tx.clone();
                go(async move { tx.send(i).await });
                others_wait().await;
            }
            for i in 0..5 {
                assert_eq!(rx.recv().await, Some(i));
            }
        }
    }

    /// A send hands its value to a waiting receiver, past the buffer: nobody else can take it.
    async fn chan_12_a_send_hands_over_directly() {
        for cap in [0, 1] {
            let (tx, rx) = chan(cap);
            let waiting = rx.clone();
            let receiver = go(async move { waiting.recv().await });
            others_wait().await;
            tx.send(7).await;
            assert_eq!(rx.len(), 0);
            select! {
                v = rx.recv() => unreachable!("took {v:?}, which was the receiver's"),
                default => {},
            }
            assert_eq!(receiver.await, Ok(Some(7)));
        }
    }

    /// A receive from a full buffer admits the first waiting sender in the same step.
    async fn chan_13_a_receive_admits_a_sender() {
        let (tx, rx) = chan(2);
        tx.send(1).await;
        tx.send(2).await;
        let sender = go(async move { tx.send(3).await });
        others_wait().await;
        assert_eq!((rx.recv().await, rx.len()), (Some(1), 2));
        assert_eq!((rx.recv().await, rx.recv().await), (Some(2), Some(3)));
        assert_eq!(sender.await, Ok(()));
    }

    /// Length counts what is in the buffer, and no waiting sender.
    async fn chan_14_length_counts_the_buffer() {
        let (tx, rx) = chan(0);
        let parked = tx.clone();
        go(async move { parked.send(1).await });
        others_wait().await;
        assert_eq!((tx.len(), tx.cap(), rx.len(), rx.cap()), (0, 0, 0, 0));
        let (tx, rx) = chan(3);
        tx.send(1).await;
        assert_eq!((tx.len(), tx.cap(), rx.len(), rx.cap()), (1, 3, 1, 3));
        rx.recv().await;
        assert!(tx.is_empty() && rx.is_empty());
    }

    /// Values of size zero count like any others.
    async fn chan_16_unit_values_count() {
        let (tx, rx) = chan(3);
        tx.send(()).await;
        tx.send(()).await;
        assert_eq!(rx.len(), 2);
        tx.send(()).await;
        assert!(blocks(tx.send(())).await);
        for _ in 0..3 {
            assert_eq!(rx.recv().await, Some(()));
        }
        assert!(blocks(rx.recv()).await);
    }

    /// A channel can carry channels.
    async fn chan_17_channels_of_channels() {
        let (tx, rx) = chan::<Sender<u32>>(0);
        go(async move {
            let reply = rx.recv().await.expect("open");
            reply.send(7).await;
        });
        let (reply, answer) = chan(0);
        select! {
            tx.send(reply) => {},
        }
        assert_eq!(answer.recv().await, Some(7));
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

    /// Handles are equal if they come from one creation; all nil ones are.
    async fn chan_28_identity() {
        let ((tx, rx), (other_tx, other_rx)) = (chan::<u32>(0), chan::<u32>(0));
        assert!(rx.same_channel(&tx) && rx.same_channel(&rx.clone()) && rx.same_channel(&tx.clone()));
        assert!(!rx.same_channel(&other_tx) && !rx.same_channel(&other_rx));
        assert!(Receiver::<u32>::never().same_channel(&Sender::never()));
        assert!(!Receiver::never().same_channel(&rx));
    }

    /// Dropping all senders closes nothing.
    async fn chan_29_dropped_senders_close_nothing() {
        let (tx, rx) = chan::<u32>(0);
        drop(tx);
        assert!(blocks(rx.recv()).await);
    }

    /// Workers on one queue end after its last item, and lose none.
    async fn chan_30_many_consumers() {
        let (work, queue) = chan(1);
        let (done, results) = chan(0);
        let workers = WaitGroup::new();
        for _ in 0..23 {
            let (queue, done) = (queue.clone(), done.clone());
            workers.go(async move {
                while let Some(v) = queue.recv().await {
                    done.send(v).await;
                }
            });
        }
        go(async move {
            for i in 0..40 {
                work.send(i).await;
            }
            work.close();
            workers.wait().await;
            done.close();
        });
        let (mut count, mut sum) = (0, 0);
        while let Some(v) = results.recv().await {
            count += 1;
            sum += v;
        }
        assert_eq!((count, sum), (40, 780));
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

/// A size that is out of range panics with Go's text.
#[cfg(target_pointer_width = "64")]
#[test]
#[should_panic(expected = "makechan: size out of range")]
fn chan_15_the_size_is_limited() {
    chan::<u32>(usize::MAX);
}
