//! What is said of a wrong text, and where.

use fanin::pipeline::{Kind, Pipeline, Stage, limits};

/// The errors of `text`, each as `underlined: message`.
fn errors(text: &str) -> Vec<String> {
    let errors = Pipeline::parse(text).expect_err(text);
    errors.iter().map(|e| format!("{}: {e}", &text[e.span.start as usize..e.span.end as usize])).collect()
}

/// That `text` has this one error at this place.
#[track_caller]
fn wrong(text: &str, expected: &str) {
    assert_eq!(errors(text), [expected]);
}

/// That `text`, behind a source, has this one error at this place.
#[track_caller]
fn wrong_stage(text: &str, expected: &str) {
    wrong(&format!("range 1..9 | {text}"), expected);
}

#[test]
fn nothing_to_run() {
    wrong("", ": Add a source to begin. For example `range 1..12`.");
    wrong("  ", "  : Add a source to begin. For example `range 1..12`.");
    wrong("range 1..9 |", ": There is no stage here. Write one, or take out a `|`.");
    wrong("range 1..9 | | square", " : There is no stage here. Write one, or take out a `|`.");
}

#[test]
fn names() {
    wrong_stage("fanin", "fanin: There is no stage `fanin`. Did you mean `fan-in`?");
    wrong_stage("fan in", "fan: There is no stage `fan`. Did you mean `fan-in`?");
    wrong_stage("mul 2", "mul: There is no stage `mul`. Did you mean `multiply`?");
    let all = "There are add, multiply, square, filter, prime, delay, fail, take, buffer, fan-out, tee, and, fan-in.";
    wrong_stage("квадрат", &format!("квадрат: There is no stage `квадрат`. {all}"));
    wrong_stage("3", &format!("3: There is no stage `3`. {all}"));
    wrong("gen 1..9", "gen: There is no stage `gen`. There are range, list, repeat, random, ticker.");
    wrong_stage("cancel after 3ms", "cancel: There is no stage `cancel`. It stands at the end, after a `;`.");
    let long = "a".repeat(99);
    wrong_stage(&long, &format!("{long}: There is no stage `{}…`. {all}", &long[..24]));
}

#[test]
fn parameters() {
    wrong_stage("add", "add: `add` needs a whole number. Write, for example, `add 1`.");
    wrong_stage("add no-cancel", "add no-cancel: `add` needs a whole number. Write, for example, `add 1`.");
    wrong_stage("add x", "x: `x` is not a whole number.");
    wrong_stage("add 1.5", "1.5: `1.5` is not a whole number.");
    wrong_stage("add −5", "−: `−` is not a whole number.");
    wrong_stage("add ５", "５: `５` is not a whole number.");
    wrong_stage("add 99999999999999999999", "99999999999999999999: `99999999999999999999` is too large.");
    wrong_stage("add -99999999999999999999", "-99999999999999999999: `-99999999999999999999` is too small.");
    wrong_stage("add 1 2", "2: `2` is too much here. Write, for example, `add 1`.");
    wrong_stage("square no-cancle", "no-cancle: `no-cancle` is too much here. Did you mean `no-cancel`?");
    wrong_stage("fan-out -1 | fan-in", "-1: `-1` is not a number of workers.");
    wrong_stage(
        "delay 5",
        "5: `5` has no unit. Write `5ms`, for example; the units are h, m, s, ms, us and ns.",
    );
    wrong_stage(
        "delay 1m30",
        "1m30: `1m30` has no unit. Write `1m30ms`, for example; the units are h, m, s, ms, us and ns.",
    );
    wrong_stage(
        "delay 5d",
        "5d: `5d` is not a duration such as `5ms`. The units are h, m, s, ms, us and ns.",
    );
    wrong_stage(
        "delay 9h9d",
        "9h9d: `9h9d` is not a duration such as `5ms`. The units are h, m, s, ms, us and ns.",
    );
    wrong_stage(
        "delay -5ms",
        "-5ms: `-5ms` is not a duration such as `5ms`. The units are h, m, s, ms, us and ns.",
    );
    wrong_stage("delay 2h", "delay 2h: 7200s is longer than 3600s.");
    wrong_stage("delay 5124095h5124095h", "5124095h5124095h: `5124095h5124095h` is too long.");
    wrong_stage("delay 99999999999999999999s", "99999999999999999999s: `99999999999999999999s` is too long.");
    wrong_stage(
        "filter",
        "filter: `filter` needs a condition such as `even`, `> 3` or `% 3 = 1`. Write, for example, `filter even`.",
    );
    wrong_stage(
        "filter blue",
        "blue: `blue` stands where a condition such as `even`, `> 3` or `% 3 = 1` should be.",
    );
    wrong_stage(
        "filter % 3",
        "filter % 3: `filter` needs `=` and a remainder. Write, for example, `filter even`.",
    );
    wrong("range 1", "range 1: `range` needs `..` and a second number. Write, for example, `range 1..12`.");
    wrong("range 1…9", "…: `…` stands where `..` and a second number should be.");
    wrong("list", "list: How many values there are is 0: it has to be from 1 to 64.");
}

