//! Bounds and chance: what they leave out, and that the verdict says so.

use crate::{
    executions::each,
    program::{Mix, Program},
    world::state,
};
use fanin::{
    chan,
    detect::Kind,
    explore::{Bound, Explorer, Report, Verdict},
    go,
    sim::{Config, LimitKind},
    sync::{AtomicBool, AtomicI64, Mutex},
    time::{Ticker, sleep},
    yield_now,
};
use std::{
    collections::BTreeSet,
    future::Future,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

fn states(explorer: &Explorer, program: &Program) -> (Report, BTreeSet<Vec<String>>) {
    let exploration = explorer.start(|config: Config| config.start(program.clone().main()));
    let (report, states) = each(exploration, state);
    (report, states.into_iter().collect())
}

#[test]
fn each_bound_on_preemptions_shows_more_until_all_is_seen() {
    let (mut cut, mut complete) = (0, 0);
    for seed in 0..200 {
        let program = Program::random(seed, Mix::Channels);
        let (report, all) = states(&Explorer::new(), &program);
        assert_eq!(report.verdict, Verdict::Complete);
        let mut before = BTreeSet::new();
        for bound in 0..=2 {
            let bounded = Explorer::new().preemptions(bound..=bound).max_executions(2_000);
            let (report, some) = states(&bounded, &program);
            match report.verdict {
                Verdict::Complete => assert_eq!(some, all, "seed {seed}: {program:?}"),
                Verdict::Bounded(Bound::Preemptions(n)) if n == bound => cut += 1,
                Verdict::Bounded(Bound::Executions(_)) => break,
                verdict => panic!("{verdict}"),
            }
            complete += u32::from(report.verdict == Verdict::Complete);
            assert!(some.is_subset(&all) && before.is_subset(&some), "seed {seed}: {program:?}");
            before = some;
        }
    }
    assert!(cut > 50 && complete > 50, "{cut} were cut, {complete} complete");
}

#[test]
fn a_bound_that_grows_ends_where_it_cuts_nothing_off() {
    let program = || async {
        let (tx, rx) = chan(1);
        go(async move { tx.send(1).await });
        rx.recv().await;
    };
    let report = Explorer::new().preemptions(0..=10).run(program);
    assert_eq!(report.verdict, Verdict::Complete);
}

async fn lost_update() {
    let counter = AtomicI64::new(0);
    for _ in 0..2 {
        let counter = counter.clone();
        go(async move {
            let seen = counter.load().await;
            counter.store(seen + 1);
            yield_now().await;
            if counter.load().await > 1 {
                fanin::panic("both counted").await;
            }
        });
    }
}

#[test]
fn chance_finds_what_is_there_and_claims_no_more() {
    for explorer in [Explorer::new().random(1, 100), Explorer::new().priorities(1, 100, 2)] {
        let report = explorer.run(lost_update);
        assert_eq!(report.verdict, Verdict::Bounded(Bound::Sample(100)));
        assert_eq!(report.executions, 100);
        assert_eq!(report.findings[0].finding.kind, Kind::Fault);
        assert_eq!(report, explorer.run(lost_update), "the same seed gives the same report");
        assert!(!explorer.run(|| async {}).is_proof());
    }
}

#[test]
fn chance_sees_nothing_that_the_search_does_not() {
    for seed in 0..60 {
        let program = Program::random(seed, Mix::Locks);
        let (report, all) = states(&Explorer::new().max_executions(20_000), &program);
        if report.verdict != Verdict::Complete {
            continue;
        }
        for explorer in [Explorer::new().random(seed, 50), Explorer::new().priorities(seed, 50, 3)] {
            let (_, some) = states(&explorer, &program);
            assert!(some.is_subset(&all), "seed {seed}: {program:?}");
        }
    }
}

fn explore<F: Future<Output = ()> + Send + 'static>(program: impl Fn() -> F) -> Report {
    Explorer::new().run(program)
}

#[test]
fn who_spins_gets_on_once_something_has_changed() {
    let report = explore(|| async {
        let (ready, lock) = (AtomicBool::new(false), Mutex::new(0));
        let (theirs, other) = (ready.clone(), lock.clone());
        go(async move {
            *other.lock().await += 1;
            theirs.store(true);
        });
        while !ready.load().await {
            yield_now().await;
        }
        while lock.try_lock().await.is_none() {}
    });
    assert!(report.is_proof(), "{report}");
    // The flag is looked at before and after it is set.
    assert!(report.executions > 1 && report.executions < 20, "{report}");
}

#[test]
fn who_spins_while_only_time_can_help_lets_it_pass() {
    let report = explore(|| async {
        let ready = AtomicBool::new(false);
        let theirs = ready.clone();
        go(async move {
            sleep(Duration::from_secs(1)).await;
            theirs.store(true);
        });
        while !ready.load().await {
            yield_now().await;
        }
    });
    assert!(report.is_proof(), "{report}");
}

#[test]
fn a_loop_that_gives_up_is_no_divergence() {
    let report = explore(|| async {
        let (_tx, rx) = chan::<u32>(0);
        for _ in 0..20 {
            fanin::select! {
                _ = rx.recv() => {}
                default => {}
            }
        }
    });
    assert!(report.is_proof(), "{report}");
}

/// Tries three times, while another task holds the mutex and lets the others run.
async fn tries_thrice() {
    let mutex = Mutex::new(());
    let held = mutex.lock().await;
    go(async move {
        for _ in 0..3 {
            if mutex.try_lock().await.is_some() {
                return;
            }
        }
        fanin::panic("gave up").await;
    });
    yield_now().await;
    drop(held);
}

