//! Channels: the hand-off, the buffer, the order.

use crate::harness::*;
use fanin::{Receiver, Sender, WaitGroup, chan, go, select};
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

    /// Handles are equal if they come from one creation; all nil ones are.
    async fn chan_28_identity() {
        let ((tx, rx), (other_tx, other_rx)) = (chan::<u32>(0), chan::<u32>(0));
        assert!(rx.same_channel(&tx) && rx.same_channel(&rx.clone()) && rx.same_channel(&tx.clone()));
        assert!(!rx.same_channel(&other_tx) && !rx.same_channel(&other_rx));
        assert!(Receiver::<u32>::never().same_channel(&Sender::never()));
        assert!(!Receiver::never().same_channel(&rx));
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

/// A size that is out of range panics with Go's text.
#[cfg(target_pointer_width = "64")]
#[test]
#[should_panic(expected = "makechan: size out of range")]
fn chan_15_the_size_is_limited() {
    chan::<u32>(usize::MAX);
}
