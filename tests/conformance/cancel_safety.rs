//! Cancel safety: each future is given up after every number of polls, before or after it was woken, and
//! no value and no wake is lost by that.

use crate::harness::*;
use fanin::{
    Context as Root, Receiver, Sender, WaitGroup, chan, go,
    group::Group,
    patterns::{Backoff, Cache, Worker, retry},
    recover, select,
    sim::Outcome,
    sync::Selector,
    time::{Instant, Ticker, Timer, after, sleep, timeout},
    yield_now,
};
use futures::{FutureExt, SinkExt, StreamExt, future::BoxFuture};
use std::{
    collections::BTreeSet,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

/// When a future is given up.
#[derive(Clone, Copy, Debug)]
enum GiveUp {
    /// Right after that many polls.
    After(u32),
    /// When it would be polled once more, so that a wake that came meanwhile is given up with it.
    Woken(u32),
}

const MOMENTS: [GiveUp; 8] = [
    GiveUp::Woken(0),
    GiveUp::After(1),
    GiveUp::Woken(1),
    GiveUp::After(2),
    GiveUp::Woken(2),
    GiveUp::After(3),
    GiveUp::Woken(3),
    GiveUp::After(4),
];

/// Polls a future up to the moment, then drops it; gives its value if it was ready before.
async fn up_to<F: Future>(moment: GiveUp, future: F) -> Option<F::Output> {
    let (limit, woken) = match moment {
        GiveUp::After(polls) => (polls, false),
        GiveUp::Woken(polls) => (polls, true),
    };
    let mut future = Some(Box::pin(future));
    let mut polls = 0;
    std::future::poll_fn(move |cx: &mut Context<'_>| {
        if woken && polls == limit {
            future = None;
            return Poll::Ready(None);
        }
        polls += 1;
        let polled = future.as_mut().expect("not yet given up").as_mut().poll(cx);
        if polled.is_pending() && !woken && polls == limit {
            future = None;
            return Poll::Ready(None);
        }
        polled.map(Some)
    })
    .await
}

type Receiving = fn(Receiver<u32>) -> BoxFuture<'static, Option<u32>>;

const RECEIVING: [Receiving; 6] = [
    |rx| async move { rx.recv().await }.boxed(),
    |rx| {
        async move {
            select! {
                v = rx.recv() => v,
                _ = Receiver::<u32>::never().recv() => unreachable!("nil"),
            }
        }
        .boxed()
    },
    |rx| async move { Selector::new().case(rx.recv()).case(rx.recv()).wait().await.1 }.boxed(),
    |rx| async move { timeout(ms(1000), rx.recv()).await.ok().flatten() }.boxed(),
    |rx| async move { recover(rx.recv()).await.expect("it does not panic") }.boxed(),
    |rx| async move { rx.stream().next().await }.boxed(),
];

type Sending = fn(Sender<Arc<u32>>, Arc<u32>) -> BoxFuture<'static, ()>;

const SENDING: [Sending; 6] = [
    |tx, v| async move { tx.send(v).await }.boxed(),
    |tx, v| async move { tx.send_checked(v).await.expect("open") }.boxed(),
    |tx, v| {
        async move {
            select! {
                tx.send(v) => {},
                _ = Receiver::<u32>::never().recv() => unreachable!("nil"),
            }
        }
        .boxed()
    },
    |tx, v| async move { Selector::new().case(tx.send(v)).wait().await.1 }.boxed(),
    |tx, v| async move { timeout(ms(1000), tx.send(v)).await.expect("in time") }.boxed(),
    |tx, v| async move { tx.sink().send(v).await.expect("open") }.boxed(),
];

/// Receives up to the end.
async fn drain<T: Send + 'static>(rx: Receiver<T>) -> Vec<T> {
    let mut got = Vec::new();
    while let Some(v) = rx.recv().await {
        got.push(v);
    }
    got
}

fn in_order_but_for_one(got: &[u32]) -> bool {
    let others = |i: usize| got[..i].iter().chain(&got[i + 1..]);
    got.is_empty() || (0..got.len()).any(|i| others(i).is_sorted())
}

/// Runs a program for every moment under many seeds.
fn at_every_moment<F>(program: impl Fn(GiveUp) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    for moment in MOMENTS {
        for seed in 0..30 {
            let run = run(seed, program(moment));
            assert!(run.value.is_some(), "{moment:?}, seed {seed}: {}", run.recording.report());
        }
    }
}

