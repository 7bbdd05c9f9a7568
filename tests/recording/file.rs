//! A file holds all of a recording, and a damaged one is refused with the place.

use super::recordings;
use fanin::{
    Context, WaitGroup, chan, detect, go,
    group::Semaphore,
    probe::What,
    recover,
    sim::{Config, FileError, Recording},
    sync::{Mutex, shared::Var},
    time::{Timer, sleep},
};
use proptest::prelude::*;
use std::time::Duration;

#[test]
fn a_file_is_the_recording() {
    for recording in recordings() {
        let read = Recording::from_json(&recording.to_json()).expect("as it was written");
        assert_eq!(read, recording);
        assert_eq!(detect::findings(&read.events), detect::findings(&recording.events));
        assert_eq!(detect::lints(&read.events), detect::lints(&recording.events));
    }
}

#[test]
fn what_is_not_over_yet_can_be_written_too() {
    let mut sim = scenario_with_a_leak();
    assert!(sim.step());
    let recording = sim.recording();
    assert_eq!(recording.outcome, None);
    assert_eq!(Recording::from_json(&recording.to_json()).as_ref(), Ok(recording));
}

fn scenario_with_a_leak() -> fanin::sim::Sim {
    Config::new().seed(u64::MAX).start(async {
        let (tx, rx) = chan(0);
        go(async move { tx.send(String::from("\"quoted\",\n and öther")).await });
        rx.recv().await;
        fanin::output(&i64::MIN);
    })
}

fn file() -> String {
    let mut sim = scenario_with_a_leak();
    while sim.step() {}
    sim.into_recording().to_json()
}

/// A file in which there is something of everything that has a number, and tasks that wait for ever.
fn numbers() -> String {
    let run = Config::new().run(async {
        let (semaphore, wg, mutex, var) = (Semaphore::new(3), WaitGroup::new(), Mutex::new(()), Var::new(7));
        let (tx, rx) = chan(1);
        let timer = Timer::new(Duration::from_secs(90));
        for n in 0..2 {
            let (semaphore, mutex, var, tx) = (semaphore.clone(), mutex.clone(), var.clone(), tx.clone());
            wg.go(async move {
                semaphore.acquire(&Context::background(), 2).await.expect("it never ends");
                let _guard = mutex.lock().await;
                var.set(n);
                tx.send(n).await;
                sleep(Duration::from_secs(1)).await;
                semaphore.release(2);
            });
        }
        rx.recv().await;
        wg.wait().await;
        timer.recv().await;
        let _held = (mutex.lock().await, semaphore.try_acquire(2).await);
        go(async move { semaphore.acquire(&Context::background(), 2).await });
        let _never = mutex.lock().await;
    });
    run.recording.to_json()
}

fn refused(text: &str) -> String {
    Recording::from_json(text).expect_err("it is damaged").to_string()
}

#[test]
fn an_event_has_a_line_of_its_own() {
    let text = file();
    let fifth = text.lines().nth(5).expect("there are more than five events");
    let damaged = text.replace(fifth, "{\"step\":1,\"at\":0,\"task\":1,\"what\":\"sneeze\"},");
    let message = refused(&damaged);
    assert!(message.starts_with("line 6, column "), "{message}");
    assert!(message.contains("unknown variant `sneeze`, expected one of `go`, `start`,"), "{message}");
}

#[test]
fn another_version_is_named_whatever_else_it_says() {
    let other = file().replace("\"fanin_recording\":1", "\"fanin_recording\":2,\"colour\":\"blue\"");
    assert_eq!(Recording::from_json(&other), Err(FileError::Version { found: 2 }));
}

#[test]
fn what_is_no_recording_is_said_to_be_none() {
    for (text, says) in [
        ("", "line 1, column 0: EOF while parsing a value"),
        ("{}", "line 1, column 2: missing field `fanin_recording`"),
        (
            "{\"fanin_recording\":1,\n\"seed\":-1}",
            "line 2, column 9: invalid value: integer `-1`, expected u64",
        ),
        (
            "{\"fanin_recording\":1,\"colour\":2}",
            "line 1, column 29: unknown field `colour`, expected one of",
        ),
    ] {
        let message = refused(text);
        assert!(message.starts_with(says), "{message}");
    }
    let cut = file();
    let message = refused(&cut[..cut.len() / 2]);
    assert!(message.contains("EOF while parsing"), "{message}");
}