#[test]
fn a_loop_that_counts_is_not_called_complete_before_it_is() {
    let report = explore(tries_thrice);
    assert_eq!(report.verdict, Verdict::Bounded(Bound::Patience(2)));
    let faults = |report: &Report| report.findings.iter().any(|f| f.finding.kind == Kind::Fault);
    let patient = Explorer::new().patience(3).run(tries_thrice);
    assert!(patient.verdict == Verdict::Complete && faults(&patient), "{patient}");
    let every = Explorer::new().patience(3).every_schedule().run(tries_thrice);
    assert!(every.verdict == Verdict::Complete && faults(&every), "{every}");
}

#[test]
fn a_program_that_is_not_the_same_each_time_is_told() {
    let runs = AtomicU32::new(0);
    let report = Explorer::new().run(|| {
        let sends = runs.fetch_add(1, Ordering::Relaxed).is_multiple_of(2);
        async move {
            let (tx, rx) = chan(1);
            let other = tx.clone();
            go(async move { other.send(0).await });
            if sends {
                tx.send(1).await;
                rx.recv().await;
            }
        }
    });
    assert!(matches!(report.verdict, Verdict::Bounded(Bound::Astray(_))), "{report}");
    assert!(report.verdict.to_string().contains("not the same each time"));
}

#[test]
fn a_bound_that_is_just_reached_cuts_nothing_off() {
    let program = || async {
        for name in ["a", "b"] {
            go(async move { fanin::output(&name) });
        }
    };
    let explore = |most| Explorer::new().max_executions(most).run(program);
    let report = explore(100);
    assert_eq!((report.verdict, report.executions), (Verdict::Complete, 2));
    // It began anew in between, and counted anew then.
    assert_eq!(explore(2).verdict, Verdict::Complete);
    assert_eq!(explore(1).verdict, Verdict::Bounded(Bound::Executions(1)));
    assert_eq!(Explorer::new().max_executions(1).run(|| async {}).verdict, Verdict::Complete);
}

#[test]
fn chance_has_a_number_of_its_own() {
    let report = Explorer::new().max_executions(10).random(1, 20).run(|| async {});
    assert_eq!((report.verdict, report.executions), (Verdict::Bounded(Bound::Sample(20)), 20));
}

#[test]
fn a_schedule_is_counted_once_though_the_bound_grows() {
    let program = || async {
        for name in ["a", "b"] {
            go(async move {
                yield_now().await;
                chan(1).0.send(name).await;
                fanin::output(&name);
            });
        }
    };
    let report = |explorer: Explorer| explorer.run(program);
    let grown = report(Explorer::new().preemptions(0..=9));
    let every = report(Explorer::new().every_schedule());
    assert_eq!((grown.verdict, every.verdict), (Verdict::Complete, Verdict::Complete));
    assert_eq!((grown.executions, grown.steps), (every.executions, every.steps));
}

#[test]
fn who_spins_for_ever_has_diverged() {
    let report = explore(|| async {
        let taken = AtomicBool::new(true);
        for _ in 0..2 {
            let taken = taken.clone();
            go(async move {
                while !taken.compare_and_swap(false, true).await {
                    yield_now().await;
                }
            });
        }
    });
    assert_eq!(report.verdict, Verdict::Complete);
    let kinds: BTreeSet<_> = report.findings.iter().map(|f| f.finding.kind).collect();
    assert_eq!(kinds, [Kind::Divergence].into());
}

/// A lock is held while waiting for a timer that may fire at once, or not before the holder has to wait.
async fn watchdog() {
    let done = AtomicBool::new(false);
    let theirs = done.clone();
    go(async move {
        sleep(Duration::from_millis(5)).await;
        if !theirs.load().await {
            fanin::panic("too slow").await;
        }
    });
    yield_now().await;
    done.store(true);
}

#[test]
fn timers_may_be_early() {
    assert!(explore(watchdog).is_proof());
    let early = Explorer::new().early_timers();
    let report = early.run(watchdog);
    assert_eq!(report.verdict, Verdict::Complete);
    assert_eq!(report.findings[0].finding.kind, Kind::Fault);
    let token = &report.findings[0].token;
    assert!(token.early_timers());
    assert_eq!(token.to_string().parse().as_ref(), Ok(token));
    assert!(Explorer::new().replay(token, watchdog).is_ok());
    assert!(report.findings[0].story.iter().any(|s| s.text.starts_with("the clock")));
}

#[test]
fn early_timers_are_reduced_without_a_loss() {
    for seed in 0..150 {
        let program = Program::random(seed, Mix::Channels);
        let early = Explorer::new().early_timers();
        let (every, all) = states(&early.clone().every_schedule().max_executions(2_000), &program);
        if every.verdict == Verdict::Complete {
            let (reduced, some) = states(&early, &program);
            assert_eq!(some, all, "seed {seed}: {program:?}");
            assert!(reduced.executions <= every.executions);
        }
    }
}

#[test]
fn a_ticker_needs_a_horizon() {
    let minute = Duration::from_secs(60);
    let report = Explorer::new().max_time(minute).run(|| async {
        let ticker = Ticker::new(Duration::from_secs(20));
        loop {
            ticker.recv().await;
        }
    });
    assert_eq!(report.verdict, Verdict::Bounded(Bound::Run(LimitKind::Time(60_000_000_000))));
    assert_eq!(report.executions, 1);
}