sim_only! {
    /// Each value that was sent is received once, by the receive that was given up or by another one. What
    /// is given up after all others have seen the end is still in the channel.
    fn a_receive_loses_nothing() {
        for cap in [0, 1, 2] {
            for receiving in RECEIVING {
                at_every_moment(|moment| async move {
                    let (tx, rx) = chan(cap);
                    let first = go(up_to(moment, receiving(rx.clone())));
                    let second = go(drain(rx.clone()));
                    for v in 0..4 {
                        tx.send(v).await;
                    }
                    tx.close();
                    let mut got = second.await.expect("it returned");
                    assert!(in_order_but_for_one(&got), "only what was handed on is late: {got:?}");
                    got.extend(first.await.expect("it returned").flatten());
                    got.extend(drain(rx).await);
                    got.sort_unstable();
                    assert_eq!(got, [0, 1, 2, 3]);
                });
            }
        }
    }

    /// A value is received if its send was ready, at most once if not, and dropped once in any case.
    fn a_send_sends_once_or_not() {
        for cap in [0, 1] {
            for sending in SENDING {
                at_every_moment(|moment| async move {
                    let ((tx, rx), value) = (chan(cap), Arc::new(7));
                    let given_up = go(up_to(moment, sending(tx.clone(), value.clone())));
                    let other = tx.clone();
                    let kept = go(async move { other.send(Arc::new(8)).await });
                    let receiver = go(drain(rx));
                    let sent = given_up.await.expect("it returned").is_some();
                    assert_eq!(kept.await, Ok(()));
                    others_wait().await;
                    tx.close();
                    let got = receiver.await.expect("it returned");
                    let mut got: Vec<_> = got.into_iter().map(|v| *v).collect();
                    got.sort_unstable();
                    assert!(got == [7, 8] || (got == [8] && !sent), "{got:?}, sent: {sent}");
                    assert_eq!(Arc::strong_count(&value), 1);
                });
            }
        }
    }

    /// What was handed to a stream while nobody asked it for an item is its next item.
    fn a_stream_keeps_what_it_was_handed() {
        for cap in [0, 1] {
            at_every_moment(|moment| async move {
                let (tx, rx) = chan(cap);
                let sender = go(async move {
                    for v in 0..4 {
                        tx.send(v).await;
                    }
                    tx.close();
                });
                let mut stream = rx.stream();
                let mut got = Vec::from_iter(up_to(moment, stream.next()).await.flatten());
                yield_now().await;
                while let Some(v) = stream.next().await {
                    got.push(v);
                }
                assert_eq!((got, sender.await), (vec![0, 1, 2, 3], Ok(())));
            });
        }
    }

    /// What was given to a sink is sent once, in order, though nobody waited for the send.
    fn a_sink_keeps_what_it_was_given() {
        for cap in [0, 1] {
            at_every_moment(|moment| async move {
                let (tx, rx) = chan(cap);
                let receiver = go(drain(rx));
                let mut sink = tx.sink();
                let first = up_to(moment, sink.send(1)).await.is_some();
                yield_now().await;
                sink.send(2).await.expect("open");
                sink.close().await.expect("open");
                let got = receiver.await.expect("it returned");
                // Given up before it was polled, the first one has not reached the sink.
                assert!(got == [1, 2] || (got == [2] && !first), "{got:?}");
            });
        }
    }

    /// A select that was given up has neither sent nor received, or it has done exactly one of both.
    fn a_select_does_one_thing_or_none() {
        at_every_moment(|moment| async move {
            let ((in_tx, in_rx), (out_tx, out_rx)) = (chan(0), chan(0));
            let both = go(up_to(moment, async move {
                select! {
                    v = in_rx.recv() => v,
                    out_tx.send(7) => None,
                }
            }));
            let source = go(async move { timeout(ms(5), in_tx.send(1)).await.is_ok() });
            let sink = go(async move { timeout(ms(5), out_rx.recv()).await.is_ok() });
            let done = both.await.expect("it returned");
            let moved = (source.await.expect("it returned"), sink.await.expect("it returned"));
            match done {
                Some(Some(_)) => assert_eq!(moved, (true, false)),
                Some(None) => assert_eq!(moved, (false, true)),
                // A peer may have completed it before it was given up.
                None => assert!(!(moved.0 && moved.1), "it did both"),
            }
        });
    }

    /// Giving up a wait for a group releases nobody and holds nobody back.
    fn a_wait_takes_no_wake_with_it() {
        at_every_moment(|moment| async move {
            let wg = WaitGroup::new();
            wg.add(1);
            let (first, second) = (wg.clone(), wg.clone());
            let first = go(async move { up_to(moment, first.wait()).await });
            let second = go(async move { second.wait().await });
            wg.done();
            assert_eq!((first.await.is_ok(), second.await), (true, Ok(())));
            wg.wait().await;
        });
    }

    /// A wait for all others that was given up is none, and nobody else is kept from one.
    fn a_wait_for_all_others_leaves_no_trace() {
        at_every_moment(|moment| async move {
            let (tx, rx) = chan::<()>(0);
            go(async move {
                yield_now().await;
                tx.close();
            });
            up_to(moment, fanin::sim::wait()).await;
            assert_eq!(rx.recv().await, None);
            fanin::sim::wait().await;
        });
    }

    /// A wait for a worker that was given up stops nobody, and the next one is as good.
    fn a_wait_for_a_worker_leaves_it_alone() {
        at_every_moment(|moment| async move {
            let worker = Worker::start(&Root::background(), |ctx| async move { _ = ctx.done().recv().await });
            let waiting = worker.clone();
            let given_up = go(async move { up_to(moment, waiting.wait()).await });
            assert!(timeout(ms(1), worker.wait()).await.is_err());
            worker.stop();
            worker.wait().await;
            assert!(given_up.await.is_ok());
        });
    }

    /// A load that was given up is either not begun, or goes on and is kept.
    fn a_load_goes_on_for_others() {
        at_every_moment(|moment| async move {
            let (cache, loads) = (Cache::<_, _, ()>::new(), Log::new());
            let load = |n: u32| {
                let loads = loads.clone();
                async move {
                    loads.add(n);
                    yield_now().await;
                    Ok(n)
                }
            };
            let first = up_to(moment, cache.get("key", load(1))).await;
            let second = cache.get("key", load(2)).await;
            assert_eq!((loads.entries().len(), second), (1, Ok(loads.entries()[0])));
            assert!(first.is_none_or(|value| value == second));
        });
    }

    /// A retry that was given up tries no more, and leaves no timer.
    fn a_retry_takes_its_timer_with_it() {
        for moment in MOMENTS {
            let run = run(0, async move {
                let (ctx, tries) = (Root::background(), Log::new());
                let adding = tries.clone();
                let failing = move || {
                    adding.add(());
                    async { Err::<(), _>("busy") }
                };
                up_to(moment, retry(&ctx, Backoff::new(ms(3_600_000)), failing)).await;
                let before = tries.entries().len();
                select! {
                    _ = after(ms(7_200_000)).recv() => {},
                }
                assert_eq!(tries.entries().len(), before);
            });
            assert!(run.value.is_some(), "{moment:?}: {}", run.recording.report());
        }
    }

    /// A start that was given up has started nothing; a slot that it may have had is free.
    fn a_start_in_a_group_starts_once_or_not() {
        at_every_moment(|moment| async move {
            let (group, log) = (Group::<()>::new(), Log::new());
            group.set_limit(Some(1));
            group
                .go(async {
                    yield_now().await;
                    Ok(())
                })
                .await;
            let started = log.clone();
            let task = async move {
                started.add(());
                Ok(())
            };
            let begun = up_to(moment, group.go(task)).await;
            assert!(up_to(moment, group.wait()).await.is_none_or(|result| result == Ok(())));
            assert_eq!(group.wait().await, Ok(()));
            assert_eq!(log.entries().len(), usize::from(begun.is_some()));
            assert!(group.try_go(async { Ok(()) }).await);
        });
    }

    /// A task whose handle was given up goes on.
    fn a_join_leaves_the_task_alone() {
        at_every_moment(|moment| async move {
            let (tx, rx) = chan(1);
            let task = go(async move {
                sleep(ms(1)).await;
                tx.send("done").await;
            });
            up_to(moment, task).await;
            assert_eq!(rx.recv().await, Some("done"));
        });
    }

    /// What a timer or ticker had given to a receive that was given up can be received again.
    fn a_timer_keeps_its_value() {
        at_every_moment(|moment| async move {
            let timer = Arc::new(Timer::new(ms(1)));
            let receiving = timer.clone();
            let given_up = go(async move { up_to(moment, receiving.recv()).await });
            sleep(ms(2)).await;
            let at = match given_up.await.expect("it returned") {
                Some(at) => at,
                None => timer.recv().await,
            };
            assert_eq!(at, Instant::ZERO + ms(1));
            let ticker = Arc::new(Ticker::new(ms(3)));
            let receiving = ticker.clone();
            let given_up = go(async move { up_to(moment, receiving.recv()).await });
            let others = ticker.clone();
            let other = go(async move { others.recv().await });
            sleep(ms(8)).await;
            let mut ticks = BTreeSet::from([other.await.expect("it returned")]);
            ticks.extend(given_up.await.expect("it returned"));
            ticks.insert(ticker.recv().await);
            let first = ticks.pop_first().expect("some ticks");
            assert!(ticks.iter().all(|t| t.since(first).as_nanos() % 3_000_000 == 0));
            assert_eq!(first, Instant::ZERO + ms(5));
        });
    }

    /// A sleep or timeout that was given up keeps no clock going.
    fn a_sleep_takes_its_timer_with_it() {
        for moment in MOMENTS {
            let run = run(0, async move {
                up_to(moment, sleep(Duration::from_secs(3600))).await;
                up_to(moment, timeout(Duration::from_secs(7200), std::future::pending::<()>())).await;
                select! {}
            });
            assert_eq!(run.recording.outcome, Some(Outcome::Deadlock));
            let end = run.recording.events.last().map_or(0, |e| e.at);
            let woken = Duration::from_secs(3600 + 7200);
            assert!(end == 0 || u128::from(end) <= woken.as_nanos(), "{moment:?}: {end}");
            if let GiveUp::After(1) = moment {
                assert_eq!(end, 0);
            }
        }
    }
}
