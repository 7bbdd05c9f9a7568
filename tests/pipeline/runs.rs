//! What pipelines put out when they run.

use std::collections::BTreeSet;

use fanin::{
    pipeline::{Item, Kind, Pipeline, Run, Settings, limits, templates},
    probe::{Op, What},
    sim::{LimitKind, Outcome},
};

/// Runs to the end.
pub fn finish(mut run: Run) -> Run {
    while run.step() {}
    run
}

pub fn run(text: &str, seed: u64) -> Run {
    finish(Pipeline::parse(text).expect(text).start(Settings::seed(seed)).expect("checked"))
}

pub fn outputs(run: &Run) -> Vec<Item> {
    let shown = run.sim().recording().events.iter().filter_map(|e| match &e.what {
        What::Output { value } => Some(Item::shown(value).expect("only items are put out")),
        _ => None,
    });
    shown.collect()
}

fn values(text: &str, seed: u64) -> Vec<i64> {
    outputs(&run(text, seed)).iter().map(|item| item.value).collect()
}

#[test]
fn stages_do_what_they_say() {
    for seed in 0..20 {
        assert_eq!(values("range 1..4 | add 1 | multiply 10", seed), [20, 30, 40, 50]);
        assert_eq!(values("list 3 -1 3 | square", seed), [9, 1, 9]);
        assert_eq!(values("repeat 1 2 | take 5", seed), [1, 2, 1, 2, 1]);
        assert_eq!(values("range 1..30 | prime", seed), [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]);
        assert_eq!(values("ticker 5ms | filter % 2 = 1 | take 3", seed), [1, 3, 5]);
        assert_eq!(values("range 5..5 | buffer 3", seed), [5]);
        let dice = values("random -1..1 | take 9", seed);
        assert!(dice.len() == 9 && dice.iter().all(|n| (-1..=1).contains(n)), "{dice:?}");
    }
    let all: BTreeSet<i64> = (0..20).flat_map(|seed| values("random 1..6 | take 9", seed)).collect();
    assert_eq!(all, BTreeSet::from([1, 2, 3, 4, 5, 6]));
}

#[test]
fn arithmetic_wraps() {
    let squares = "| square ".repeat(9);
    assert_eq!(values(&format!("list 3 1000000000 {squares}"), 0), [3i64.wrapping_pow(512), 0]);
}

#[test]
fn virtual_time_passes_as_the_stages_say() {
    let took = |text: &str| run(text, 7).sim().recording().events.last().map_or(0, |e| e.at / 1_000_000);
    assert_eq!(took("range 1..4 | delay 5ms"), 20);
    assert_eq!(took("range 1..4 | fan-out 4 | delay 5ms | fan-in"), 5);
    assert_eq!(took("ticker 10ms | take 3"), 30);
    assert_eq!(took("ticker 10ms ; cancel after 45ms"), 45);
    assert_eq!(took("ticker 10ms ; timeout 45ms"), 45);
    let jittered: BTreeSet<u64> = (0..40)
        .filter_map(|seed| {
            Some(run("list 1 | delay 6ms ~2ms", seed).sim().recording().events.last()?.at / 1_000_000)
        })
        .collect();
    assert_eq!(jittered, BTreeSet::from([4, 5, 6, 7, 8]));
}

#[test]
fn the_ends_end_it() {
    for seed in 0..20 {
        assert_eq!(values("repeat 7 ; cancel after 3 outputs", seed), [7, 7, 7]);
        assert_eq!(values("ticker 10ms ; cancel after 45ms", seed), [1, 2, 3, 4]);
        assert_eq!(values("ticker 10ms ; timeout 45ms", seed), [1, 2, 3, 4]);
        assert_eq!(values("ticker 10ms ; timeout 45ms ; cancel after 2 outputs", seed), [1, 2]);
    }
}

#[test]
fn fan_in_delivers_in_many_orders() {
    let ids =
        |seed| outputs(&run("range 1..4 | fan-out 2 | square | fan-in", seed)).iter().map(|i| i.id).collect();
    let orders: BTreeSet<Vec<u32>> = (0..200).map(ids).collect();
    assert!(orders.len() > 5, "{orders:?}");
    assert!(
        orders
            .iter()
            .all(|order| order.iter().copied().collect::<BTreeSet<_>>() == BTreeSet::from([1, 2, 3, 4]))
    );
}

#[test]
fn a_failure_ends_the_run_by_a_panic() {
    for seed in 0..20 {
        let run = run("list 5 6 7 | square | fail at 2", seed);
        assert_eq!(run.sim().outcome().unwrap().to_string(), "panic: fail at 2: 36 (item 2)");
        assert!(outputs(&run).len() <= 1);
    }
}

