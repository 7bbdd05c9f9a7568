use crate::model::params::{Field, ends_fields, ends_text, fields, text_of};
use fanin::pipeline::{Kind, Pipeline, Predicate, read};
use std::time::Duration;

#[test]
fn the_fields_of_every_stage_make_its_text() {
    let more = [
        Kind::Filter(Predicate::Remainder { modulus: 3, remainder: 1 }),
        Kind::Filter(Predicate::Divisible(4)),
        Kind::Delay { each: Duration::from_millis(5), jitter: Duration::from_micros(2) },
    ];
    for kind in Kind::all().into_iter().chain(more) {
        let text = kind.to_string();
        for text in [text.clone(), format!("{} no-cancel", text.to_uppercase())] {
            assert_eq!(
                text_of(&kind, &values(fields(&kind, &text))).to_uppercase(),
                kind.to_string().to_uppercase()
            );
        }
    }
}

fn values(fields: Vec<Field>) -> Vec<String> {
    fields.into_iter().map(|f| f.value).collect()
}

#[test]
fn fields_show_what_stands_there_right_or_wrong() {
    for (text, shown) in [
        ("take", [""].as_slice()),
        ("take -3", &["-3"]),
        ("take many no-cancel", &["many"]),
        ("fail 3", &["3"]),
        ("fail at", &[""]),
        ("range 1 ..= 2.5", &["1", "2.5"]),
        ("range 1", &["1", ""]),
        ("ticker 1 fortnight", &["1 fortnight"]),
        ("delay ~2ms", &["", "2ms"]),
        ("list 3, 1, x", &["3, 1, x"]),
        ("filter>=5", &[">=", "5"]),
        ("filter == five", &["=", "five"]),
        ("filter divisible by 3", &["divisible", "3"]),
        ("filter % 3 == 1", &["%", "3", "1"]),
        ("filter %", &["%", "", ""]),
        ("filter green", &["green"]),
        ("filter", &[""]),
    ] {
        let kind = &read(text).pipeline.stages[0].kind;
        assert_eq!(values(fields(kind, text)), shown, "{text}");
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
    for ends in ["cancel after 3 outputs ; cancel after 40ms ; timeout 1s", "timeout 1s", ""] {
        assert_eq!(ends_text(&values(ends_fields(ends))), ends);
    }
    let odd = "TIMEOUT soon ;; cancel 1 Output ; Cancel After 1x ; stop";
    assert_eq!(values(ends_fields(odd)), ["1", "1x", "soon"]);
}
