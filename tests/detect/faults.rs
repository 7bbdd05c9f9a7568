//! What is said of faults: of which object, and who had brought it there.

use fanin::{
    Context, WaitGroup, chan,
    detect::{Kind, findings},
    go,
    group::Semaphore,
    named, output,
    probe::{ObjId, TaskId, What},
    select,
    sim::{Config, Outcome},
    sync::{Mutex, RwLock, shared::Var},
};

/// The one finding, which must be a fault: its message with the lines counted from `line`, and its tasks and objects.
fn fault(line: u32, main: impl Future<Output = ()> + Send + 'static) -> (String, Vec<u32>, Vec<ObjId>) {
    let run = Config::new().run(main);
    let found = findings(&run.recording.events);
    let [fault] = &found[..] else { panic!("{found:?}") };
    assert_eq!(fault.kind, Kind::Fault);
    let mut message = fault.message.clone();
    for place in &fault.places {
        message = message.replace(&place.to_string(), &format!("+{}", place.line - line));
    }
    assert_eq!(fault.places.len(), message.matches('+').count() + 1, "its own line is not in the message");
    (message, fault.tasks.iter().map(|TaskId(n)| *n).collect(), fault.objects.clone())
}

#[test]
fn a_closed_channel_was_closed_by_somebody() {
    let closed = |op: u32| {
        fault(line!(), async move {
            let (tx, rx) = named("jobs", || chan(1));
            let other = tx.clone();
            go(async move { other.close() }).await.expect("it returns");
            match op {
                0 => tx.send(1).await,
                1 => tx.close(),
                _ => select! { tx.send(1) => {}, _ = Context::background().done().recv() => {} },
            }
            drop(rx);
        })
    };
    for (op, text) in [(0, "send on"), (1, "close of"), (2, "send on")] {
        let (message, tasks, objects) = closed(op);
        let expected = format!(
            "main ends the program: panic: {text} closed channel. #1 (jobs) was closed by g2 in step 4 at +3."
        );
        assert_eq!((message, tasks, objects), (expected, vec![1, 2], vec![ObjId(1)]));
    }
}

#[test]
fn a_waiting_sender_is_told_who_closed() {
    let (message, tasks, _) = fault(line!(), async {
        let (tx, _rx) = chan(0);
        let other = tx.clone();
        go(async move { other.close() });
        tx.send(1).await;
    });
    assert!(message.contains("panic: send on closed channel. #1 was closed by g2 in step"), "{message}");
    assert_eq!(tasks, [1, 2]);
}

#[test]
fn a_counter_was_brought_to_zero_by_somebody() {
    let (message, tasks, objects) = fault(line!(), async {
        let wg = WaitGroup::new();
        wg.add(1);
        wg.done();
        wg.done();
    });
    assert_eq!(
        message,
        "main ends the program: panic: sync: negative WaitGroup counter. #1 was brought to zero by main in step 3 at +3."
    );
    assert_eq!((tasks, objects), (vec![1], vec![ObjId(1)]));
}

#[test]
fn a_lock_was_unlocked_by_somebody_or_never_locked() {
    let (message, ..) = fault(line!(), async {
        let mutex = named("mu", || Mutex::new(()));
        mutex.lock_raw().await;
        mutex.unlock();
        mutex.unlock();
    });
    assert_eq!(
        message,
        "main ends the program: fatal error: sync: unlock of unlocked mutex. \
         #1 (mu) was last unlocked by main in step 3 at +3."
    );
    let (message, ..) = fault(line!(), async { RwLock::new(()).read_unlock() });
    assert_eq!(
        message,
        "main ends the program: fatal error: sync: RUnlock of unlocked RWMutex. It is about #1."
    );
}

#[test]
fn units_were_released_by_somebody() {
    let (message, ..) = fault(line!(), async {
        let semaphore = Semaphore::new(1);
        assert!(semaphore.try_acquire(1).await);
        semaphore.release(1);
        semaphore.release(1);
    });
    assert!(message.ends_with("#1 was last released by main in step 3 at +3."), "{message}");
}

#[test]
fn a_panic_of_ones_own_is_about_no_object() {
    let run = Config::new().run(async { fanin::panic("send on closed channel").await });
    let found = findings(&run.recording.events);
    assert_eq!(found[0].message, "main ends the program: panic: send on closed channel.");
    assert_eq!((found[0].objects.len(), found[0].tasks.len()), (0, 1));
}

#[test]
fn nothing_comes_after_a_fault_that_a_look_brings_forward_but_what_was_deferred() {
    let run = Config::new().run(async {
        let (tx, rx) = chan::<u32>(0);
        let wg = WaitGroup::new();
        let x = Var::new(1);
        go(async move {
            let _deferred = tx.close_on_drop();
            wg.done();
            output(&tx.len());
            x.set(2);
            tx.close();
            go(async { output(&"a task") });
        });
        rx.recv().await;
    });
    assert!(matches!(run.recording.outcome, Some(Outcome::Faulted { .. })), "{}", run.recording.report());
    let events = &run.recording.events;
    let closed = events.iter().filter(|e| matches!(e.what, What::Close { .. })).count();
    let went = events.iter().filter(|e| matches!(e.what, What::Go { .. })).count();
    assert_eq!((run.recording.outputs(), closed, went), (vec![], 1, 2), "main and one task are started");
    assert!(!events.iter().any(|e| matches!(e.what, What::Memory { .. })));
}
