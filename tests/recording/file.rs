//! A file holds all of a recording, and a damaged one is refused with the place.

use super::recordings;
use fanin::{
    WaitGroup, chan, detect, go,
    probe::What,
    recover,
    sim::{Config, FileError, Recording},
};
use proptest::prelude::*;

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

proptest! {
    /// Whatever becomes of a file, it is read or refused, and what is read can be judged.
    #[test]
    fn damage_does_no_harm(cuts in prop::collection::vec((any::<prop::sample::Index>(), "[0-9a-z{}\\[\\],:\"]?"), 1..4)) {
        let mut text = file();
        for (at, with) in cuts {
            let at = at.index(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(at + 1) {
                text.replace_range(at..=at, &with);
            }
        }
        if let Ok(read) = Recording::from_json(&text) {
            let _found = (detect::findings(&read.events), detect::lints(&read.events));
            let _shown = (read.report(), read.to_chrome_trace());
        }
    }
}
