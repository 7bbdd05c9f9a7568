//! What is said of tasks that wait for ever: for what, and whose part is missing.

use fanin::{
    Context, Receiver, WaitGroup, chan,
    detect::{Kind, findings},
    go, goexit,
    group::Semaphore,
    named,
    probe::{TaskId, What},
    select,
    sim::Config,
    sync::{Cond, Mutex},
    time::Timer,
};
use std::time::Duration;

/// What is said of the one task that is left over, or of main in a deadlock, without the steps.
fn said(main: impl Future<Output = ()> + Send + 'static) -> String {
    let run = Config::new().run(main);
    let found = findings(&run.recording.events);
    let [stuck] = &found[..] else { panic!("{found:?}") };
    assert!(matches!(stuck.kind, Kind::Leak | Kind::Deadlock));
    let words = stuck.message.split(' ');
    let words =
        words.map(|w| if w.trim_end_matches(['.', ',', ';', ':']).parse::<u32>().is_ok() { "N" } else { w });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_channels_other_end() {
    let received = said(async {
        let (tx, rx) = named("jobs", || chan(0));
        go(async move { tx.send(1).await });
        rx.recv().await;
        rx.recv().await;
    });
    assert_eq!(
        received,
        "Deadlock: all goroutines are asleep.\nmain waits to receive from channel #1 (jobs): nobody sends on it or closes \
         it any more; g2, the last to do so, returned in step N"
    );
    let sent = said(async {
        let (tx, _rx) = chan(0);
        go(async move { tx.send(7).await });
    });
    assert_eq!(sent, "g2 waits for ever to send N on channel #1: nobody else ever received from it.");
}

#[test]
fn a_counter_and_who_lowered_it_last() {
    let never = said(async {
        let wg = WaitGroup::new();
        wg.add(1);
        wg.wait().await;
    });
    assert!(
        never.ends_with("for the wait group #1, whose counter is still N nobody ever called done."),
        "{never}"
    );
    let once = said(async {
        let wg = WaitGroup::new();
        wg.add(2);
        let worker = wg.clone();
        go(async move { worker.done() });
        wg.wait().await;
    });
    assert!(once.ends_with("is still N g2, the last to call done, returned in step N"), "{once}");
}

#[test]
fn a_join_and_what_its_task_is_at() {
    let said = said(async {
        let task = go(async { Context::background().done().recv().await });
        let _never = task.await;
    });
    assert!(
        said.contains("main waits for g2 to end: it is itself blocked in chan receive (nil chan)."),
        "{said}"
    );
}

#[test]
fn a_lock_and_its_holder() {
    let itself = said(async {
        let mutex = Mutex::new(());
        let _guard = mutex.lock().await;
        let _again = mutex.lock().await;
    });
    assert!(itself.ends_with("main waits to lock #1: it has held it itself since step N"), "{itself}");
    let gone = said(async {
        let mutex = Mutex::new(());
        let other = mutex.clone();
        go(async move { other.lock_raw().await }).await.expect("it returns");
        mutex.lock_raw().await;
    });
    assert!(
        gone.ends_with(
            "to lock #1: g2 has held it since step N and returned in step N without unlocking it."
        ),
        "{gone}"
    );
}

#[test]
fn a_signal_units_a_context_and_a_timer() {
    let signal = said(async {
        let guard = Mutex::new(()).lock().await;
        let _guard = Cond::new().wait(guard).await;
    });
    assert!(signal.ends_with("for a signal of #2: nobody else ever gave one."), "{signal}");
    let units = said(async {
        let semaphore = Semaphore::new(3);
        assert!(semaphore.try_acquire(2).await);
        semaphore.acquire(&Context::background(), 2).await.expect("it never ends");
    });
    assert!(
        units.ends_with("for N units of #1, of which N of N are held: main has held N since step N"),
        "{units}"
    );
    let context = said(async {
        let (ctx, _cancel) = Context::background().with_cancel();
        ctx.done().recv().await;
    });
    assert!(context.ends_with("for the end of context #2, which nobody cancels."), "{context}");
    let timer = said(async {
        let timer = Timer::new(Duration::from_secs(1));
        timer.stop();
        timer.recv().await;
    });
    assert!(timer.ends_with("to receive from timer #1, which is stopped or was read already."), "{timer}");
}

#[test]
fn each_case_of_a_select() {
    let said = said(async {
        let (tx, rx) = chan(0);
        let (_other, results) = chan::<u32>(0);
        select! {
            tx.send(1) => {},
            _ = results.recv() => {},
        }
        drop(rx);
    });
    assert!(said.contains("in a select: to send N on channel #1: nobody else ever received from it; or to receive from channel #2: nobody else ever sent on it."), "{said}");
}

#[test]
fn a_case_on_a_nil_channel_is_told_as_what_it_is() {
    let nil = |others: usize| {
        said(async move {
            let (tx, _rx) = chan(0);
            let never: Vec<_> = (0..others).map(|_| Receiver::<u32>::never()).collect();
            match &never[..] {
                [] => select! { tx.send(1) => {} },
                [one] => select! { tx.send(1) => {}, _ = one.recv() => {} },
                [one, two, ..] => select! { tx.send(1) => {}, _ = one.recv() => {}, _ = two.recv() => {} },
            }
        })
    };
    let waits = "to send N on channel #1: nobody else ever received from it.";
    assert!(nil(0).ends_with(waits));
    assert!(
        nil(1).ends_with(&format!("{waits} Its other case is on a nil channel, and can never be taken."))
    );
    assert!(
        nil(2).ends_with(&format!("{waits} Its other cases are on nil channels, and can never be taken."))
    );
}

#[test]
fn a_deadlock_has_a_line_for_each_task() {
    let run = Config::new().run(async {
        let (tx, rx) = chan::<u32>(0);
        for name in ["left", "right"] {
            let tx = tx.clone();
            named(name, || go(async move { tx.send(7).await }));
        }
        rx.recv().await;
        tx.send(8).await;
    });
    let found = findings(&run.recording.events);
    let mut lines = found[0].message.lines();
    assert_eq!(lines.next(), Some("Deadlock: all goroutines are asleep."));
    assert!(lines.next().is_some_and(|line| line.starts_with("main waits to send 8 ")), "{found:?}");
    let (task, line) = (found[0].tasks[1], lines.next().unwrap());
    assert!(line.starts_with(&format!("{task} (")) && line.contains(" waits to send 7 "), "{found:?}");
    assert_eq!((found[0].tasks.len(), lines.next()), (2, None));
}

#[test]
fn main_that_leaves_as_the_last() {
    let run = Config::new().run(async {
        let (tx, rx) = chan(0);
        go(async move { tx.send(1).await });
        rx.recv().await;
        match goexit().await {}
    });
    let events = &run.recording.events;
    let [finding] = &findings(events)[..] else { panic!("{}", run.recording.report()) };
    assert_eq!((finding.kind, &finding.tasks[..]), (Kind::Deadlock, &[TaskId::MAIN][..]));
    let said = format!(
        "Deadlock: nobody is left to end the program.\nmain left by Goexit in step {}.",
        finding.step
    );
    assert_eq!(finding.message, said);
    let left = events.iter().find(|e| matches!(e.what, What::Fault { .. })).expect("it leaves");
    assert_eq!((finding.step, finding.places.first()), (left.step, left.place.as_ref()));
    assert!(left.place.is_some());
}
