//! Bounds and chance: what they leave out, and that the verdict says so.

use crate::{
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
use std::{collections::BTreeSet, future::Future, time::Duration};

fn states(explorer: &Explorer, program: &Program) -> (Report, BTreeSet<Vec<String>>) {
    let mut exploration = explorer.start(|config: Config| config.start(program.clone().main()));
    let mut states = BTreeSet::new();
    while exploration.advance() {
        states.extend(exploration.last().map(state));
    }
    (exploration.report(), states)
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
