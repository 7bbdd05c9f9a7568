//! Groups of tasks that fail together, and scopes.

use crate::harness::*;
use fanin::{
    Context, ContextError, Receiver, go, goexit,
    group::{Group, Semaphore, scope},
    panic, select,
    time::{now, sleep, timeout},
    yield_now,
};

type Result = std::result::Result<(), &'static str>;

async fn fail_after(millis: u64, error: &'static str) -> Result {
    sleep(ms(millis)).await;
    Err(error)
}

async fn succeed_after(millis: u64) -> Result {
    sleep(ms(millis)).await;
    Ok(())
}

conformance! {
    /// A new group has no limit and no context; it waits without an error if no task failed.
    async fn errg_01_a_new_group() {
        let group = Group::<&str>::default();
        assert_eq!(group.wait().await, Ok(()));
        assert!(group.try_go(async { Ok(()) }).await);
        assert_eq!(group.wait().await, Ok(()));
    }

    /// The wait is for all tasks, and gives the error that came first in time.
    async fn errg_02_the_first_error_in_time() {
        let (group, log) = (Group::new(), Log::new());
        group.go(fail_after(20, "second")).await;
        group.go(fail_after(1, "first")).await;
        let last = log.clone();
        group.go(async move {
            succeed_after(60).await?;
            last.add("ended");
            Ok(())
        }).await;
        assert_eq!(group.wait().await, Err("first"));
        assert_eq!(log.entries(), ["ended"]);
    }

    /// The first error stays over later tasks and waits.
    async fn errg_03_the_first_error_stays() {
        let group = Group::new();
        group.go(async { Err("first") }).await;
        assert_eq!(group.wait().await, Err("first"));
        group.go(async { Ok(()) }).await;
        group.go(async { Err("later") }).await;
        assert_eq!(group.wait().await, Err("first"));
    }

    /// The first error ends the context at once; the other tasks are not stopped.
    async fn errg_04_an_error_ends_the_context() {
        let (group, ctx) = Group::with_context(&Context::background());
        let log = Log::new();
        group.go(fail_after(1, "first")).await;
        let other = log.clone();
        group.go(async move {
            succeed_after(60).await?;
            other.add("not stopped");
            Ok(())
        }).await;
        ctx.done().recv().await;
        assert_eq!(ctx.err(), Some(ContextError::Canceled));
        assert_eq!(ctx.cause().expect("it has ended").to_string(), "first");
        assert!(log.entries().is_empty());
        assert_eq!(group.wait().await, Err("first"));
        assert_eq!(log.entries(), ["not stopped"]);
    }

    /// The wait ends the context in any case.
    async fn errg_05_the_wait_ends_the_context() {
        let (group, ctx) = Group::<&str>::with_context(&Context::background());
        assert_eq!(ctx.err(), None);
        assert_eq!(group.wait().await, Ok(()));
        assert_eq!(ctx.err(), Some(ContextError::Canceled));
        assert_eq!(ctx.cause().expect("it has ended").downcast_ref(), Some(&ContextError::Canceled));
    }

    /// With a limit a start waits for a free slot.
    async fn errg_06_a_limit_holds_tasks_back() {
        let (group, busy) = (Group::new(), Semaphore::new(2));
        group.set_limit(Some(2));
        for _ in 0..6 {
            let busy = busy.clone();
            group.go(async move {
                if !busy.try_acquire(1).await {
                    return Err("too many at once");
                }
                let _busy = busy.release_on_drop(1);
                yield_now().await;
                Ok(())
            }).await;
        }
        assert_eq!(group.wait().await, Ok(()));
    }

    /// A try starts the task, or says that the limit is reached.
    async fn errg_07_a_try_to_start() {
        let group = Group::<&str>::new();
        group.set_limit(Some(3));
        for _ in 0..3 {
            assert!(group.try_go(succeed_after(10)).await);
        }
        assert!(!group.try_go(async { unreachable!("it is not run") }).await);
        assert_eq!(group.wait().await, Ok(()));
        assert!(group.try_go(async { Ok(()) }).await);
    }

    /// A limit of 0 admits nothing; taking the limit away is possible at any time.
    async fn errg_08_no_tasks_and_any_number() {
        let group = Group::<&str>::new();
        group.set_limit(Some(0));
        assert!(!group.try_go(async { Ok(()) }).await);
        assert!(blocks(group.go(async { Ok(()) })).await);
        group.set_limit(Some(1));
        assert!(group.try_go(succeed_after(10)).await);
        group.set_limit(None);
        assert!(group.try_go(succeed_after(10)).await);
        assert_eq!(group.wait().await, Ok(()));
    }
}

