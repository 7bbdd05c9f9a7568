use crate::{
    engine::{Frame, Program, Run, SAMPLE, Search, Way, showing},
    model::link::RunKey,
};
use fanin::{
    pipeline::Pipeline,
    probe::Outcome,
    scenario::{self, Form},
};
use proptest::prelude::*;
use std::cell::Cell;

fn run(text: &str, key: RunKey) -> Run {
    Run::new(&Program::Pipeline(Pipeline::parse(text).unwrap()), key)
}

fn at(run: &mut Run, t: u32) -> Frame {
    assert!(run.prepare(t, || false));
    run.frame()
}

fn end(run: &mut Run) -> Frame {
    at(run, u32::MAX)
}

const OPENING: &str = "range 1..12 | fan-out 3 | square no-cancel | fan-in | take 3";
const REPAIRED: &str = "range 1..12 | fan-out 3 | square | fan-in | take 3";

#[test]
fn the_opening_pipeline_leaks_and_its_repair_does_not() {
    for seed in 0..50 {
        let mut leaky = run(OPENING, RunKey { seed, ..RunKey::default() });
        let last = end(&mut leaky);
        assert!(last.stuck(|_| true) > 0);
        assert_eq!(at(&mut leaky, last.t() - 1).stuck(|_| true), 0, "judged at the end only");
        let mut repaired = run(REPAIRED, RunKey { seed, ..RunKey::default() });
        let frame = end(&mut repaired);
        assert_eq!((frame.stuck(|_| true), frame.outcome), (0, Some(Outcome::Returned)));
    }
}

#[test]
fn of_a_deadlock_each_lane_tells_its_own_part() {
    let frame = end(&mut run("range 1..5 | tee | take 1 | and | square | fan-in", RunKey::default()));
    let deadlock = &frame.findings[0];
    assert!(deadlock.tasks.len() > 3, "{deadlock:?}");
    for task in &deadlock.tasks[1..] {
        let told = frame.told(*task).unwrap();
        assert!(told.starts_with(&format!("{task} (")) && !told.contains('\n'), "{told}");
    }
    let leaky = end(&mut run(OPENING, RunKey::default()));
    assert_eq!(leaky.told(leaky.findings[0].tasks[0]), Some(leaky.findings[0].message.as_str()));
}

#[test]
fn a_choice_is_taken() {
    let mut free = run(OPENING, RunKey::default());
    let before = at(&mut free, 6);
    for choice in before.next.iter() {
        let picks = vec![(6, choice.task.0)];
        let mut chosen = run(OPENING, RunKey { picks, ..RunKey::default() });
        assert_eq!(at(&mut chosen, 7).now.actor, Some(choice.task));
        assert_eq!(*at(&mut chosen, 6).now, *before.now);
    }
}

#[test]
fn a_cancellation_from_outside_ends_what_would_not() {
    let mut endless = run("repeat 1 2 | square", RunKey { cancel: Some(40), ..RunKey::default() });
    let last = end(&mut endless);
    assert!(last.t() < 100, "{}", last.t());
    assert_eq!(last.outcome, Some(Outcome::Returned));
    assert_eq!(at(&mut endless, 41).whole.marks.iter().find(|m| m.step == 41).map(|m| m.task.0), Some(0));
}

#[test]
fn a_run_without_end_is_cut_and_says_so() {
    let mut endless = run("repeat 1", RunKey::default());
    let last = end(&mut endless);
    assert!(matches!(last.outcome, Some(Outcome::Limit(_))));
    assert_eq!(last.stuck(|_| true), 0);
}

#[test]
fn every_scenario_runs_to_an_end() {
    for scenario in scenario::all() {
        let mut run = Run::new(&Program::Scenario(scenario), RunKey::default());
        let frame = end(&mut run);
        assert!(frame.ended && frame.outcome.is_some(), "{}", scenario.id);
        if frame.now.lanes.len() > 1 {
            let is_lit = |t| {
                let lanes = &at(&mut run, t).now.lanes;
                lanes.iter().any(|l| l.place.as_ref().is_some_and(|p| p.file == scenario.rust.path))
            };
            assert!((1..=frame.t()).any(is_lit), "no line of {} is ever lit", scenario.id);
        }
    }
}

