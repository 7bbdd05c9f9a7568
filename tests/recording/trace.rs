//! A trace has a track for each goroutine, without a gap, and an arrow for each message.

use super::recordings;
use fanin::{
    chan, go, named,
    probe::What,
    sim::{Config, Recording},
};
use serde_json::Value;
use std::collections::BTreeMap;

fn trace(recording: &Recording) -> Vec<Value> {
    let trace: Value = serde_json::from_str(&recording.to_chrome_trace()).expect("it is JSON");
    trace["traceEvents"].as_array().expect("a list").clone()
}

/// The slices of each track, in order: name, beginning, end.
fn tracks(trace: &[Value]) -> BTreeMap<u64, Vec<(String, u64, u64)>> {
    let mut tracks: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for e in trace.iter().filter(|e| e["ph"] == "X") {
        let [tid, ts, dur] = ["tid", "ts", "dur"].map(|key| e[key].as_u64().expect("a number"));
        let name = e["name"].as_str().expect("a text").to_string();
        tracks.entry(tid).or_default().push((name, ts, ts + dur));
    }
    tracks
}

#[test]
fn a_track_tells_what_its_goroutine_was_at() {
    let recording = Config::new().run(async {
        let (tx, rx) = chan(0);
        named("sender", || go(async move { tx.send(1).await }));
        rx.recv().await
    });
    let trace = trace(&recording.recording);
    let names = trace.iter().filter(|e| e["name"] == "thread_name").map(|e| e["args"]["name"].clone());
    assert_eq!(names.collect::<Vec<_>>(), ["clock", "g1", "g2 sender"]);
    let states = tracks(&trace);
    let of = |task| states[&task].iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>();
    assert_eq!(
        (of(1), of(2)),
        (
            vec!["running", "runnable", "running", "chan receive", "running"],
            vec!["running", "runnable", "running"]
        )
    );
    assert!(trace.iter().any(|e| e["name"] == "chan receive" && e["args"]["in"]["recv"]["ch"] == 1));
}

#[test]
fn a_track_has_no_gap_and_no_overlap() {
    for recording in recordings() {
        let trace = trace(&recording);
        for (task, slices) in tracks(&trace).into_iter().filter(|(task, _)| *task > 0) {
            for pair in slices.windows(2) {
                assert_eq!(pair[0].2, pair[1].1, "g{task}: {pair:?}");
            }
        }
    }
}

#[test]
fn each_message_that_is_received_is_an_arrow_within_slices() {
    for recording in recordings() {
        let trace = trace(&recording);
        let tracks = tracks(&trace);
        let ends = |phase: &str| trace.iter().filter(|e| e["ph"] == *phase).cloned().collect::<Vec<_>>();
        let handed = |what: &What| matches!(what, What::Recv { .. } | What::Send { to: Some(_), .. });
        let received = recording.events.iter().filter(|e| handed(&e.what)).count();
        assert_eq!(ends("f").len(), received);
        for end in ends("f") {
            assert!(ends("s").iter().any(|s| s["id"] == end["id"] && s["ts"].as_u64() <= end["ts"].as_u64()));
        }
        for end in ends("s").iter().chain(&ends("f")) {
            let (tid, ts) = (end["tid"].as_u64().expect("a number"), end["ts"].as_u64().expect("a number"));
            assert!(tracks[&tid].iter().any(|(_, from, to)| (*from..*to).contains(&ts)), "{end}");
        }
    }
}
