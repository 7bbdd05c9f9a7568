//! The forms that a text may take.

use std::time::Duration;

use fanin::pipeline::{Comparison, Ends, Kind, Pipeline, Predicate};

#[track_caller]
fn first(text: &str) -> Kind {
    fanin::pipeline::read(text).pipeline.stages[0].kind.clone()
}

#[track_caller]
fn prints(text: &str, printed: &str) {
    assert_eq!(Pipeline::parse(text).unwrap().to_string(), printed);
}

#[test]
fn every_kind_is_written_by_its_name() {
    for kind in Kind::all() {
        assert_eq!(first(&kind.to_string()), kind);
        assert!(kind.to_string().starts_with(kind.name()));
    }
}

#[test]
fn white_space_and_case_are_free() {
    prints(
        " RANGE 1 .. 9|Fan-Out 2|square   NO-CANCEL|FAN-IN ;Cancel After 5MS;",
        "range 1..9 | fan-out 2 | square no-cancel | fan-in ; cancel after 5ms",
    );
    prints("list 1,2 ,3", "list 1 2 3");
    prints("range 1..=9", "range 1..9");
    prints("range -9..-1", "range -9..-1");
    prints("range 1..9|filter divisible by 3", "range 1..9 | filter divisible 3");
    prints("range 1..9|filter%3==1|filter>=-2", "range 1..9 | filter % 3 = 1 | filter >= -2");
    prints("range 1..9|fail 3", "range 1..9 | fail at 3");
    prints("range 1..9 ; cancel after 1 output", "range 1..9 ; cancel after 1 output");
}

#[test]
fn durations_are_in_the_largest_whole_unit() {
    let ticker = |text: &str| match first(&format!("ticker {text}")) {
        Kind::Ticker(every) => every,
        other => panic!("{other:?}"),
    };
    assert_eq!(ticker("5ms"), Duration::from_millis(5));
    assert_eq!(ticker("1.5s"), Duration::from_millis(1500));
    assert_eq!(ticker("250us"), ticker("250µs"));
    assert_eq!(ticker("0.25MS"), ticker("250μs"));
    assert_eq!(ticker("0.0000000009s"), Duration::ZERO);
    assert_eq!(ticker("1m30s"), Duration::from_secs(90));
    assert_eq!(ticker("0.5h1.5m1s1ms1us1ns"), Duration::new(1891, 1_001_001));
    prints("ticker 1000ms | delay 1500us ~0.5ms", "ticker 1s | delay 1500us ~500us");
    prints("range 1..2 | delay 0s", "range 1..2 | delay 0ms");
    prints("ticker 1h | take 2 ; timeout 1m30s", "ticker 3600s | take 2 ; timeout 90s");
}

#[test]
fn clauses_come_in_any_order() {
    let pipeline =
        Pipeline::parse("range 1..9 ; timeout 1s ; cancel after 3 outputs ; cancel after 40ms").unwrap();
    let ms = |n| Some(Duration::from_millis(n));
    assert_eq!(pipeline.ends, Ends { outputs: Some(3), after: ms(40), timeout: ms(1000) });
}

#[test]
fn predicates_hold_for_what_they_say() {
    let odd_one_out: Vec<i64> =
        (-4..=4).filter(|n| Predicate::Remainder { modulus: 3, remainder: 1 }.holds(*n)).collect();
    assert_eq!(odd_one_out, [-2, 1, 4]);
    assert!(Predicate::Even.holds(i64::MIN) && Predicate::Odd.holds(i64::MAX));
    assert!(!Predicate::Divisible(0).holds(0));
    assert!(Predicate::Divisible(-1).holds(i64::MIN));
    let below: Vec<i64> = (0..9).filter(|n| Predicate::Compare(Comparison::Below, 2).holds(*n)).collect();
    assert_eq!(below, [0, 1]);
}
