//! What may be wrong in a run in which nothing went wrong.

use fanin::{
    Context, Receiver, chan,
    detect::{Finding, Kind, findings, lints},
    go,
    group::scope,
    named, output,
    pipeline::{Settings, templates},
    probe::{Event, Outcome, What},
    scenario::{Form, all},
    sim::{Config, Recording},
    sync::{Cond, Mutex, Once, RwLock},
    time::{after, sleep},
    yield_now,
};
use std::{collections::BTreeSet, time::Duration};

const MS: Duration = Duration::from_millis(1);

/// The lints of some schedules in which main returns.
fn found<F: Future<Output: Send> + Send + 'static>(program: impl Fn() -> F) -> Vec<Vec<Finding>> {
    let runs = (0..40).map(|seed| Config::new().seed(seed).run(program()).recording);
    runs.filter(|r| findings(&r.events).is_empty()).map(|r| lints(&r.events)).collect()
}

#[track_caller]
fn nothing(found: &[Vec<Finding>]) {
    assert!(!found.is_empty() && found.iter().all(Vec::is_empty), "{found:?}");
}

/// Each run has exactly this one, which says these things.
#[track_caller]
fn only(found: &[Vec<Finding>], kind: Kind, says: &[&str]) {
    assert!(!found.is_empty(), "no run without a finding");
    for found in found {
        let [lint] = &found[..] else { panic!("{found:?}") };
        assert_eq!(lint.kind, kind);
        assert!(says.iter().all(|part| lint.message.contains(part)), "{}", lint.message);
    }
}

/// Tasks that take two locks each, by number.
fn pairs(
    orders: &'static [[usize; 2]],
    wait: impl Fn() -> bool + Send + Sync + Copy + 'static,
) -> Vec<Vec<Finding>> {
    found(move || async move {
        let locks: Vec<_> = (0..3).map(|i| named(["a", "b", "c"][i], || Mutex::new(()))).collect();
        for order in orders {
            let locks = locks.clone();
            let task = go(async move {
                let _first = locks[order[0]].lock().await;
                let _second = locks[order[1]].lock().await;
            });
            if wait() {
                task.await.expect("it returns");
            }
        }
    })
}

#[test]
fn locks_in_both_orders_are_told_though_nobody_waited() {
    let found = pairs(&[[0, 1], [1, 0]], || false);
    let says = ["g2 takes #2 (b) while it holds #1 (a) (step", "g3 takes #1 (a) while it holds #2 (b) (step"];
    only(&found, Kind::LockOrder, &says);
    only(&pairs(&[[0, 1], [1, 2], [2, 0]], || false), Kind::LockOrder, &["g2", "g3", "g4"]);
}

#[test]
fn locks_in_one_order_or_one_task_after_the_other_are_fine() {
    nothing(&pairs(&[[0, 1], [0, 1], [1, 2], [0, 2]], || false));
    nothing(&pairs(&[[0, 1], [1, 0]], || true));
}

#[test]
fn the_same_locks_are_told_once() {
    only(&pairs(&[[0, 1], [1, 0], [1, 0]], || false), Kind::LockOrder, &["#1 (a)", "#2 (b)"]);
}

#[test]
fn one_task_or_one_lock_at_a_time_is_in_nobodys_way() {
    nothing(&found(|| async {
        let (a, b) = (Mutex::new(()), Mutex::new(()));
        for (first, second) in [(&a, &b), (&b, &a)] {
            let _first = first.lock().await;
            let _second = second.lock().await;
        }
    }));
    nothing(&found(|| async {
        let (a, b) = (Mutex::new(()), Mutex::new(()));
        for (first, second) in [(a.clone(), b.clone()), (b, a)] {
            go(async move {
                drop(first.lock().await);
                drop(second.lock().await);
            });
        }
    }));
}

/// Of three tasks around a circle the second one starts after the end of the first.
#[test]
fn a_circle_of_which_two_come_one_after_the_other_is_none() {
    for [first, second, third] in [[[1, 2], [2, 0], [0, 1]], [[2, 0], [1, 2], [0, 1]]] {
        nothing(&found(move || async move {
            let locks: Vec<_> = (0..3).map(|_| Mutex::new(())).collect();
            let start = |order: [usize; 2]| {
                let locks = locks.clone();
                go(async move {
                    let _first = locks[order[0]].lock().await;
                    let _second = locks[order[1]].lock().await;
                })
            };
            let beside = start(third);
            start(first).await.expect("it returns");
            start(second).await.expect("it returns");
            beside.await.expect("it returns");
        }));
    }
}

#[test]
fn a_lock_around_both_keeps_them_apart() {
    nothing(&found(|| async {
        let (gate, a, b) = (Mutex::new(()), Mutex::new(()), Mutex::new(()));
        for (first, second) in [(a.clone(), b.clone()), (b, a)] {
            let gate = gate.clone();
            go(async move {
                let _gate = gate.lock().await;
                let _first = first.lock().await;
                let _second = second.lock().await;
            });
        }
    }));
}

