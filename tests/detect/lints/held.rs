//! Locks that are held during a wait for something else.

use super::{MS, found, nothing, only};
use fanin::{
    Context, chan,
    detect::{Finding, Kind},
    go, named,
    sync::{Cond, Mutex, Once, RwLock},
    time::sleep,
    yield_now,
};

/// A task that holds a lock while it does something, and another one that wants the lock meanwhile.
fn holding<F: Future<Output = ()> + Send + 'static>(
    meanwhile: impl Fn() -> F + Copy + Send + Sync + 'static,
) -> Vec<Vec<Finding>> {
    found(move || async move {
        let mutex = named("mu", || Mutex::new(()));
        let other = mutex.clone();
        let _guard = mutex.lock().await;
        go(async move { drop(other.lock().await) });
        yield_now().await;
        meanwhile().await;
    })
}

#[test]
fn a_lock_held_during_a_wait_is_told_if_another_task_wants_it() {
    let received = holding(|| async {
        let (tx, rx) = chan(0);
        go(async move {
            sleep(MS).await;
            tx.send(()).await;
        });
        rx.recv().await;
    });
    let says = [
        "main has been blocked in chan receive since step",
        "holds #1 (mu), for which g2 has waited since step",
    ];
    only(&received, Kind::LockHeld, &says);
    nothing(&holding(yield_now));
    nothing(&holding(|| sleep(MS)));
}

#[test]
fn a_lock_given_back_for_a_wait_or_wanted_by_nobody_is_fine() {
    nothing(&found(|| async {
        let (mutex, cond) = (Mutex::new(()), Cond::new());
        let (other, signal) = (mutex.clone(), cond.clone());
        let guard = mutex.lock().await;
        go(async move {
            let _guard = other.lock().await;
            signal.signal();
        });
        let _guard = cond.wait(guard).await;
        sleep(MS).await;
    }));
    // The others wait for the very function that runs.
    nothing(&found(|| async {
        let once = Once::new();
        for _ in 0..2 {
            let once = once.clone();
            go(async move { once.do_once(async || receive_late().await).await });
        }
    }));
    // It was given back before the wait.
    nothing(&found(|| async {
        let mutex = Mutex::new(());
        let other = mutex.clone();
        go(async move {
            let _guard = other.lock().await;
            sleep(MS * 2).await;
        });
        drop(mutex.lock().await);
        let again = mutex.clone();
        go(async move { drop(again.lock().await) });
        receive_late().await;
    }));
}

#[test]
fn of_several_readers_the_one_is_told_that_holds_the_lock_and_is_in_the_way() {
    // The other reader has given the lock back.
    let held = found(|| async {
        let lock = named("config", || RwLock::new(()));
        let (other, writer) = (lock.clone(), lock.clone());
        let _shared = lock.read().await;
        go(async move { drop(other.read().await) }).await.expect("it returns");
        go(async move { drop(writer.write().await) });
        receive_late().await;
    });
    only(
        &held,
        Kind::LockHeld,
        &["main has been blocked in chan receive", "holds #1 (config), for which g3 has waited"],
    );
    // A reader that waits behind a writer does not wait for the reader before it.
    let held = found(|| async {
        let lock = named("config", || RwLock::new(()));
        let (reader, writer) = (lock.clone(), lock.clone());
        let _shared = lock.read().await;
        go(async move {
            sleep(MS * 2).await;
            drop(reader.read().await);
        });
        go(async move {
            sleep(MS).await;
            drop(writer.write().await);
        });
        sleep(MS * 3).await;
        receive_late().await;
    });
    only(&held, Kind::LockHeld, &["holds #1 (config), for which g3 has waited"]);
}

/// No other task comes to wait after main.
#[test]
fn each_lock_that_is_held_during_a_wait_is_told() {
    let held = found(|| async {
        let (a, b) = (named("a", || Mutex::new(())), named("b", || Mutex::new(())));
        let _guards = (a.lock().await, b.lock().await);
        for wanted in [a.clone(), b.clone()] {
            go(async move { drop(wanted.lock().await) });
        }
        sleep(MS).await;
        Context::background().with_timeout(MS).0.done().recv().await;
    });
    for held in &held {
        let [first, second] = &held[..] else { panic!("{held:?}") };
        assert_eq!((first.kind, second.kind), (Kind::LockHeld, Kind::LockHeld));
        assert!(first.message.contains("(a), for which g2"), "{}", first.message);
        assert!(second.message.contains("(b), for which g3"), "{}", second.message);
    }
    assert!(!held.is_empty());
}

async fn receive_late() {
    let (tx, rx) = chan(0);
    go(async move {
        sleep(MS).await;
        tx.send(()).await;
    });
    rx.recv().await;
}
