use crate::model::{
    lane::{Lane, Look, State},
    look, sentence,
    view::View,
};
use fanin::{
    pipeline::{Pipeline, Settings},
    probe::{Event, TaskId, What},
    sim::Config,
};

fn recorded(pipeline: &Pipeline, seed: u64) -> Vec<Event> {
    let mut run = pipeline.start(Settings::seed(seed)).unwrap();
    while run.step() {}
    run.sim().recording().events.clone()
}

#[test]
fn advancing_and_folding_afresh_agree() {
    for seed in 0..20 {
        let events = recorded(&Pipeline::opening(), seed);
        let last = events.last().unwrap().step;
        let mut advanced = View::default();
        for t in 0..=last {
            advanced.advance(&events, t);
            assert_eq!(advanced, View::at(&events, t), "seed {seed}, step {t}");
        }
    }
}

#[test]
fn every_goroutine_is_in_one_state() {
    let events = recorded(&Pipeline::opening(), 7);
    for t in 0..=events.last().unwrap().step {
        let view = View::at(&events, t);
        let c = view.counters();
        assert_eq!(c.started, c.running + c.ready + c.blocked + c.finished);
        assert!(c.running <= 1);
        let started = events.iter().filter(|e| e.step <= t && matches!(e.what, What::Go { .. })).count();
        assert_eq!(c.started as usize, started);
    }
}

#[test]
fn one_lane_runs_in_each_step() {
    let events = recorded(&Pipeline::opening(), 3);
    let view = View::at(&events, u32::MAX - 1);
    for step in 1..events.last().unwrap().step {
        let looks = view.lanes.iter().filter_map(|l| l.segments.iter().rev().find(|s| s.from <= step));
        assert_eq!(looks.filter(|s| s.look == Look::Running).count(), 1, "step {step}");
    }
}

#[test]
fn each_step_is_one_that_somebody_acts_in() {
    let events = recorded(&Pipeline::opening(), 3);
    let view = View::at(&events, u32::MAX - 1);
    let mut acts: Vec<_> = view.lanes.iter().flat_map(Lane::acts).collect();
    acts.sort_unstable();
    assert_eq!(
        acts,
        (1..events.last().unwrap().step).collect::<Vec<_>>(),
        "the last step is the end of the run"
    );
}

#[test]
fn outputs_are_those_of_the_recording() {
    let pipeline = Pipeline::parse("range 1..6 | fan-out 2 | square | fan-in").unwrap();
    let mut run = pipeline.start(Settings::seed(4)).unwrap();
    while run.step() {}
    let recording = run.sim().recording();
    let view = View::at(&recording.events, recording.steps());
    let outputs: Vec<_> = view.outputs.iter().map(|o| o.value.to_string()).collect();
    assert_eq!(outputs, recording.outputs());
    assert!(view.lanes.iter().all(Lane::is_ended));
    // What was sent on a channel of values was received, or is still in it.
    let held: usize = view.channels.iter().map(|c| c.slots.len()).sum();
    let open = view.messages.iter().filter(|m| m.received.is_none()).count();
    assert_eq!(open, held);
}

#[test]
fn a_buffer_is_shown_slot_by_slot() {
    let run = Config::new().run(async {
        let (tx, rx) = fanin::chan::<u32>(2);
        tx.send(7).await;
        tx.send(8).await;
        fanin::yield_now().await;
        rx.recv().await;
    });
    let full = View::at(&run.recording.events, 3);
    let channel = full.data_channels().next().unwrap();
    assert_eq!(channel.slots.iter().map(|s| s.value.to_string()).collect::<Vec<_>>(), ["7", "8"]);
    let drained = View::at(&run.recording.events, run.recording.steps());
    assert_eq!(drained.data_channels().next().unwrap().slots.len(), 1);
}

#[test]
fn a_wait_is_told_with_its_circumstances() {
    let run = Config::new().run(async {
        let (tx, _rx) = fanin::named("out", || fanin::chan::<u32>(0));
        fanin::go(async move { tx.send(7).await });
    });
    let view = View::at(&run.recording.events, run.recording.steps());
    let lane = view.lane(TaskId(2)).unwrap();
    let State::Blocked(op) = &lane.state else { panic!("it waits: {lane:?}") };
    assert_eq!(look::waits(op, &view), "waits to send 7 on #1 (out): nobody receives");
}

#[test]
fn each_step_is_told_in_a_sentence() {
    let run = Config::new().run(async {
        let (ctx, cancel) = fanin::Context::background().with_cancel();
        let (tx, rx) = fanin::named("out", || fanin::chan::<u32>(0));
        let gone = ctx.clone();
        fanin::go(async move {
            fanin::select! { _ = tx.send(7) => {}, _ = gone.done().recv() => {} }
        });
        fanin::go(async move { ctx.done().recv().await });
        fanin::time::sleep(std::time::Duration::from_millis(1)).await;
        cancel.cancel();
        drop(rx);
    });
    let events = &run.recording.events;
    let view = View::at(events, run.recording.steps());
    let told: Vec<_> = events.chunk_by(|a, b| a.step == b.step).map(|e| sentence::step(e, &view)).collect();
    assert_eq!(told[0], "nothing has happened yet");
    for wanted in [
        "main starts g2, g3",
        "main sleeps 1 ms",
        "a timer fires at 1 ms and wakes main",
        "g2 waits to send 7 on #3 (out), or receive from context #2.done",
        "g3 sees that context #2 is done",
        "the run is over: main returned",
    ] {
        assert!(told.iter().any(|t| t == wanted), "{wanted}: {told:#?}");
    }
}