#[test]
fn every_error_of_a_line() {
    assert_eq!(
        errors("range a..b | sqare | fan-out x | add 1 2 | fan-in ; cancel after 5 ; timeot 3s"),
        [
            "a: `a` is not a whole number.",
            "b: `b` is not a whole number.",
            "sqare: There is no stage `sqare`. Did you mean `square`?",
            "x: `x` is not a number of workers.",
            "2: `2` is too much here. Write, for example, `add 1`.",
            "5: `5` has no unit. Write `5ms`, for example; the units are h, m, s, ms, us and ns.",
            "timeot: `timeot` does not end a run. Did you mean `timeout`?",
        ]
    );
}

#[test]
fn clauses() {
    wrong(
        "range 1..9 ; cancel",
        "cancel: `cancel after` needs a duration such as `5ms`. Write, for example, `cancel after 40ms`.",
    );
    wrong("range 1..9 ; cancel after x outputs", "x: `x` is not a number of outputs.");
    wrong(
        "range 1..9 ; cancel after 0 outputs",
        "cancel after 0 outputs: The number of outputs is 0: it has to be from 1 to 10000.",
    );
    wrong("range 1..9 ; timeout 0s", "timeout 0s: The time has to be above 0.");
    wrong("range 1..9 ; timeout 1s ; timeout 2s", "timeout 2s: `timeout` stands here a second time.");
    wrong("range 1..9 ; timeout 1s 2s", "2s: `2s` is too much here. Write, for example, `timeout 1s`.");
    wrong(
        "range 1..9 ; | square",
        "|: `|` does not end a run. After a `;` stands `cancel after 40ms`, `cancel after 3 outputs` or `timeout 1s`.",
    );
}

#[test]
fn structure() {
    wrong("square", "square: A pipeline begins with a source. For example `range 1..12`.");
    wrong_stage("list 1", "list 1: Only the first stage can be a source.");
    wrong_stage(
        "fan-out 3 | square",
        "fan-out 3: Nothing merges this `fan-out`. Write `fan-in` after its last stage.",
    );
    wrong_stage(
        "fan-in",
        "fan-in: There is nothing to merge here. It needs a `fan-out` or a `tee` before it.",
    );
    wrong_stage("and", "and: `and` divides a tee, and there is none here.");
    wrong_stage("fan-out 2 | and | fan-in", "and: `and` divides a tee, and there is none here.");
    wrong_stage(
        "tee | square | fan-in",
        "tee: This tee has one branch. Write `and` between its two branches.",
    );
    wrong_stage("tee | and | and | fan-in", "and: A tee has two branches.");
    wrong_stage(
        "fan-out 2 no-cancel | square | fan-in",
        "fan-out 2 no-cancel: `fan-out` starts no task that a cancellation could stop. Write `no-cancel` after one of the stages that follow.",
    );
    wrong_stage(
        "fan-out 1 | tee | and | fan-out 1 | tee | and | fan-in | fan-in | fan-in | fan-in",
        "tee: Sections lie at most 3 deep.",
    );
    assert!(Pipeline::parse("range 1..9 | tee | and | fan-out 2 | fan-in | fan-in").is_ok());
}

#[test]
fn limits() {
    wrong_stage(
        "add 1000000001",
        "add 1000000001: The number is 1000000001: it has to be from -1000000000 to 1000000000.",
    );
    wrong_stage("fan-out 17 | fan-in", "fan-out 17: The number of workers is 17: it has to be from 1 to 16.");
    wrong_stage("buffer 65", "buffer 65: The number of slots is 65: it has to be from 1 to 64.");
    wrong_stage("take 0", "take 0: The number of items is 0: it has to be from 1 to 10000.");
    wrong_stage("delay 3601s", "delay 3601s: 3601s is longer than 3600s.");
    wrong_stage("delay 5ms ~6ms", "delay 5ms ~6ms: The jitter is longer than the delay.");
    wrong_stage(
        "filter divisible 0",
        "filter divisible 0: The divisor is 0: it has to be from 1 to 1000000000.",
    );
    wrong_stage("filter % 3 = 3", "filter % 3 = 3: The remainder is 3: it has to be from 0 to 2.");
    wrong("range 9..1", "range 9..1: The first number is above the second. Write `1..9`.");
    wrong("ticker 0ms", "ticker 0ms: The time has to be above 0.");
    wrong_stage(
        "fan-out 16 | fan-out 16 | square | fan-in | fan-in",
        "fan-out 16: 529 copies of stages would run, and 96 is the most. Take fewer workers.",
    );
    let squares = vec!["square"; limits::STAGES as usize].join(" | ");
    wrong_stage(&squares, "square: A pipeline has at most 32 stages.");
}

#[test]
fn a_flood_of_errors_is_cut_short() {
    assert_eq!(Pipeline::parse(&"|".repeat(4_000)).unwrap_err().len(), 34);
    assert_eq!(Pipeline::parse(&format!("range 1..9 {}", "; x".repeat(1_000))).unwrap_err().len(), 32);
    assert!(Pipeline::parse(&format!("range 1..9 {} timeout 1s", ";".repeat(1_000))).is_ok());
}

#[test]
fn data_is_checked_like_its_text() {
    let pipeline = Pipeline { stages: vec![Stage::heedless(Kind::FanOut(99))], ..Pipeline::default() };
    let said: Vec<String> = pipeline.check().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        errors("fan-out 99 no-cancel")
            .iter()
            .map(|e| e.split_once(": ").unwrap().1.to_owned())
            .collect::<Vec<_>>()
    );
    assert_eq!(said.len(), 4);
}
