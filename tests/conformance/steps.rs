//! Steps are complete: each visible operation is a step of its own, and no two are merged, those included
//! that cannot block. The numbers of schedules follow closed formulas; the litmus programs give exactly the
//! outcomes that sequential consistency allows.

use crate::{
    all_schedules::{each_schedule, outcomes},
    harness::others_wait,
};
use fanin::{
    Context, Receiver, Sender, WaitGroup, chan, go,
    probe::{Event, TaskId, What},
    select,
    sim::Config,
    yield_now,
};
use std::collections::BTreeSet;

/// In how many ways tasks with this many steps each can be interleaved.
fn multinomial(steps: &[u32]) -> u32 {
    let factorial = |n: u32| (1..=u64::from(n)).product::<u64>();
    let ways = steps.iter().fold(factorial(steps.iter().sum()), |ways, n| ways / factorial(*n));
    u32::try_from(ways).expect("a small program")
}

/// How many schedules a program has, and in which orders its tasks do the operations of one kind.
fn orders<F>(program: impl Fn() -> F, is_one: fn(&What) -> bool) -> (u32, BTreeSet<Vec<TaskId>>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut orders = BTreeSet::new();
    let count = each_schedule(program, |run| {
        let done = run.recording.events.iter().filter(|e| is_one(&e.what));
        orders.insert(done.map(|e| e.task).collect());
    });
    (count, orders)
}

/// True if a receive from the channel is possible.
async fn is_ready<T: Send + 'static>(rx: &Receiver<T>) -> bool {
    select! {
        _ = rx.recv() => true,
        default => false,
    }
}