#[test]
fn readers_are_not_in_each_others_way() {
    let program = |write: bool| {
        found(move || async move {
            let (a, b) = (RwLock::new(()), RwLock::new(()));
            for (first, second) in [(a.clone(), b.clone()), (b, a)] {
                go(async move {
                    let _first = first.read().await;
                    if write {
                        let _second = second.write().await;
                    } else {
                        let _second = second.read().await;
                    }
                });
            }
        })
    };
    nothing(&program(false));
    only(&program(true), Kind::LockOrder, &["g2", "g3"]);
}

/// A task that holds a lock while it does something, and another one that wants the lock meanwhile.
fn holding<F: Future<Output = ()> + Send + 'static>(
    meanwhile: impl Fn() -> F + Copy + Send + Sync + 'static,
) -> Vec<Vec<Finding>> {
    found(move || async move {
        let mutex = named("mu", || Mutex::new(()));
        let other = mutex.clone();
        let _guard = mutex.lock().await;
        go(async move { drop(other.lock().await) });
        yield_now().await;
        meanwhile().await;
    })
}

#[test]
fn a_lock_held_during_a_wait_is_told_if_another_task_wants_it() {
    let received = holding(|| async {
        let (tx, rx) = chan(0);
        go(async move {
            sleep(MS).await;
            tx.send(()).await;
        });
        rx.recv().await;
    });
    let says = [
        "main has been blocked in chan receive since step",
        "holds #1 (mu), for which g2 has waited since step",
    ];
    only(&received, Kind::LockHeld, &says);
    nothing(&holding(yield_now));
    nothing(&holding(|| sleep(MS)));
}

#[test]
fn a_lock_given_back_for_a_wait_or_wanted_by_nobody_is_fine() {
    nothing(&found(|| async {
        let (mutex, cond) = (Mutex::new(()), Cond::new());
        let (other, signal) = (mutex.clone(), cond.clone());
        let guard = mutex.lock().await;
        go(async move {
            let _guard = other.lock().await;
            signal.signal();
        });
        let _guard = cond.wait(guard).await;
        sleep(MS).await;
    }));
    // The others wait for the very function that runs.
    nothing(&found(|| async {
        let once = Once::new();
        for _ in 0..2 {
            let once = once.clone();
            go(async move { once.do_once(async || receive_late().await).await });
        }
    }));
    // It was given back before the wait.
    nothing(&found(|| async {
        let mutex = Mutex::new(());
        let other = mutex.clone();
        go(async move {
            let _guard = other.lock().await;
            sleep(MS * 2).await;
        });
        drop(mutex.lock().await);
        let again = mutex.clone();
        go(async move { drop(again.lock().await) });
        receive_late().await;
    }));
}

#[test]
fn of_several_readers_the_one_is_told_that_holds_the_lock_and_is_in_the_way() {
    // The other reader has given the lock back.
    let held = found(|| async {
        let lock = named("config", || RwLock::new(()));
        let (other, writer) = (lock.clone(), lock.clone());
        let _shared = lock.read().await;
        go(async move { drop(other.read().await) }).await.expect("it returns");
        go(async move { drop(writer.write().await) });
        receive_late().await;
    });
    only(
        &held,
        Kind::LockHeld,
        &["main has been blocked in chan receive", "holds #1 (config), for which g3 has waited"],
    );
    // A reader that waits behind a writer does not wait for the reader before it.
    let held = found(|| async {
        let lock = named("config", || RwLock::new(()));
        let (reader, writer) = (lock.clone(), lock.clone());
        let _shared = lock.read().await;
        go(async move {
            sleep(MS * 2).await;
            drop(reader.read().await);
        });
        go(async move {
            sleep(MS).await;
            drop(writer.write().await);
        });
        sleep(MS * 3).await;
        receive_late().await;
    });
    only(&held, Kind::LockHeld, &["holds #1 (config), for which g3 has waited"]);
}

async fn receive_late() {
    let (tx, rx) = chan(0);
    go(async move {
        sleep(MS).await;
        tx.send(()).await;
    });
    rx.recv().await;
}

#[test]
fn a_context_that_nobody_ends_is_told_once() {
    let lost = found(|| async {
        let (ctx, _cancel) = named("request", || Context::background().with_cancel());
        let (child, _cancel) = ctx.with_cancel();
        child.err()
    });
    only(&lost, Kind::LostCancel, &["Context #", "(request), which main made, never ends"]);
    nothing(&found(|| async {
        let (ctx, cancel) = Context::background().with_cancel();
        let _child = ctx.with_cancel();
        cancel.cancel();
    }));
    nothing(&found(|| async {
        let (ctx, _cancel) = Context::background().with_timeout(MS);
        ctx.done().recv().await;
    }));
}

#[test]
fn a_task_for_the_end_of_what_never_ends_is_no_lost_context() {
    nothing(&found(|| async {
        let _stop = Context::background().after_func(async {});
    }));
    // The end that is waited for is that of the request.
    let lost = found(|| async {
        let (ctx, _cancel) = named("request", || Context::background().with_cancel());
        let _stop = ctx.after_func(async {});
    });
    only(&lost, Kind::LostCancel, &["(request)"]);
}