#[test]
fn a_line_of_source_is_checked() {
    let message = refused(&file().replacen("file.rs:", "file.rs?", 1));
    assert!(message.contains("is no line of a file, such as `src/main.rs:12`"), "{message}");
}

#[test]
fn what_cannot_have_happened_is_refused() {
    let message = refused(&file().replacen("\"step\":0", "\"step\":9", 1));
    assert_eq!(message, "event 2: step 1 comes after step 9");
    let message = refused(&file().replacen(
        "\"step\":1,\"at\":0,\"task\":1",
        "\"step\":1,\"at\":0,\"task\":4000000000",
        1,
    ));
    assert!(message.ends_with(": g4000000000 acts, and was never started"), "{message}");
}

#[test]
fn what_is_out_of_range_is_refused() {
    let message = refused(&numbers().replacen("\"at\":0", "\"at\":7", 1));
    assert_eq!(message, "event 2: the time 0 comes after the time 7");
    for (old, new, says) in [
        ("\"taken\":2", "\"taken\":4", ": 4 units of #1 are taken, which has 3"),
        (
            "\"taken\":-2",
            "\"taken\":-9223372036854775808",
            ": -9223372036854775808 units of #1 are taken, which has 3",
        ),
        ("\"held\":2", "\"held\":-1", ": -1 units of #1 are held, which has 3"),
        ("\"held\":2", "\"held\":9", ": 9 units of #1 are held, which has 3"),
    ] {
        let message = refused(&numbers().replacen(old, new, 1));
        assert!(message.starts_with("event ") && message.ends_with(says), "{message}");
    }
}

#[test]
fn a_task_that_a_fault_keeps_from_being_started_leaves_its_number_out() {
    let run = Config::new().run(async {
        let wg = WaitGroup::new();
        let caught = recover(async move {
            wg.done();
            go(async {});
        });
        assert!(caught.await.is_err());
        go(async {}).await
    });
    let born = run.recording.events.iter().filter_map(|e| match &e.what {
        What::Go { child, .. } => Some(child.0),
        _ => None,
    });
    assert_eq!(born.collect::<Vec<_>>(), [1, 3]);
    assert_eq!(Recording::from_json(&run.recording.to_json()).expect("it is read"), run.recording);
}

/// The places of the numbers in a text.
fn spans(text: &str) -> Vec<(usize, usize)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let starts = text.match_indices(is_digit).map(|(at, _)| at);
    let starts = starts.filter(|at| *at == 0 || !text[..*at].ends_with(is_digit));
    starts.map(|at| (at, at + text[at..].find(|c| !is_digit(c)).unwrap_or(text.len() - at))).collect()
}

/// It is read or refused, and what is read can be judged and shown.
fn read_or_refuse(text: &str) {
    if let Ok(read) = Recording::from_json(text) {
        let _found = (detect::findings(&read.events), detect::lints(&read.events));
        let _shown = (read.report(), read.to_chrome_trace());
    }
}

proptest! {
    /// Whatever becomes of a file.
    #[test]
    fn damage_does_no_harm(cuts in prop::collection::vec((any::<prop::sample::Index>(), "[0-9a-z{}\\[\\],:\"]?"), 1..4)) {
        let mut text = file();
        for (at, with) in cuts {
            let at = at.index(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(at + 1) {
                text.replace_range(at..=at, &with);
            }
        }
        read_or_refuse(&text);
    }

    /// Whatever its numbers are.
    #[test]
    fn other_numbers_do_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), 0..4usize), 1..4)) {
        let mut text = numbers();
        for (at, with) in changes {
            let spans = spans(&text);
            let (from, to) = spans[at.index(spans.len())];
            text.replace_range(from..to, ["0", "1", "4294967295", "9223372036854775807"][with]);
        }
        read_or_refuse(&text);
    }
}
