//! The reduced search against the one that takes every schedule, on random programs.

use crate::{
    executions::each,
    program::{Mix, Program},
    world::state,
};
use fanin::{
    detect::{Finding, Kind, findings},
    explore::{Explorer, Report, Verdict},
    probe::{Place, What},
    sim::{Config, Recording},
};
use std::collections::BTreeSet;

/// How many schedules the oracle takes at most; larger programs are passed over.
const TOO_MANY: u64 = 3_000;

/// How many operations, starts and timers it took to the first fault that ends a task.
fn first_fault(recording: &Recording) -> Option<u32> {
    let fault = findings(&recording.events).iter().filter(|f| f.kind == Kind::Fault).map(|f| f.step).min()?;
    let mut announced = BTreeSet::new();
    let mut counted = BTreeSet::new();
    for e in recording.events.iter().take_while(|e| e.step <= fault) {
        let began = matches!(e.what, What::Start | What::Fire) || (e.step > 0 && announced.remove(&e.task));
        if began {
            counted.insert(e.step);
        }
        if matches!(e.what, What::Next { .. }) {
            announced.insert(e.task);
        }
    }
    u32::try_from(counted.len()).ok()
}

/// What was compared. `passed_over` were too large for the oracle.
#[derive(Debug, Default)]
struct Tally {
    compared: u32,
    passed_over: u32,
    executions: u64,
    schedules: u64,
    faults: u32,
    stuck: u32,
}

/// Where it went wrong, in any order.
fn places(finding: &Finding) -> BTreeSet<Place> {
    finding.places.iter().cloned().collect()
}

fn compare(seed: u64, mix: Mix, tally: &mut Tally) {
    let program = Program::random(seed, mix);
    let early = match mix {
        Mix::Timers | Mix::Clocks => !seed.is_multiple_of(3),
        // Only small ones.
        Mix::GivenUp => seed.is_multiple_of(3) && program.tasks.len() == 2,
        _ => false,
    };
    let explorer = if early { Explorer::new().early_timers() } else { Explorer::new() };
    let oracle = explorer.clone().every_schedule().max_executions(TOO_MANY);
    let start = |config: Config| program.start(config);
    let (all, seen) = each(oracle.start(start), |r| (state(r), first_fault(r)));
    let (states, faults): (BTreeSet<_>, Vec<_>) = seen.into_iter().unzip();
    let shortest = faults.into_iter().flatten().min();
    if all.verdict != Verdict::Complete {
        tally.passed_over += 1;
        return;
    }
    let is_stuck = |r: &Recording| {
        r.events.iter().any(|e| matches!(e.what, What::Over { .. })) && r.unfinished().len() > 1
    };
    let (reduced, seen) = each(explorer.start(start), |r| (state(r), is_stuck(r)));
    let (reached, stuck): (BTreeSet<_>, Vec<_>) = seen.into_iter().unzip();
    assert_eq!(reduced.verdict, Verdict::Complete, "seed {seed}: {program:?}");
    assert_eq!(reached, states, "seed {seed}: {program:?}");
    let outcomes = |r: &Report| {
        r.outcomes.iter().map(|o| (o.outputs.clone(), o.findings.clone())).collect::<BTreeSet<_>>()
    };
    assert_eq!(outcomes(&reduced), outcomes(&all), "the outcomes of seed {seed}: {program:?}");
    let found = |r: &Report| {
        let found = r.findings.iter().map(|f| (f.finding.kind, places(&f.finding), f.length));
        found.collect::<BTreeSet<_>>()
    };
    assert_eq!(found(&reduced), found(&all), "the findings and their lengths of seed {seed}: {program:?}");
    let found = reduced.findings.iter().filter(|f| f.finding.kind == Kind::Fault).map(|f| f.length).min();
    assert_eq!(found, shortest, "the shortest schedule of seed {seed}: {program:?}");
    tally.compared += 1;
    tally.executions += reduced.executions;
    tally.schedules += all.executions;
    tally.faults += u32::from(found.is_some());
    tally.stuck += u32::from(stuck.contains(&true));
}

/// Compares as many programs as `FANIN_PROGRAMS` says, 500 if it says nothing.
fn compare_all(mix: Mix) {
    let programs =
        std::env::var("FANIN_PROGRAMS").map_or(500, |n| n.parse().expect("FANIN_PROGRAMS is a number"));
    let mut tally = Tally::default();
    for seed in 0..programs {
        compare(seed, mix, &mut tally);
    }
    eprintln!("{mix:?}: {tally:?}");
    assert!(u64::from(tally.compared) * 10 > programs * 7, "too few programs were small enough");
    assert!(tally.stuck > 0, "no program gets stuck");
    assert!(tally.executions * 2 < tally.schedules, "the reduction does not reduce");
    if matches!(mix, Mix::Channels) {
        assert!(tally.faults > 0, "no program faults");
    }
}

#[test]
fn the_reduced_search_misses_nothing_of_all_primitives_together() {
    compare_all(Mix::All);
}

#[test]
fn the_reduced_search_misses_nothing_of_timers_early_or_not() {
    compare_all(Mix::Timers);
}

#[test]
fn the_reduced_search_misses_nothing_of_what_is_done_in_passing() {
    compare_all(Mix::Passing);
}

#[test]
fn the_reduced_search_misses_nothing_of_what_is_said_between_two_operations() {
    compare_all(Mix::Talk);
}

#[test]
fn the_reduced_search_misses_nothing_of_what_depends_on_what_was_seen() {
    compare_all(Mix::Branches);
}

#[test]
fn the_reduced_search_misses_nothing_of_tasks_that_start_others() {
    compare_all(Mix::Lives);
}

#[test]
fn the_reduced_search_misses_nothing_of_what_ends_a_run() {
    compare_all(Mix::Endings);
}

#[test]
fn the_reduced_search_misses_nothing_of_what_is_given_up() {
    compare_all(Mix::GivenUp);
}

#[test]
fn the_reduced_search_misses_nothing_of_timers_for_now_and_for_later() {
    compare_all(Mix::Clocks);
}

#[test]
fn the_reduced_search_misses_nothing_of_channels() {
    compare_all(Mix::Channels);
}

#[test]
fn the_reduced_search_misses_nothing_of_locks() {
    compare_all(Mix::Locks);
}

#[test]
fn the_reduced_search_misses_nothing_of_units() {
    compare_all(Mix::Units);
}
