//! Select: which case is taken.

use crate::harness::*;
use fanin::{Receiver, Sender, chan, go, select, sim::Outcome};

/// How often a fair choice is tried, and how far from the mean 10 standard deviations are.
pub const TRIALS: u32 = 1000;
pub const TOLERANCE: u32 = 158;

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
}

sim_only! {
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
