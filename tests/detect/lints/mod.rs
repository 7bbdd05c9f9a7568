//! What may be wrong in a run in which nothing went wrong.

mod held;
mod order;

use fanin::{
    Context, Receiver,
    detect::{Finding, Kind, findings, lints},
    go,
    group::scope,
    named, output,
    pipeline::{Settings, templates},
    probe::{Event, Outcome, What},
    scenario::{Form, all},
    sim::{Config, Recording},
    time::{after, sleep},
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
