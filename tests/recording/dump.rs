//! What the goroutines are at, at any step.

use fanin::{Receiver, chan, go, named, sim::Config, sync::Mutex, time::sleep};
use std::time::Duration;

#[test]
fn a_dump_follows_the_run() {
    let line = line!();
    let recording = Config::new().seed(1).run(async {
        let mutex = Mutex::new(());
        let other = mutex.clone();
        let _guard = mutex.lock().await;
        named("locker", || go(async move { drop(other.lock().await) }));
        sleep(Duration::from_secs(150)).await;
        Receiver::<u32>::never().recv().await
    });
    let recording = recording.recording;
    let at = |below| format!("{}:{}", file!(), line + below);
    let by_step: Vec<_> = (0..=recording.steps()).map(|step| recording.dump(step)).collect();
    assert_eq!(by_step[0], "goroutine 1 [runnable]:");
    assert_eq!(by_step[1], format!("goroutine 1 [runnable]:\n\t{}", at(4)));
    let locker = |state: &str, place: &str| {
        format!("goroutine 2 [{state}]:\nlocker{place}\ncreated by goroutine 1\n\t{}", at(5))
    };
    let all: String = by_step.join("\n\n");
    for part in [
        locker("runnable", ""),
        locker("runnable", &format!("\n\t{}", at(5))),
        locker("sync.Mutex.Lock", &format!("\n\t{}", at(5))),
        locker("sync.Mutex.Lock, 2 minutes", &format!("\n\t{}", at(5))),
        format!("goroutine 1 [sleep]:\n\t{}", at(6)),
    ] {
        assert!(all.contains(&part), "{part}\n\nis not in\n\n{all}");
    }
    let last = by_step.last().expect("there is a step");
    assert!(last.starts_with(&format!("goroutine 1 [chan receive (nil chan)]:\n\t{}\n\n", at(7))), "{last}");
    assert!(last.ends_with(&locker("sync.Mutex.Lock, 2 minutes", &format!("\n\t{}", at(5)))), "{last}");
}

#[test]
fn who_has_ended_is_not_in_it() {
    let run = Config::new().run(async {
        let (tx, rx) = chan(1);
        go(async move { tx.send(1).await });
        rx.recv().await
    });
    assert_eq!(run.recording.dump(run.recording.steps()), "");
    assert_eq!(run.recording.report(), "main returned");
}
