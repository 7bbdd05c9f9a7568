//! What is said of data races.

use super::support::{found, sleep_ms};
use fanin::{
    WaitGroup,
    detect::{Finding, Kind, findings},
    explore::{Explorer, Verdict},
    go, named,
    probe::{ObjId, TaskId},
    sim::Config,
    sync::{
        Mutex,
        shared::{Map, Slice, Var},
    },
    yield_now,
};
use std::collections::BTreeSet;

/// The findings, which are the same but for steps and for who came first under every schedule.
fn only(found: Vec<Vec<Finding>>) -> Finding {
    assert!(found.iter().all(|f| f.len() == 1), "{found:?}");
    found[0][0].clone()
}

#[test]
fn a_finding_names_both_sides() {
    let line = line!();
    let found = found(|| async {
        let count = named("count", || Var::new(0));
        let child = count.clone();
        named("adder", || go(async move { child.update(|n| *n += 1) }));
        yield_now().await;
        count.get();
    });
    let mut firsts = BTreeSet::new();
    for found in found {
        let [race] = &found[..] else { panic!("{found:?}") };
        let mut sides = [("g2 (adder) writes it in step", line + 4), ("main reads it in step", line + 6)];
        if race.tasks[0] == TaskId::MAIN {
            sides.reverse();
        }
        let told = sides.map(|(does, line)| format!("{does} N at {}:{line}", file!()));
        let expected = format!("Data race on #1 (count): {}, and nothing orders the two.", told.join(", "));
        let message: String = race.message.split(' ').map(number).collect::<Vec<_>>().join(" ");
        assert_eq!(message, expected);
        assert_eq!(race.places.iter().map(|p| p.line).collect::<Vec<_>>(), sides.map(|(_, line)| line));
        assert_eq!((race.kind, &race.objects[..]), (Kind::DataRace, &[ObjId(1)][..]));
        assert!(race.message.contains(&format!("step {} at {}", race.step, race.places[1])));
        firsts.insert(race.tasks[0]);
    }
    assert_eq!(firsts.len(), 2, "either comes first");
}

/// A number as `N`.
fn number(word: &str) -> &str {
    if word.parse::<u32>().is_ok() { "N" } else { word }
}

#[test]
fn the_same_two_lines_race_once() {
    let found = found(|| async {
        let (slice, wg) = (Slice::make(4, 4), WaitGroup::new());
        for _ in 0..3 {
            let slice = slice.clone();
            wg.go(async move { (0..4).for_each(|i| slice.set(i, i)) });
        }
        wg.wait().await;
    });
    let message = only(found).message;
    assert!(message.starts_with("Data race on item 0 of #1: g2 writes it"), "{message}");
}

#[test]
fn items_of_a_slice_are_places_of_their_own_and_a_map_is_one() {
    let slices = found(|| async {
        let slice = Slice::make(2, 2);
        for i in 0..2 {
            let slice = slice.slice(i..);
            go(async move { slice.set(0, 1) });
        }
    });
    assert!(slices.iter().all(Vec::is_empty), "{slices:?}");
    let maps = found(|| async {
        let map = Map::new();
        for i in 0..2 {
            let map = map.clone();
            go(async move { map.insert(i, 1) });
        }
    });
    assert_eq!(only(maps).kind, Kind::DataRace);
}

/// The header is each task's own, the room behind it is not.
#[test]
fn appends_to_spare_capacity_race() {
    let program = |shared: Slice<i32>| async move {
        for n in 0..2 {
            let shared = shared.clone();
            go(async move { shared.append([n]) });
        }
    };
    let spare = found(move || async move { program(Slice::make(0, 1)).await });
    assert!(only(spare).message.contains("item 0 of #1"));
    let clipped = found(move || async move { program(Slice::make(0, 1).clip()).await });
    assert!(clipped.iter().all(Vec::is_empty), "{clipped:?}");
}

