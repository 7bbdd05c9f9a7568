//! Runs in which nothing could be wrong: the detector gives them one short look, and misses nothing by that.

use fanin::{
    detect::{Kind, findings},
    explore::Explorer,
    pipeline::{Settings, templates},
    probe::{Access, Event, ObjId, TaskId, Value, What},
    scenario::all,
    sim::Recording,
};

/// The same run, in which main at last reads a variable that nobody else knows: reason to look at all of it.
fn at_length(recording: &Recording) -> Vec<Event> {
    let mut events = recording.events.clone();
    let over = events.pop().expect("a run that is over");
    let obj = ObjId(u32::MAX - 1);
    let what = What::Memory { obj, index: None, access: Access::Read, value: Value::Unit };
    events.push(Event { task: TaskId::MAIN, what, ..over.clone() });
    events.push(over);
    events
}

#[test]
fn a_short_look_finds_as_much_as_a_long_one() {
    let scenarios = all().flat_map(|scenario| {
        (0..40).map(move |seed| {
            let mut sim = scenario.start(seed);
            while sim.step() {}
            sim.into_recording()
        })
    });
    let pipelines = templates().iter().flat_map(|template| {
        (0..40).map(move |seed| {
            let mut run = template.pipeline().start(Settings::seed(seed)).expect("it can run");
            while run.step() {}
            run.sim().recording().clone()
        })
    });
    let mut clean = 0;
    for recording in scenarios.chain(pipelines) {
        let found = findings(&recording.events);
        assert_eq!(found, findings(&at_length(&recording)), "{}", recording.report());
        clean += u32::from(found.is_empty());
    }
    assert!(clean > 1_000, "only {clean} runs without a finding");
}

/// An exploration lets the others go on after a panic: then all tasks have ended, and main has returned.
#[test]
fn a_panic_that_the_others_outlive_is_found() {
    let report = Explorer::new().run(|| async { drop(fanin::go(fanin::panic("boom"))) });
    assert_eq!(report.findings.iter().map(|found| found.finding.kind).collect::<Vec<_>>(), [Kind::Fault]);
}