#[test]
fn a_branch_that_leaves_starves_the_other() {
    for seed in 0..20 {
        let run = run("range 1..5 | tee | take 1 | and | square | fan-in", seed);
        assert_eq!(run.sim().outcome(), Some(&Outcome::Deadlock));
    }
}

#[test]
fn what_never_ends_meets_a_limit() {
    for text in ["repeat 2 | filter odd", "repeat 2 | filter odd ; timeout 1s", "ticker 3600s | filter < 0"] {
        let run = run(text, 7);
        assert_eq!(run.sim().outcome(), Some(&Outcome::Limit(LimitKind::Steps(limits::STEPS))));
        assert_eq!(run.sim().outcome().unwrap().to_string(), "the run was ended after 20000 steps");
        assert!(run.sim().recording().events.len() <= limits::EVENTS as usize);
    }
}

#[test]
fn a_run_is_a_function_of_its_settings() {
    for template in templates() {
        let start = |cancel_at| {
            let settings = Settings { cancel_at, ..Settings::seed(3) };
            template.pipeline().start(settings).expect("checked")
        };
        let mut by_hand = start(None);
        (0..25).for_each(|_| _ = by_hand.step());
        let cancel_at = by_hand.cancel_now();
        let by_hand = finish(by_hand);
        assert_eq!(by_hand.sim().recording(), finish(start(Some(cancel_at))).sim().recording());
        let whole = finish(start(None));
        let before = |run: &Run| {
            let events = run.sim().recording().events.iter();
            events.take_while(|e| e.step <= cancel_at).cloned().collect::<Vec<_>>()
        };
        assert_eq!(before(&whole), before(&by_hand), "{}", template.text);
    }
}

#[test]
fn cancelled_before_it_has_begun() {
    let mut run = Pipeline::parse("repeat 1").unwrap().start(Settings::seed(7)).unwrap();
    assert_eq!(run.cancel_now(), 0);
    let run = finish(run);
    assert_eq!(run.sim().outcome(), Some(&Outcome::Returned));
    assert!(run.sim().recording().unfinished().is_empty());
}

#[test]
fn picks_repeat_a_run_under_another_seed() {
    let first = run("range 1..6 | fan-out 3 | square | fan-in", 7);
    let picks = first.sim().recording().picks.iter().map(|pick| pick.picked).collect();
    let again = Pipeline::parse("range 1..6 | fan-out 3 | square | fan-in").unwrap();
    let again = finish(again.start(Settings { picks, ..Settings::seed(99) }).unwrap());
    assert_eq!(again.sim().recording().events, first.sim().recording().events);
}

#[test]
fn a_wrong_pipeline_does_not_start() {
    let errors = Pipeline::default().start(Settings::default()).unwrap_err();
    assert_eq!(errors[0].message, "Add a source to begin.");
}

#[test]
fn every_stage_runs_in_the_library() {
    for kind in Kind::all() {
        let text = match kind {
            Kind::FanOut(_) | Kind::FanIn => "range 1..4 | fan-out 3 | square | fan-in".to_owned(),
            Kind::Tee | Kind::And => "range 1..4 | tee | square | and | fan-in".to_owned(),
            _ if kind.is_source() => format!("{kind} | take 2"),
            _ => format!("range 1..4 | {kind}"),
        };
        let run = run(&text, 7);
        let pipeline = Pipeline::parse(&text).unwrap();
        for (at, _) in (0..).zip(&pipeline.stages).filter(|(_, stage)| stage.kind.starts_tasks()) {
            let name = pipeline.label(at);
            let events = &run.sim().recording().events;
            let tasks: Vec<_> = events
                .iter()
                .filter_map(|e| match &e.what {
                    What::Go { child, name: task } if **task == *name => Some(*child),
                    _ => None,
                })
                .collect();
            assert!(!tasks.is_empty(), "{text}: no task is called {name}");
            let of_stage = events.iter().filter(|e| tasks.contains(&e.task));
            let moves = of_stage.filter(|e| matches!(&e.what, What::Next { op: Op::Select { .. } }));
            let files: BTreeSet<&str> = moves.filter_map(|e| Some(&*e.place.as_ref()?.file)).collect();
            assert!(!files.is_empty(), "{name} neither sends nor receives");
            assert!(files.iter().all(|file| file.starts_with("src/patterns/")), "{name}: {files:?}");
        }
    }
}