proptest! {
    #[test]
    fn looking_in_another_order_shows_the_same(steps in proptest::collection::vec(0u32..160, 1..12), seed in 0u64..50) {
        let key = RunKey { seed, ..RunKey::default() };
        let mut jumping = run(OPENING, key.clone());
        for t in steps {
            let a = at(&mut jumping, t);
            let b = at(&mut run(OPENING, key.clone()), t);
            prop_assert_eq!(&*a.now, &*b.now);
            prop_assert_eq!(&a.recent, &b.recent);
        }
    }
}

#[test]
fn a_run_that_gets_ready_little_by_little_shows_the_same_as_one_that_does_it_at_once() {
    let mut slowly = run("repeat 1 2 | square", RunKey::default());
    let mut at_once = run("repeat 1 2 | square", RunKey::default());
    for t in [u32::MAX, 5_000, 4_000, u32::MAX] {
        let mut slices = 0;
        while !slowly.prepare(t, || true) {
            slices += 1;
        }
        assert!(slices > 50 || t == u32::MAX, "{slices} for step {t}");
        let (a, b) = (slowly.frame(), at(&mut at_once, t));
        assert_eq!((a.t(), a.outcome, a.ended), (b.t(), b.outcome, b.ended));
        assert!(*a.now == *b.now && *a.whole == *b.whole && a.recent == b.recent && a.next == b.next);
    }
}

#[test]
fn each_mistake_shows_under_some_seed_and_its_repair_under_none() {
    for scenario in scenario::all().filter(|s| s.form != Form::Plain) {
        let is_mistake = matches!(scenario.form, Form::Bug { .. });
        assert_eq!(showing(scenario).is_some(), is_mistake, "{}", scenario.id);
    }
}

#[test]
fn a_schedule_is_known_to_its_end_and_told_apart_from_another_programs() {
    let pipeline = |text: &str| Program::Pipeline(Pipeline::parse(text).unwrap());
    let lonely = Program::Scenario(scenario::find("p37-alone").unwrap());
    for program in [pipeline("range 1..2 | take 1"), lonely] {
        let mut search = Search::new(&program, Way::Every);
        let mut progress = search.slice(None, || false);
        assert!(!progress.going);
        let token = progress.report.outcomes.remove(0).token;
        let key = RunKey { schedule: Some(token), ..RunKey::default() };
        let own = at(&mut Run::new(&program, key.clone()), 0);
        assert!(own.ended && own.mismatch.is_none(), "{:?}", own.mismatch);
        let other = at(&mut Run::new(&pipeline("range 1..3 | square"), key.clone()), 0);
        assert!(other.mismatch.is_some());
        // Whoever changes something by hand leaves the schedule, and knows it.
        let changed =
            at(&mut Run::new(&pipeline("range 1..3 | square"), RunKey { cancel: Some(3), ..key }), 0);
        assert!(changed.mismatch.is_none());
    }
}

#[test]
fn the_schedule_of_a_run_without_end_is_not_taken_for_another_programs() {
    let endless = Program::Pipeline(Pipeline::parse("repeat 1").unwrap());
    let asked = Cell::new(false);
    let progress = Search::new(&endless, Way::Every).slice(None, || asked.replace(true));
    let schedule = Some(progress.report.outcomes[0].token.clone());
    let mut again = Run::new(&endless, RunKey { schedule, ..RunKey::default() });
    assert_eq!(at(&mut again, 0).mismatch, None);
}

/// A search that begins at one end of so many schedules sees a few of the orders, and for long no other.
#[test]
fn by_chance_nearly_all_of_the_orders_of_a_fan_in_are_seen() {
    let fan_in = scenario::find("p25-fan-in").unwrap();
    let mut search = Search::new(&Program::Scenario(fan_in), Way::Chance);
    let progress = search.slice(None, || false);
    assert_eq!((progress.going, progress.executions), (false, SAMPLE));
    let orders = progress.report.outcomes;
    assert!(orders.len() > 80, "{} of 90", orders.len());
    assert!(orders.iter().all(|order| fan_in.expected().unwrap().allows(&order.outputs)));
}