sim_only! {
    /// A task that yields has a step for its start, and two for each yield: it lets go, and goes on.
    fn yields_interleave_freely() {
        for (tasks, yields) in [(2, 1), (2, 2), (3, 1)] {
            let count = each_schedule(
                || async move {
                    for _ in 0..tasks {
                        go(async move {
                            for _ in 0..yields {
                                yield_now().await;
                            }
                        });
                    }
                },
                |_| {},
            );
            assert_eq!(count, multinomial(&vec![1 + 2 * yields; tasks]), "{tasks} tasks, {yields} yields");
        }
    }

    /// A buffered send is one step.
    fn buffered_sends_interleave_freely() {
        let program = || async {
            let (tx, _rx) = chan(4);
            for task in 0..2 {
                let tx = tx.clone();
                go(async move {
                    tx.send(task).await;
                    tx.send(task).await;
                });
            }
        };
        let (count, orders) = orders(program, |w| matches!(w, What::Send { .. }));
        assert_eq!((count, orders.len()), (multinomial(&[3, 3]), 6));
    }

    /// A close is one step, also two in a row.
    fn closes_interleave_freely() {
        let program = || async {
            for _ in 0..2 {
                go(async {
                    let channels = [chan::<()>(0), chan::<()>(0)];
                    channels.iter().for_each(|(tx, _)| tx.close());
                });
            }
        };
        let (count, orders) = orders(program, |w| matches!(w, What::Close { .. }));
        assert_eq!((count, orders.len()), (multinomial(&[3, 3]), 6));
    }

    /// So is a change of a wait group's counter.
    fn counts_interleave_freely() {
        let program = || async {
            let wg = WaitGroup::new();
            for _ in 0..2 {
                let wg = wg.clone();
                go(async move {
                    wg.add(1);
                    wg.done();
                });
            }
        };
        let (count, orders) = orders(program, |w| matches!(w, What::Count { .. }));
        assert_eq!((count, orders.len()), (multinomial(&[3, 3]), 6));
    }

    /// So is a cancel.
    fn cancels_interleave_freely() {
        let program = || async {
            for _ in 0..2 {
                let contexts = [Context::background().with_cancel(), Context::background().with_cancel()];
                go(async move { contexts.iter().for_each(|(_, cancel)| cancel.cancel()) });
            }
        };
        let (count, orders) = orders(program, |w| matches!(w, What::Cancel { .. }));
        assert_eq!((count, orders.len()), (multinomial(&[3, 3]), 6));
    }

    /// Deferred work at the end of a task is as many steps.
    fn deferred_work_interleaves_freely() {
        let program = || async {
            let (tx, wg) = (chan::<()>(0).0, WaitGroup::new());
            wg.add(1);
            let (close, done) = (tx.close_on_drop(), wg.done_on_drop());
            go(async move { drop((close, done)) });
            go(async { yield_now().await });
        };
        let count = each_schedule(program, |_| {});
        // Main has a step after its first one: the count that comes before the tasks.
        assert_eq!(count, multinomial(&[3, 3]));
    }

    /// No schedule is run twice, and each can be repeated by its choices.
    fn schedules_differ_and_can_be_repeated() {
        let program = || async {
            let ((tx, rx), (ctx, cancel)) = (chan(0), Context::background().with_cancel());
            go(async move { cancel.cancel() });
            go(async move {
                select! {
                    tx.send(1) => {},
                    _ = ctx.done().recv() => tx.close(),
                }
            });
            rx.recv().await
        };
        let mut seen: Vec<Vec<Event>> = Vec::new();
        each_schedule(program, |run| {
            let picks = run.recording.picks.iter().map(|p| p.picked).collect();
            assert_eq!(Config::new().replay(picks).run(program()).recording, run.recording);
            assert!(!seen.contains(&run.recording.events));
            seen.push(run.recording.events);
        });
    }

    /// A select that comes before, between or after two operations of another task.
    fn a_select_between_a_close_and_a_send() {
        let program = |park_first: bool| {
            move || async move {
                let ((a_tx, a), (b_tx, b)) = (chan::<()>(0), chan(1));
                go(async move {
                    if park_first {
                        others_wait().await;
                    }
                    a_tx.close();
                    b_tx.send(()).await;
                });
                select! {
                    _ = a.recv() => "close",
                    _ = b.recv() => "send",
                }
            }
        };
        let free: Vec<_> = outcomes(program(false)).into_keys().collect();
        assert_eq!(free, ["close", "send"]);
        let parked: Vec<_> = outcomes(program(true)).into_keys().collect();
        assert_eq!(parked, ["close"]);
    }

    /// A select that waits goes with whichever of a close and a cancel comes first.
    fn a_parked_select_and_two_that_end_it() {
        let program = || async {
            let ((tx, rx), (ctx, cancel)) = (chan::<()>(0), Context::background().with_cancel());
            go(async move {
                others_wait().await;
                tx.close();
            });
            go(async move {
                others_wait().await;
                cancel.cancel();
            });
            select! {
                _ = rx.recv() => "close",
                _ = ctx.done().recv() => "cancel",
            }
        };
        let outcomes = outcomes(program);
        assert_eq!(outcomes.keys().copied().collect::<Vec<_>>(), ["cancel", "close"]);
        assert_eq!(outcomes["cancel"], outcomes["close"], "neither is before the other");
    }

    /// Store buffering: each task closes one channel and looks at the other's. One of them sees a close.
    fn store_buffering() {
        let outcomes = outcomes(|| async {
            let ((a_tx, a), (b_tx, b)) = (chan::<()>(0), chan::<()>(0));
            let close_and_look = |tx: Sender<()>, rx: Receiver<()>| {
                go(async move {
                    tx.close();
                    is_ready(&rx).await
                })
            };
            let (first, second) = (close_and_look(a_tx, b), close_and_look(b_tx, a));
            (first.await == Ok(true), second.await == Ok(true))
        });
        let seen: Vec<_> = outcomes.into_keys().collect();
        assert_eq!(seen, [(false, true), (true, false), (true, true)]);
    }

    /// Message passing: who sees the flag also sees what was sent before.
    fn message_passing() {
        let outcomes = outcomes(|| async {
            let ((data_tx, data), (flag_tx, flag)) = (chan(1), chan::<()>(0));
            go(async move {
                data_tx.send(()).await;
                flag_tx.close();
            });
            let flagged = is_ready(&flag).await;
            (flagged, is_ready(&data).await)
        });
        let seen: Vec<_> = outcomes.into_keys().collect();
        assert_eq!(seen, [(false, false), (false, true), (true, true)]);
    }

    /// Between two operations that cannot block any other task can act.
    fn others_act_between_done_and_close() {
        let done_first = outcomes(|| async {
            let ((tx, rx), wg) = (chan::<()>(0), WaitGroup::new());
            wg.add(1);
            let worker = wg.clone();
            go(async move {
                worker.done();
                tx.close();
            });
            wg.wait().await;
            is_ready(&rx).await
        });
        assert_eq!(done_first.into_keys().collect::<Vec<_>>(), [false, true]);
        let close_first = outcomes(|| async {
            let ((tx, rx), wg) = (chan::<()>(0), WaitGroup::new());
            wg.add(1);
            let worker = wg.clone();
            go(async move {
                tx.close();
                worker.done();
            });
            wg.wait().await;
            is_ready(&rx).await
        });
        assert_eq!(close_first.into_keys().collect::<Vec<_>>(), [true]);
    }

    /// A cancel reaches the whole tree in one step, and nothing else with it.
    fn a_cancel_is_one_step() {
        let outcomes = outcomes(|| async {
            let (parent, cancel) = Context::background().with_cancel();
            let (child, _cancel) = parent.with_cancel();
            let (other, cancel_other) = Context::background().with_cancel();
            go(async move {
                cancel.cancel();
                cancel_other.cancel();
            });
            let mut ended = Vec::new();
            for ctx in [other, child, parent] {
                ended.push(is_ready(&ctx.done()).await);
            }
            ended
        });
        let expected = [[false, false, false], [false, false, true], [false, true, true], [true, true, true]];
        assert_eq!(outcomes.into_keys().collect::<Vec<_>>(), expected);
    }
}
