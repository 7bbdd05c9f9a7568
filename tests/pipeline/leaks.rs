//! Who is left behind.

use std::collections::BTreeSet;

use fanin::{
    detect::{self, findings},
    pipeline::{Pipeline, Run, Settings},
    probe::{TaskId, What},
    sim::Outcome,
};

use crate::runs::finish;

fn left_tasks(run: &Run) -> BTreeSet<TaskId> {
    run.sim().recording().unfinished().into_keys().collect()
}

/// The cards, counted from 1, of the tasks that have not ended.
pub fn left(pipeline: &Pipeline, run: &Run) -> BTreeSet<usize> {
    let left = left_tasks(run);
    let names = run.sim().recording().events.iter().filter_map(|e| match &e.what {
        What::Go { child, name } if left.contains(child) => Some(name),
        _ => None,
    });
    let labels: Vec<_> = (0..pipeline.stages.len()).map(|at| pipeline.label(at)).collect();
    names
        .map(|name| 1 + labels.iter().position(|label| **label == **name).expect("named after a card"))
        .collect()
}

/// The cards of the stages that do not hear of the cancellation.
pub fn deaf(pipeline: &Pipeline) -> BTreeSet<usize> {
    (1..).zip(&pipeline.stages).filter(|(_, stage)| !stage.honours_cancel).map(|(card, _)| card).collect()
}

fn runs(pipeline: &Pipeline) -> impl Iterator<Item = Run> {
    (0..300).map(|seed| finish(pipeline.start(Settings::seed(seed)).expect("checked")))
}

#[test]
fn the_opening_leaks_by_exactly_its_deaf_stage() {
    let pipeline = Pipeline::opening();
    assert_eq!(deaf(&pipeline), BTreeSet::from([3]));
    let ends: Vec<_> =
        runs(&pipeline).map(|run| (run.sim().outcome().cloned(), left(&pipeline, &run))).collect();
    let leaking = (Some(Outcome::Returned), BTreeSet::from([3]));
    // In a rare run no worker holds a square when the last one is taken.
    let lucky = (Some(Outcome::Returned), BTreeSet::new());
    assert!(ends.iter().all(|end| *end == leaking || *end == lucky));
    assert!(ends.iter().filter(|end| **end == leaking).count() > 285);
    assert_eq!(ends[0], leaking);
}

#[test]
fn the_leaks_are_found_with_their_reason() {
    for run in runs(&Pipeline::opening()) {
        let leaks = left_tasks(&run);
        let findings = findings(&run.sim().recording().events);
        assert_eq!(findings.iter().flat_map(|found| found.tasks.clone()).collect::<BTreeSet<_>>(), leaks);
        for found in findings {
            assert_eq!(found.kind, detect::Kind::Leak);
            assert!(found.message.contains(" (square) waits for ever"), "{}", found.message);
        }
    }
}

#[test]
fn the_opening_is_repaired_by_its_switch() {
    let mut pipeline = Pipeline::opening();
    pipeline.stages[2].honours_cancel = true;
    for run in runs(&pipeline) {
        assert_eq!(run.sim().outcome(), Some(&Outcome::Returned));
        assert_eq!(left(&pipeline, &run), BTreeSet::new());
    }
}

#[test]
fn any_stage_leaks_alone_when_it_is_deaf() {
    let text =
        "repeat 1 2 3 | add 1 | buffer 2 | filter > 0 | delay 1ms | tee | square | and | multiply 2 | fan-in";
    for card in 1..=10 {
        let mut pipeline = Pipeline::parse(&format!("{text} ; cancel after 5 outputs")).unwrap();
        if !pipeline.stages[card - 1].kind.starts_tasks() {
            continue;
        }
        pipeline.stages[card - 1].honours_cancel = false;
        let leaks: BTreeSet<usize> = runs(&pipeline).flat_map(|run| left(&pipeline, &run)).collect();
        assert_eq!(leaks, BTreeSet::from([card]), "{pipeline}");
    }
}
