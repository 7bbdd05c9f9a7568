use crate::model::params::{ends_fields, ends_text, fields, text_of};
use fanin::pipeline::{Ends, Kind, Pipeline, Predicate};
use std::time::Duration;

#[test]
fn the_fields_of_every_stage_make_its_text() {
    let more = [
        Kind::Filter(Predicate::Remainder { modulus: 3, remainder: 1 }),
        Kind::Filter(Predicate::Divisible(4)),
        Kind::Delay { each: Duration::from_millis(5), jitter: Duration::from_micros(2) },
    ];
    for kind in Kind::all().into_iter().chain(more) {
        let values: Vec<_> = fields(&kind).into_iter().map(|f| f.value).collect();
        assert_eq!(text_of(&kind, &values), kind.to_string());
    }
}

#[test]
fn another_predicate_gets_a_number_or_loses_it() {
    let even = Kind::Filter(Predicate::Even);
    for sign in ["even", "odd", ">", "<=", "!=", "divisible", "%"] {
        let text = text_of(&even, &[sign.to_owned()]);
        assert!(Pipeline::parse(&format!("range 1..9 | {text}")).is_ok(), "{text}");
    }
}

#[test]
fn ends_are_filled_in_one_by_one() {
    let ends = Ends { outputs: Some(3), after: None, timeout: Some(Duration::from_secs(1)) };
    let values: Vec<_> = ends_fields(&ends).into_iter().map(|f| f.value).collect();
    let text = format!("range 1..9 ; {}", ends_text(&values));
    assert_eq!(Pipeline::parse(&text).unwrap().ends, ends);
}