#[test]
fn a_nil_case_is_told_only_where_there_is_no_other() {
    let run = Config::new().run(async {
        let never = fanin::Context::background().done();
        let (tx, _rx) = fanin::named("out", || fanin::chan::<u32>(0));
        let deaf = never.clone();
        fanin::named("deaf", || {
            fanin::go(async move {
                fanin::select! { _ = tx.send(7) => {}, _ = deaf.recv() => {} }
            })
        });
        fanin::go(async move {
            fanin::select! { _ = never.recv() => {} }
        });
    });
    let view = View::at(&run.recording.events, run.recording.steps());
    let told: Vec<_> = view.lanes.iter().map(|lane| look::told(lane, &view)).collect();
    assert_eq!(told[1], "g2 (deaf) waits to send 7 on #1 (out): nobody receives");
    assert_eq!(told[2], "g3 waits to receive from a nil channel");
}

#[test]
fn names_tell_what_is_no_channel() {
    let run = Config::new().run(async {
        let (ctx, _cancel) = fanin::named("request", || fanin::Context::background().with_cancel());
        let ticker = fanin::named("tick", || fanin::time::Ticker::new(std::time::Duration::from_millis(1)));
        fanin::select! { _ = ticker.recv() => {}, _ = ctx.done().recv() => {} }
    });
    let view = View::at(&run.recording.events, run.recording.steps());
    let all = (1..=3).map(|id| sentence::object(fanin::probe::ObjId(id), &view)).collect::<Vec<_>>();
    assert_eq!(all, ["context #2.done (request)", "context #2 (request)", "timer #3 (tick)"]);
}

#[test]
fn a_goroutine_of_the_gallery_has_a_line_and_one_without_a_name_is_called_by_it() {
    let lines_of = |id: &str| {
        let scenario = fanin::scenario::find(id).unwrap();
        let mut sim = scenario.start(7);
        while sim.step() {}
        let view = View::at(&sim.recording().events, u32::MAX - 1);
        let others = view.lanes.iter().skip(1);
        others.map(|lane| (lane.line_in(scenario.rust.path), look::origin(lane))).collect::<Vec<_>>()
    };
    let at = |line| (Some(line), Some(format!("line {line}")));
    assert_eq!(lines_of("p25-fan-in"), [10, 10, 10, 11, 11, 11, 11].map(at));
    assert_eq!(lines_of("p35-mutex")[0].1, None, "it has a name");
    for scenario in fanin::scenario::all().filter(|s| s.id != "p14-or-channel") {
        let lost = lines_of(scenario.id).into_iter().filter(|(line, _)| line.is_none()).count();
        assert_eq!(lost, 0, "{}", scenario.id);
    }
    // The lower half of the tree is started by the upper one.
    let (line, origin) = lines_of("p14-or-channel").pop().unwrap();
    assert!(line.is_none() && origin.clone().unwrap().starts_with("or.rs "), "{origin:?}");
}

#[test]
fn who_is_next_begins_or_goes_on() {
    let run = Config::new().run(async {
        fanin::go(async {}).await.expect("it returns");
    });
    let started = View::at(&run.recording.events, 1);
    assert_eq!(look::next(TaskId(2), None, &started), "begin");
    let woken = View::at(&run.recording.events, run.recording.steps() - 2);
    assert_eq!(look::next(TaskId::MAIN, None, &woken), "go on");
}

#[test]
fn a_context_knows_who_took_notice() {
    let run = Config::new().run(async {
        let (ctx, cancel) = fanin::Context::background().with_cancel();
        let wg = fanin::WaitGroup::new();
        wg.go({
            let ctx = ctx.clone();
            async move {
                ctx.done().recv().await;
            }
        });
        fanin::go(async move { fanin::Receiver::<()>::never().recv().await });
        fanin::time::sleep(std::time::Duration::from_millis(1)).await;
        cancel.cancel();
        wg.wait().await;
    });
    let view = View::at(&run.recording.events, run.recording.steps());
    let context = view.contexts.first().unwrap();
    assert_eq!(context.noticed, [TaskId(2)]);
}

#[test]
fn durations_are_short() {
    let told: Vec<_> = [0, 999, 1_500, 2_000_000, 1_250_000_000].map(sentence::duration).to_vec();
    assert_eq!(told, ["0 ms", "999 ns", "1.5 µs", "2 ms", "1.25 s"]);
}