#[test]
fn output_after_mains_return_is_told() {
    let late = found(|| async {
        named("late", || {
            go(async {
                sleep(MS).await;
                output(&1);
                output(&2);
            })
        });
    });
    only(&late, Kind::Outlived, &["g2 (late) puts out 1 in step", "but main returned in step"]);
    nothing(&found(|| async { go(async { output(&1) }).await }));
}

/// A scope with two tasks, which is given up at a timeout.
fn scoped(timeout: Duration) -> Vec<Vec<Finding>> {
    found(move || async move {
        let scoped = scope(&Context::background(), |scope| async move {
            for name in ["short", "long"] {
                let work = sleep(if name == "short" { MS } else { MS * 3 });
                named(name, || {
                    scope.go(async move {
                        work.await;
                        Ok::<_, String>(())
                    });
                });
            }
            Ok(())
        });
        let timer = after(timeout);
        futures::future::select(Box::pin(scoped), timer.recv()).await;
    })
}

#[test]
fn a_scope_that_is_dropped_while_tasks_of_it_run_is_told() {
    let says = ["main leaves a scope in step", "while 1 of its tasks still runs; g3 (long) ends in step"];
    only(&scoped(MS * 2), Kind::Outlived, &says);
    only(&scoped(MS / 2), Kind::Outlived, &["while 2 of its tasks still run; g2 (short)", "; g3 (long)"]);
    nothing(&scoped(MS * 4));
}

#[test]
fn a_scope_whose_tasks_have_ended_may_be_dropped() {
    nothing(&found(|| async {
        let scoped = scope(&Context::background(), |scope| async move {
            scope.go(async { Ok::<_, String>(()) });
            sleep(MS * 2).await;
            Ok(())
        });
        futures::future::select(Box::pin(scoped), after(MS).recv()).await;
    }));
}

#[test]
fn what_a_task_starts_in_a_scope_that_is_gone_is_told_at_its_end() {
    let left = found(|| async {
        let scoped = scope(&Context::background(), |scope| async move {
            let same = scope.clone();
            scope.go(async move {
                sleep(MS * 2).await;
                same.go(async { Ok(()) });
                Ok::<_, String>(())
            });
            Ok(())
        });
        futures::future::select(Box::pin(scoped), after(MS).recv()).await;
    });
    only(&left, Kind::Outlived, &["while 1 of its tasks still runs; "]);
    assert!(left.iter().all(|found| found[0].message.matches(" ends in step").count() == 2), "{left:?}");
}

/// The scope is dropped with the run, not left.
#[test]
fn a_scope_in_a_run_that_cannot_go_on_is_not_left() {
    let run = Config::new().run(async {
        let scope = scope(&Context::background(), |scope| async move {
            scope.go(async {
                Receiver::<()>::never().recv().await;
                Ok::<_, String>(())
            });
            Ok(())
        });
        scope.await
    });
    assert_eq!(run.recording.outcome, Some(Outcome::Deadlock));
    let leaves = |e: &Event| matches!(e.what, What::Leave { .. });
    assert!(!run.recording.events.iter().any(leaves));
    assert_eq!(lints(&run.recording.events), []);
}

#[test]
fn a_run_that_is_not_over_has_none() {
    let run = Config::new().run(async { Context::background().with_cancel().0.err() });
    let events = run.recording.events;
    assert_eq!(lints(&events).len(), 1);
    assert!(lints(&events[..events.len() - 1]).is_empty());
}

fn recordings(start: impl FnMut(u64) -> Recording) -> impl Iterator<Item = Recording> {
    (0..60).map(start)
}

/// What the gallery offers as right has neither findings nor lints, under any of some schedules; what it shows
/// as wrong has what it is there to show.
#[test]
fn there_are_no_false_alarms_in_the_gallery() {
    let mut alarms = BTreeSet::new();
    for scenario in all() {
        let runs = recordings(|seed| {
            let mut sim = scenario.start(seed);
            while sim.step() {}
            sim.into_recording()
        });
        for run in runs {
            let right = !matches!(scenario.form, Form::Bug { .. });
            for found in lints(&run.events).into_iter().filter(|_| right) {
                alarms.insert((scenario.id, found.message));
            }
        }
    }
    assert_eq!(alarms, BTreeSet::new());
}

#[test]
fn there_are_no_false_alarms_in_the_templates() {
    let mut alarms = BTreeSet::new();
    for template in templates() {
        let runs = recordings(|seed| {
            let mut run = template.pipeline().start(Settings::seed(seed)).expect("it can run");
            while run.step() {}
            run.sim().recording().clone()
        });
        for run in runs.filter(|run| findings(&run.events).is_empty()) {
            alarms.extend(lints(&run.events).into_iter().map(|found| (template.name, found.message)));
        }
    }
    assert_eq!(alarms, BTreeSet::new());
}
