//! Select: closed channels, operands, arms, and waiting in line.

use crate::{
    harness::*,
    select::{TOLERANCE, TRIALS},
};
use fanin::{
    Receiver, Sender, chan, go, select,
    sync::{Closed, Selector},
};

conformance! {
    /// A send on a closed channel is ready, default or not.
    async fn sel_12_a_send_on_closed_is_ready() {
        let (tx, _rx) = chan(0);
        tx.close();
        select! {
            refused = tx.send_checked(7) => assert_eq!(refused, Err(Closed(7))),
            default => unreachable!("the send is ready"),
        }
    }

    /// Close wakes a select that waits with a send, and gives the value back.
    async fn sel_13_close_wakes_a_selected_send() {
        let (tx, rx) = chan(0);
        let sender = tx.clone();
        let selecting = go(async move {
            select! {
                refused = sender.send_checked(7) => refused,
                _ = Receiver::<u32>::never().recv() => unreachable!("nil"),
            }
        });
        others_wait().await;
        tx.close();
        assert_eq!(selecting.await, Ok(Err(Closed(7))));
        assert_eq!(rx.recv().await, None);
    }

    /// A receive from a closed channel is ready: first what is left, then the end; it wins over default.
    async fn sel_14_a_receive_from_closed_is_ready() {
        let (tx, rx) = chan(1);
        tx.send(5).await;
        tx.close();
        for expected in [Some(5), None, None] {
            select! {
                v = rx.recv() => assert_eq!(v, expected),
                default => unreachable!("the receive is ready"),
            }
        }
    }

    /// Operands are evaluated once, in source order, those of nil and unchosen cases too.
    async fn sel_15_operands_are_evaluated_in_order() {
        let log = Log::new();
        let logged = |entry| {
            log.add(entry);
            entry
        };
        let ((tx, rx), nil) = (chan(1), Sender::never());
        tx.send("buffered").await;
        let channel = |entry, rx| {
            log.add(entry);
            rx
        };
        select! {
            v = channel("first", &rx).recv() => assert_eq!(v, Some("buffered")),
            nil.send(logged("second")) => unreachable!("nil"),
            tx.send(logged("third")) => unreachable!("full"),
            _ = channel("fourth", &Receiver::never()).recv() => unreachable!("nil"),
        }
        assert_eq!(log.entries(), ["first", "second", "third", "fourth"]);
        assert_eq!(rx.len(), 0);
    }

    /// What a receive binds to is evaluated only if it is chosen.
    async fn sel_16_only_the_chosen_arm_runs() {
        let (tx, rx) = chan(1);
        tx.send(7).await;
        let mut slots = [None, None];
        select! {
            v = rx.recv() => slots[0] = v,
            v = Receiver::never().recv() => slots[1] = v,
        }
        assert_eq!(slots, [Some(7), None]);
    }

    /// A select with default judges all cases at one instant: with one always ready it takes no default.
    async fn sel_17_default_sees_one_instant() {
        for _ in 0..20 {
            let ((a_tx, a), (b_tx, b)) = (chan(1), chan(1));
            a_tx.send(1).await;
            let (ours, theirs) = (a.clone(), b.clone());
            let other = go(async move {
                select! {
                    _ = ours.recv() => true,
                    _ = theirs.recv() => true,
                    default => false,
                }
            });
            b_tx.send(1).await;
            select! {
                _ = a.recv() => {},
                default => {},
            }
            assert_eq!(other.await, Ok(true));
        }
    }

    /// Without waiting, a send needs room or a waiting receiver, and a receive a value, a waiting sender or
    /// the end.
    async fn sel_18_non_blocking_operations() {
        let can_send = async |tx: &Sender<u32>| {
            select! {
                tx.send(1) => true,
                default => false,
            }
        };
        let can_recv = async |rx: &Receiver<u32>| {
            select! {
                _ = rx.recv() => true,
                default => false,
            }
        };
        for cap in [0, 1] {
            let (tx, rx) = chan(cap);
            assert!(!can_recv(&rx).await);
            assert_eq!(can_send(&tx).await, cap > 0);
            assert!(!can_send(&tx).await);
            assert_eq!(can_recv(&rx).await, cap > 0);
            let parked = rx.clone();
            let receiver = go(async move { parked.recv().await });
            others_wait().await;
            assert!(can_send(&tx).await);
            assert_eq!(receiver.await, Ok(Some(1)));
            let parked = tx.clone();
            let sender = go(async move {
                for i in 0..=cap {
                    parked.send(i as u32).await;
                }
            });
            others_wait().await;
            assert!(can_recv(&rx).await);
            assert_eq!(sender.await, Ok(()));
            tx.close();
            assert!(can_recv(&rx).await && can_recv(&rx).await);
        }
    }

    /// A waiting select has its place in each queue, among plain waiters.
    async fn sel_19_a_select_waits_in_line() {
        let (tx, rx) = chan(0);
        let (first, second) = (rx.clone(), rx.clone());
        let selecting = go(async move {
            select! {
                v = first.recv() => v,
                _ = Receiver::<u32>::never().recv() => unreachable!("nil"),
            }
        });
        others_wait().await;
        let receiver = go(async move { second.recv().await });
        others_wait().await;
        tx.send(1).await;
        tx.send(2).await;
        assert_eq!((selecting.await, receiver.await), (Ok(Some(1)), Ok(Some(2))));
    }

    /// Of two peers that make different cases ready the first wins; the other waits on.
    async fn sel_20_the_first_peer_commits() {
        let ((a_tx, a), (b_tx, b)) = (chan(0), chan(0));
        let selecting = go(async move {
            select! {
                v = a.recv() => (v, b),
                _ = b.recv() => unreachable!("the second"),
            }
        });
        others_wait().await;
        a_tx.send(1).await;
        let second = go(async move { b_tx.send(2).await });
        let (got, b) = selecting.await.expect("it returned");
        assert_eq!(got, Some(1));
        others_wait().await;
        assert_eq!((b.recv().await, second.await), (Some(2), Ok(())));
    }

    /// An arm can leave the loop around the select; to leave the select alone it just ends.
    async fn sel_21_an_arm_can_break_the_loop() {
        let (tx, rx) = chan(3);
        for i in 0..3 {
            tx.send(i).await;
        }
        let mut seen = 0;
        loop {
            select! {
                v = rx.recv() => {
                    seen += 1;
                    if v == Some(1) {
                        break;
                    }
                }
            }
        }
        assert_eq!((seen, rx.len()), (2, 1));
    }

    /// A list of cases made at run time behaves like the written one.
    async fn sel_22_cases_made_at_run_time() {
        let none = Selector::<()>::new();
        assert!(blocks(none.wait()).await);
        let channels: Vec<_> = (0..3).map(|_| chan(1)).collect();
        let select = || channels.iter().fold(Selector::new(), |s, (_, rx)| s.case(rx.recv()));
        assert_eq!(select().poll_once().await, None);
        assert!(blocks(select().wait()).await);
        channels[1].0.send(7).await;
        assert_eq!(select().wait().await, (1, Some(7)));
        let parked = channels[2].0.clone();
        go(async move {
            others_wait().await;
            parked.send(8).await;
        });
        assert_eq!(select().wait().await, (2, Some(8)));
        let mut counts = [0u32; 3];
        channels.iter().for_each(|(tx, _)| tx.close());
        for _ in 0..TRIALS {
            let (i, got) = select().wait().await;
            assert_eq!(got, None);
            counts[i] += 1;
        }
        assert!(counts.iter().all(|c| c.abs_diff(TRIALS / 3) < TOLERANCE), "{counts:?}");
    }
}

sim_only! {
    /// A chosen send on a closed channel panics, with and without a default.
    fn sel_12_a_chosen_send_on_closed_panics() {
        let with_default = ends(|| async {
            let (tx, _rx) = chan(1);
            tx.close();
            select! {
                tx.send(1) => {},
                default => {},
            }
        });
        let without = ends(|| async {
            let (tx, _rx) = chan(1);
            tx.close();
            select! {
                _ = Receiver::<u32>::never().recv() => {},
                tx.send(1) => {},
            }
        });
        assert_eq!(with_default, "panic: send on closed channel");
        assert_eq!(without, with_default);
    }

    /// Close panics a select that waits with a send.
    fn sel_13_close_panics_a_selected_send() {
        under_every_seed(|| async {
            let (tx, _rx) = chan(0);
            let sender = tx.clone();
            let selecting = go(panic_text(async move {
                select! {
                    sender.send(7) => {},
                    _ = Receiver::<u32>::never().recv() => {},
                }
            }));
            others_wait().await;
            tx.close();
            assert_eq!(selecting.await.as_deref(), Ok("send on closed channel"));
        });
    }
}