#[test]
fn a_race_is_found_beside_what_else_goes_wrong() {
    let run = Config::new().run(async {
        let (x, mutex) = (Var::new(0), Mutex::new(()));
        let (child, other) = (x.clone(), mutex.clone());
        go(async move {
            child.set(1);
            std::mem::forget(other.lock().await);
        });
        x.set(2);
        sleep_ms(1).await;
        let _guard = mutex.lock().await;
    });
    let kinds: Vec<_> = findings(&run.recording.events).iter().map(|f| f.kind).collect();
    assert_eq!(kinds, [Kind::Deadlock, Kind::DataRace]);
}

#[test]
fn an_exploration_reports_races_with_their_shortest_schedule() {
    let program = || async {
        let (x, mutex) = (named("x", || Var::new(0)), Mutex::new(()));
        let (child, other) = (x.clone(), mutex.clone());
        go(async move {
            drop(other.lock().await);
            child.set(1);
        });
        drop(mutex.lock().await);
        x.get();
    };
    let report = Explorer::new().run(program);
    assert_eq!(report.verdict, Verdict::Complete);
    let [race] = &report.findings[..] else { panic!("{:?}", report.findings) };
    // Each starts, locks, and unlocks, and goes on from there to the variable.
    assert_eq!((race.finding.kind, race.length), (Kind::DataRace, 6));
    let again = Explorer::new().replay(&race.token, program).expect("the same program");
    assert_eq!(findings(&again.events), std::slice::from_ref(&race.finding));
}

#[test]
fn the_first_add_to_a_wait_group_must_not_race_with_a_wait() {
    let line = line!();
    let found = found(|| async {
        let wg = named("workers", WaitGroup::new);
        let child = wg.clone();
        go(async move {
            child.add(1);
            child.done();
        });
        wg.wait().await;
    });
    let misuse = only(found);
    assert_eq!(misuse.kind, Kind::Misuse);
    let message = misuse.message;
    assert!(message.starts_with("Misuse of wait group #1 (workers): "), "{message}");
    assert!(message.ends_with(", and nothing orders the two: the wait can miss the add."), "{message}");
    for (does, below) in [("g2 adds the first to it in step", 5), ("main waits for it in step", 8)] {
        assert!(
            message.contains(does) && message.contains(&format!("races.rs:{}", line + below)),
            "{message}"
        );
    }
}

#[test]
fn ordered_adds_are_no_misuse() {
    let found = found(|| async {
        let wg = WaitGroup::new();
        for _ in 0..2 {
            // Used again, by one task after the other, and added to while it is not zero.
            wg.add(1);
            let child = wg.clone();
            go(async move {
                child.add(1);
                child.done();
                child.done();
            });
            wg.wait().await;
        }
    });
    assert!(found.iter().all(Vec::is_empty), "{found:?}");
}

#[test]
fn adds_do_not_race_with_each_other() {
    let found = found(|| async {
        let wg = WaitGroup::new();
        let add = |_| {
            let wg = wg.clone();
            go(async move {
                wg.add(1);
                wg.done();
            })
        };
        for task in [0, 1].map(add) {
            task.await.expect("it returns");
        }
        wg.wait().await;
    });
    assert!(found.iter().all(Vec::is_empty), "{found:?}");
}

#[test]
fn a_wait_without_an_end_races_as_it_begins() {
    let runs = (0..40).map(|seed| {
        Config::new().seed(seed).run(async {
            let wg = WaitGroup::new();
            let child = wg.clone();
            go(async move { child.add(1) });
            yield_now().await;
            wg.wait().await;
        })
    });
    let found: Vec<_> =
        runs.filter(|run| run.value.is_none()).map(|run| findings(&run.recording.events)).collect();
    let kinds = |found: &Vec<Finding>| found.iter().map(|f| f.kind).collect::<Vec<_>>();
    assert!(!found.is_empty(), "nobody waited after the add");
    assert!(found.iter().all(|f| kinds(f) == [Kind::Deadlock, Kind::Misuse]), "{found:?}");
}

#[test]
fn an_add_to_what_is_not_zero_may_come_while_another_task_waits() {
    let found = found(|| async {
        let wg = WaitGroup::new();
        wg.add(1);
        let (worker, waiter) = (wg.clone(), wg);
        go(async move {
            worker.add(1);
            worker.done();
            worker.done();
        });
        go(async move { waiter.wait().await });
    });
    assert!(found.iter().all(Vec::is_empty), "{found:?}");
}
