//! Schedules in words.

use fanin::{
    Context, Receiver, WaitGroup, chan,
    explore::{Explorer, Report, check},
    go, named, select,
    sync::Mutex,
    time::Timer,
    yield_now,
};
use std::{future::Future, time::Duration};

fn explore<F: Future<Output = ()> + Send + 'static>(program: impl Fn() -> F) -> Report {
    Explorer::new().run(program)
}

fn told(report: &Report) -> Vec<&str> {
    report.findings[0].story.iter().map(|s| s.text.as_str()).collect()
}

#[test]
fn a_send_that_nobody_takes() {
    let report = explore(|| async {
        let (tx, rx) = named("numbers", || chan(0));
        named("producer", || {
            go(async move {
                for n in [3, 4] {
                    tx.send(n).await;
                }
            })
        });
        rx.recv().await;
    });
    let expected = [
        "main begins: starts producer",
        "main receives from numbers: nobody sends, it waits",
        "producer begins",
        "producer sends 3 on numbers: main takes it",
        "producer sends 4 on numbers: nobody receives, it waits",
    ];
    assert_eq!(told(&report), expected);
    let place = report.findings[0].story[3].place.clone();
    assert!(place.is_some_and(|p| p.file.ends_with("tests/explore/story.rs")));
    let text = report.to_string();
    assert!(text.contains("\n  unavoidable from the beginning\n"), "{text}");
    assert!(text.contains("\n  5. producer sends 4 on numbers: nobody receives, it waits (tests/"), "{text}");
}

#[test]
fn a_timer_that_is_stopped() {
    let report = explore(|| async {
        let timer = named("alarm", || Timer::new(Duration::from_secs(1)));
        yield_now().await;
        timer.stop();
        Receiver::<()>::never().recv().await;
    });
    assert!(told(&report).contains(&"main goes on: stops or resets alarm"), "{report}");
}

#[test]
fn a_check_that_fails_tells_what_is_worth_a_look() {
    let failed = std::panic::catch_unwind(|| {
        check(|| async {
            let (ctx, _cancel) = named("request", || Context::background().with_cancel());
            go(async move { ctx.done().recv().await });
        });
    });
    let text = failed.expect_err("it leaks").downcast::<String>().expect("a message");
    let [found, hint] =
        ["leak: g2 waits for ever", "worth a look, lost cancel: Context #"].map(|t| text.find(t));
    assert!(found.is_some() && found < hint, "{text}");
}

#[test]
fn locks_in_two_orders() {
    let report = explore(|| async {
        let (a, b) = (named("a", || Mutex::new(0)), named("b", || Mutex::new(0)));
        let wg = WaitGroup::new();
        for (name, first, second) in [("one", a.clone(), b.clone()), ("two", b, a)] {
            named(name, || {
                wg.go(async move {
                    let _first = first.lock().await;
                    let _second = second.lock().await;
                });
            });
        }
        wg.wait().await;
    });
    let told = told(&report);
    let expected = [
        "one begins",
        "one locks a",
        "two begins",
        "two locks b",
        "two locks a: one holds it, it waits",
        "one locks b: two holds it, it waits",
    ];
    assert_eq!(told[told.len() - 6..], expected);
    let story = &report.findings[0].story;
    assert_eq!(report.findings[0].since, Some(story[story.len() - 3].step));
    assert!(
        report.to_string().contains(&format!("\n  unavoidable since {}.\n", story.len() - 2)),
        "{report}"
    );
}

#[test]
fn a_select_and_what_it_takes() {
    let report = explore(|| async {
        let (jobs, from_jobs) = named("jobs", || chan(1));
        let (quit, from_quit) = named("quit", || chan::<()>(0));
        jobs.send(1).await;
        quit.close();
        select! {
            _ = from_jobs.recv() => {}
            _ = from_quit.recv() => match fanin::panic("gave up").await {},
        }
    });
    let expected = [
        "main begins",
        "main sends 1 on jobs: it goes into the buffer",
        "main closes quit",
        "main selects among \"receive from jobs\", \"receive from quit\": takes case 2 by chance, quit is closed",
        "main panics: panic: gave up",
    ];
    assert_eq!(told(&report), expected);
}

/// How many times another task acts than the one before.
fn switches(report: &Report) -> usize {
    report.findings[0].story.windows(2).filter(|pair| pair[0].task != pair[1].task).count()
}

#[test]
fn there_are_no_more_switches_than_the_finding_needs() {
    // Each of three hands on to the next: main cannot fail before the last, and each takes one turn.
    let report = explore(|| async {
        let (tx, mut rx) = chan(1);
        tx.send(0).await;
        for _ in 0..3 {
            let (tx, next) = chan(1);
            let input = std::mem::replace(&mut rx, next);
            go(async move {
                if let Some(n) = input.recv().await {
                    tx.send(n + 1).await;
                }
            });
        }
        if rx.recv().await == Some(3) {
            fanin::panic("three").await;
        }
    });
    assert_eq!(switches(&report), 4, "{report}");
}

#[test]
fn a_token_of_another_program_is_refused_where_the_runs_part() {
    let program = |second: bool| {
        move || async move {
            let (tx, rx) = chan(1);
            for n in 0..2 {
                let tx = tx.clone();
                go(async move {
                    if second && n == 1 {
                        tx.close();
                    } else {
                        tx.send(n).await;
                    }
                });
            }
            rx.recv().await;
            rx.recv().await;
            rx.recv().await;
        }
    };
    let explorer = Explorer::new();
    let token = explorer.run(program(false)).findings.remove(0).token;
    assert!(explorer.replay(&token, program(false)).is_ok());
    let error = explorer.replay(&token, program(true)).unwrap_err();
    let fanin::explore::TokenError::Diverged { expected, found, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!((*expected, *found), ("a task sends", "a task closes a channel"));
    assert!(error.to_string().contains("another program or version: in step "), "{error}");
}
