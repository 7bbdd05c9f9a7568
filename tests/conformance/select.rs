//! Select.

use crate::harness::*;
use fanin::{
    Receiver, Sender, chan, go, select,
    sim::Outcome,
    sync::{Closed, Selector},
};

/// How often a fair choice is tried, and how far from the mean 10 standard deviations are.
const TRIALS: u32 = 1000;
const TOLERANCE: u32 = 158;

conformance! {
    /// A select without cases waits for ever.
    async fn sel_01_no_cases_block() {
        assert!(blocks(async { select! {} }).await);
    }

    /// The default runs exactly when no case can be done.
    async fn sel_02_default_means_nothing_is_ready() {
        let taken = select! { default => "default" };
        assert_eq!(taken, "default");
        let (tx, rx) = chan(1);
        let off: Option<Receiver<u32>> = None;
        let taken = select! {
            _ = rx.recv() => "received",
            _ = off.as_ref().map(Receiver::recv) => "off",
            _ = Receiver::<u32>::never().recv() => "nil",
            default => "default",
        };
        assert_eq!(taken, "default");
        tx.send(1).await;
        let taken = select! {
            v = rx.recv() => v,
            default => None,
        };
        assert_eq!(taken, Some(1));
    }

    /// A case on a nil channel is never taken; a select of nothing else waits for ever.
    async fn sel_03_nil_cases_are_never_taken() {
        let off: Option<Receiver<u32>> = None;
        let nil = async {
            select! {
                _ = Receiver::<u32>::never().recv() => {},
                Sender::never().send(1) => {},
                _ = off.as_ref().map(Receiver::recv) => {},
            }
        };
        assert!(blocks(nil).await);
        let (tx, rx) = chan(1);
        tx.send(7).await;
        select! {
            _ = Receiver::<u32>::never().recv() => unreachable!("nil"),
            v = rx.recv() => assert_eq!(v, Some(7)),
        }
    }

    /// Setting a channel variable to nil switches its case off for the selects that follow.
    async fn sel_04_a_case_can_be_switched_off() {
        let sources: Vec<_> = (0..2)
            .map(|from| {
                let (tx, rx) = chan(0);
                go(async move {
                    for i in 0..5 {
                        tx.send((from, i)).await;
                    }
                    tx.close();
                });
                rx
            })
            .collect();
        let (mut a, mut b) = (Some(&sources[0]), Some(&sources[1]));
        let mut next = [0, 0];
        while a.is_some() || b.is_some() {
            let got = select! {
                v = a.map(Receiver::recv) => {
                    if v.is_none() { a = None }
                    v
                }
                v = b.map(Receiver::recv) => {
                    if v.is_none() { b = None }
                    v
                }
            };
            if let Some((from, i)) = got {
                assert_eq!(i, next[from]);
                next[from] += 1;
            }
        }
        assert_eq!(next, [5, 5]);
    }

    /// The choice among ready receives is uniform.
    async fn sel_05_the_choice_of_receives_is_uniform() {
        let ((a_tx, a), (b_tx, b)) = (chan::<()>(0), chan::<()>(0));
        a_tx.close();
        b_tx.close();
        let mut count = 0u32;
        for _ in 0..TRIALS {
            select! {
                _ = a.recv() => count += 1,
                _ = b.recv() => {},
            }
        }
        assert!(count.abs_diff(TRIALS / 2) < TOLERANCE, "{count}");
    }

    /// The choice among ready sends is uniform.
    async fn sel_05_the_choice_of_sends_is_uniform() {
        let (tx, rx) = chan(1);
        let mut count = 0u32;
        for _ in 0..TRIALS {
            select! {
                tx.send(0) => {},
                tx.send(1) => {},
            }
            count += rx.recv().await.expect("open");
        }
        assert!(count.abs_diff(TRIALS / 2) < TOLERANCE, "{count}");
    }

    /// The choice is uniform over cases, not over channels.
    async fn sel_06_the_choice_is_among_cases() {
        let ((a_tx, a), (b_tx, b)) = (chan::<()>(0), chan::<()>(0));
        a_tx.close();
        b_tx.close();
        let mut count = 0u32;
        for _ in 0..TRIALS {
            select! {
                _ = a.recv() => count += 1,
                _ = a.recv() => count += 1,
                _ = a.recv() => count += 1,
                _ = b.recv() => {},
            }
        }
        assert!(count.abs_diff(TRIALS * 3 / 4) < TOLERANCE, "{count}");
    }

    /// One case runs: nothing is sent twice.
    async fn sel_07_one_case_runs() {
        let channels: Vec<_> = (0..4).map(|_| chan(0)).collect();
        let senders: Vec<_> = channels.iter().map(|(tx, _)| tx.clone()).collect();
        go(async move {
            for i in 0..20 {
                select! {
                    senders[0].send(i) => {},
                    senders[1].send(i) => {},
                    senders[2].send(i) => {},
                    senders[3].send(i) => {},
                }
            }
            senders.iter().for_each(Sender::close);
        });
        let (merged, all) = chan(0);
        for (_, rx) in channels {
            let merged = merged.clone();
            go(async move {
                while let Some(v) = rx.recv().await {
                    merged.send(v).await;
                }
            });
        }
        let mut got = Vec::new();
        for _ in 0..20 {
            got.extend(all.recv().await);
        }
        got.sort_unstable();
        assert_eq!(got, (0..20).collect::<Vec<_>>());
        assert!(blocks(all.recv()).await);
    }

    /// A select that went on is gone from the other channels' queues.
    async fn sel_08_a_finished_select_leaves_no_trace() {
        let ((a_tx, a), (b_tx, b)) = (chan(0), chan(0));
        let (a_rx, b_rx) = (a.clone(), b.clone());
        let selecting = go(async move {
            select! {
                v = a_rx.recv() => v,
                v = b_rx.recv() => v,
            }
        });
        others_wait().await;
        a_tx.send(1).await;
        assert_eq!(selecting.await, Ok(Some(1)));
        assert!(blocks(b_tx.send(2)).await);
        let receiver = go(async move { b.recv().await });
        others_wait().await;
        b_tx.send(3).await;
        assert_eq!(receiver.await, Ok(Some(3)));
        assert!(blocks(a.recv()).await);
    }

    /// A channel may be in several cases.
    async fn sel_09_a_channel_may_be_in_several_cases() {
        let ((a_tx, a), (b_tx, b)) = (chan(0), chan(0));
        let selecting = go(async move {
            let mut got = Vec::new();
            for _ in 0..3 {
                got.push(select! {
                    v = a.recv() => v,
                    v = a.recv() => v,
                    v = b.recv() => v,
                });
            }
            got
        });
        for (tx, v) in [(&a_tx, 1), (&b_tx, 2), (&a_tx, 3)] {
            others_wait().await;
            tx.send(v).await;
        }
        assert_eq!(selecting.await, Ok(vec![Some(1), Some(2), Some(3)]));
    }

    /// A select that sends and receives on one channel does not meet itself.
    async fn sel_10_a_select_does_not_meet_itself() {
        let (tx, rx) = chan(0);
        let alone = async {
            select! {
                tx.send(1) => {},
                _ = rx.recv() => {},
            }
        };
        assert!(blocks(alone).await);
    }

    /// Two selects that send or receive on one channel meet, and neither receives its own value.
    async fn sel_11_two_selects_meet() {
        for cap in [0, 10] {
            let (tx, rx) = chan(cap);
            let sides: Vec<_> = (0..2)
                .map(|me| {
                    let (tx, rx) = (tx.clone(), rx.clone());
                    go(async move {
                        for _ in 0..10 {
                            select! {
                                v = rx.recv() => assert!(cap > 0 || v == Some(1 - me)),
                                tx.send(me) => {},
                            }
                        }
                    })
                })
                .collect();
            for side in sides {
                assert_eq!(side.await, Ok(()));
            }
        }
    }

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

    /// A select without cases is in the report.
    fn sel_01_no_cases_in_the_report() {
        let run = run(0, async { select! {} });
        assert_eq!(run.recording.outcome, Some(Outcome::Deadlock));
        assert!(run.recording.report().contains("goroutine 1 [select (no cases)]:"));
    }

    /// Which of two ready cases is taken differs from seed to seed.
    fn sel_05_seeds_choose_differently() {
        let taken = results(SEEDS, || async {
            let (tx, rx) = chan(2);
            tx.send(0).await;
            let (other_tx, other) = chan(1);
            other_tx.send(1).await;
            select! {
                v = rx.recv() => v,
                v = other.recv() => v,
            }
        });
        assert_eq!(taken, [Some(0), Some(1)].into());
    }
}
