//! The end of a program: with its main task, or with the first panic.

use fanin::{
    Context, ContextError, Receiver, chan,
    context::{Custom, End, Unregister},
    go,
    rt::{
        local,
        threads::{Config, Ended},
    },
    time::{after_func, now, sleep},
};
use std::{
    future::Ready,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

/// Runs a program and waits for its end, on each number of workers.
fn ended<T: Send + 'static, F>(config: &Config, main: impl Fn() -> F) -> Vec<Ended<T>>
where
    F: Future<Output = T> + Send + 'static,
{
    let service = tokio::runtime::Builder::new_current_thread().build().expect("a runtime of one thread");
    [1, 2, 8].map(|n| service.block_on(config.clone().workers(n).start(main()))).into()
}

fn text(ended: Ended<()>) -> String {
    let payload = ended.value.expect_err("it panicked");
    payload
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or(payload.downcast_ref().cloned())
        .expect("a text")
}

/// Sets a flag when it is dropped.
struct Flag(Arc<AtomicBool>);

impl Drop for Flag {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn what_still_ran_is_reported_with_its_line() {
    for ended in ended(&Config::new(), || async {
        let (tx, rx) = chan(0);
        go(async move { tx.send(1).await }); // receives nobody
        go(async {}).await.expect("it returns");
        drop(rx);
    }) {
        let [left] = &ended.left[..] else { panic!("one task is left, not {:?}", ended.left) };
        let line =
            1 + include_str!("ends.rs").lines().position(|l| l.ends_with("// receives nobody")).unwrap();
        assert_eq!(left.to_string(), format!("g2 started at {}:{line} had not ended", file!()));
    }
}

#[test]
fn what_still_waits_is_dropped_inside_the_runtime() {
    let dropped = Arc::new(AtomicBool::new(false));
    let flag = dropped.clone();
    Config::new().workers(2).run(async move {
        let (tx, rx) = chan::<()>(0);
        let started = tx.clone();
        go(async move {
            let _flag = Flag(flag);
            let _close = started.close_on_drop();
            started.send(()).await;
            Receiver::<()>::never().recv().await
        });
        rx.recv().await
    });
    assert!(dropped.load(Ordering::SeqCst));
}

#[test]
fn a_panic_of_any_task_ends_the_program() {
    for ended in ended(&Config::new(), || async {
        go(async { panic!("boom") });
        Receiver::<()>::never().recv().await;
    }) {
        assert_eq!(ended.left.len(), 1, "main waits: {:?}", ended.left);
        assert_eq!(text(ended), "boom");
    }
}

#[test]
fn a_fault_has_gos_text() {
    for ended in ended(&Config::new(), || async {
        let (tx, _rx) = chan(1);
        tx.close();
        tx.send(1).await;
    }) {
        assert_eq!(text(ended), "send on closed channel");
    }
}

#[test]
fn a_panic_in_deferred_code_ends_the_program_too() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("deferred boom");
        }
    }
    for ended in ended(&Config::new(), || async {
        go(async {
            let _bomb = Bomb;
        });
        Receiver::<()>::never().recv().await;
    }) {
        assert_eq!(text(ended), "deferred boom");
    }
}

#[test]
fn the_function_of_a_timer_runs_in_a_task() {
    for ended in ended(&Config::new(), || async {
        let (tx, rx) = chan(1);
        after_func(Duration::ZERO, move || {
            let (tx, name) = (tx.clone(), thread::current().name().map(str::to_owned));
            async move { tx.send(name).await }
        });
        rx.recv().await.expect("it is sent")
    }) {
        assert_eq!(ended.value.expect("nobody panics").as_deref(), Some("fanin"), "that of the workers");
    }
}

#[test]
fn a_panic_of_a_timers_function_ends_the_program() {
    for ended in ended(&Config::new(), || async {
        after_func(Duration::ZERO, || -> Ready<()> { panic!("in a timer") });
        Receiver::<()>::never().recv().await;
    }) {
        assert_eq!(text(ended), "in a timer");
    }
}

#[test]
fn a_panic_at_a_deadline_ends_the_program() {
    /// Panics where it is told that nobody listens any more.
    struct Sulks(Receiver<()>);
    impl Custom for Sulks {
        fn done(&self) -> Receiver<()> {
            self.0.clone()
        }
        fn err(&self) -> Option<ContextError> {
            None
        }
        fn after_func(&self, _: End) -> Result<Unregister, End> {
            Ok(Box::new(|| panic!("nobody listens")))
        }
    }
    for ended in ended(&Config::new(), || async {
        let (_tx, done) = chan(0);
        let (_ctx, _cancel) = Context::custom(Sulks(done)).with_timeout(Duration::from_millis(1));
        Receiver::<()>::never().recv().await;
    }) {
        assert_eq!(text(ended), "nobody listens");
    }
}

#[test]
fn run_panics_with_the_panic() {
    let run = || Config::new().workers(2).run(async { panic!("of main") });
    let payload = catch_unwind(AssertUnwindSafe(run)).expect_err("it panicked");
    assert_eq!(payload.downcast_ref(), Some(&"of main"));
}

#[test]
fn without_a_grace_nobody_goes_on() {
    let rounds = Arc::new(AtomicU32::new(0));
    let counted = rounds.clone();
    Config::new().paused_clock().workers(2).run(async move {
        go(async move {
            loop {
                sleep(Duration::from_secs(2)).await;
                counted.fetch_add(1, Ordering::SeqCst);
            }
        });
        sleep(Duration::from_secs(5)).await;
    });
    assert_eq!(rounds.load(Ordering::SeqCst), 2);
}

#[test]
fn a_grace_lets_the_others_end_and_no_longer() {
    for ended in ended(&Config::new().paused_clock().grace(Duration::from_secs(10)), || async {
        for seconds in [3, 9, 11] {
            go(async move { sleep(Duration::from_secs(seconds)).await });
        }
    }) {
        assert_eq!(ended.left.len(), 1, "{:?}", ended.left);
        assert_eq!(ended.left[0].task.0, 4, "the longest");
    }
}

#[test]
fn a_grace_ends_with_the_last_task() {
    let slept = Config::new().paused_clock().grace(Duration::MAX).workers(2).run(async {
        go(async { sleep(Duration::from_secs(1)).await });
        now()
    });
    assert_eq!(slept.nanos(), 0, "main did not wait");
}

#[test]
fn main_ends_the_program_although_it_has_just_started_others() {
    let main = || async {
        for _ in 0..3 {
            go(async { Receiver::<()>::never().recv().await });
        }
        7
    };
    assert_eq!(local::run(main()), 7);
    assert!(ended(&Config::new(), main).into_iter().all(|ended| ended.value.is_ok_and(|n| n == 7)));
}