sim_only! {
    /// Setting a limit while tasks hold slots panics, with their number.
    async fn errg_09_a_limit_is_not_changed_under_way() {
        let group = Group::<&str>::new();
        group.set_limit(Some(5));
        assert!(group.try_go(succeed_after(10)).await && group.try_go(succeed_after(10)).await);
        let text = panic_text(async {
            group.set_limit(Some(3));
            yield_now().await;
        })
        .await;
        assert_eq!(text, "errgroup: modify limit while 2 goroutines in the group are still active");
        assert_eq!(group.wait().await, Ok(()));
    }
}

conformance! {
    /// A scope returns when its tasks have ended, with the value of its body.
    async fn scope_returns_after_its_tasks() {
        let log = Log::new();
        let ended = log.clone();
        let value = scope(&Context::background(), |scope| async move {
            scope.go(async move {
                succeed_after(10).await?;
                ended.add("task");
                Ok(())
            });
            Ok::<_, &str>(7)
        })
        .await;
        assert_eq!((value, log.entries()), (Ok(7), vec!["task"]));
    }

    /// An error of a task or of the body ends the context of the scope, and is the first one that is given.
    async fn scope_ends_with_its_first_error() {
        for body_fails in [false, true] {
            let result = scope(&Context::background(), |scope| async move {
                let ctx = scope.context().clone();
                scope.go(async move {
                    ctx.done().recv().await;
                    Err("a consequence")
                });
                if body_fails {
                    return Err("the cause");
                }
                scope.go(fail_after(1, "the cause"));
                scope.context().done().recv().await;
                Ok(())
            })
            .await;
            assert_eq!(result, Err("the cause"));
        }
    }

    /// A scope that is given up ends the context of its tasks.
    async fn scope_can_be_given_up() {
        let log = Log::new();
        let heard = log.clone();
        let scope = scope(&Context::background(), |scope| async move {
            let ctx = scope.context().clone();
            scope.go(async move {
                select! {
                    _ = ctx.done().recv() => heard.add("the end"),
                    _ = Receiver::<()>::never().recv() => {},
                }
                Ok::<_, &str>(())
            });
            Ok(())
        });
        assert!(timeout(ms(5), scope).await.is_err());
        others_wait().await;
        assert_eq!(log.entries(), ["the end"]);
    }
}

sim_only! {
    /// A recording names the lines of the program that uses a group or a scope, and none of the library.
    fn the_lines_are_the_callers() {
        let run = run(0, async {
            scope(&Context::background(), |scope| async move {
                scope.go(succeed_after(1));
                scope.go(fail_after(2, "lost"));
                Ok(())
            })
            .await
        });
        assert_eq!(run.value, Some(Err("lost")));
        let library = run.recording.events.iter().filter(|e| {
            e.step > 0 && e.place.as_ref().is_some_and(|place| place.file.starts_with("src/"))
        });
        assert_eq!(library.collect::<Vec<_>>(), Vec::<&fanin::probe::Event>::new());
    }

    /// Starts wait exactly until slots are free.
    fn errg_06_at_the_instant_of_a_free_slot() {
        under_every_seed(|| async {
            let group = Group::<&str>::new();
            group.set_limit(Some(1));
            for i in 0..3 {
                group.go(succeed_after(1000)).await;
                assert_eq!(now().nanos(), i * 1_000_000_000);
            }
            assert_eq!(group.wait().await, Ok(()));
        });
    }

    /// A panic in a task is not captured.
    fn errg_10_a_panic_ends_the_program() {
        let end = ends(|| async {
            let group = Group::<&str>::new();
            group.go(async { match panic("boom").await {} }).await;
            let _never = group.wait().await;
            unreachable!("main goes on");
        });
        assert_eq!(end, "panic: boom");
    }

    /// A task that leaves by Goexit has ended without an error, and its slot is free.
    fn errg_11_goexit_counts_as_an_end() {
        under_every_seed(|| async {
            let group = Group::<&str>::new();
            group.set_limit(Some(1));
            group.go(async { match goexit().await {} }).await;
            group.go(async { Ok(()) }).await;
            assert_eq!(group.wait().await, Ok(()));
        });
    }

    /// Two errors at once: either may be the first.
    fn errg_02_errors_at_once_come_in_any_order() {
        let first = results(SEEDS, || async {
            let group = Group::new();
            group.go(async { Err("a") }).await;
            group.go(async { Err("b") }).await;
            let started = go(async {});
            started.await.unwrap();
            group.wait().await.unwrap_err()
        });
        assert_eq!(first, ["a", "b"].into());
    }
}
