//! Explorations as tests: what fails them, what does not, and how values look there.

use fanin::{
    explore::{Explorer, TokenError, check},
    go, goexit, output,
    probe::Value,
    sim::Config,
    sync::AtomicI64,
    yield_now,
};
use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// The text of a check that fails; `None` for one that does not.
fn failed<F: Future<Output: Send> + Send + 'static>(
    explorer: &Explorer,
    program: fn() -> F,
) -> Option<String> {
    let failed = catch_unwind(AssertUnwindSafe(|| explorer.check(program))).err()?;
    Some(*failed.downcast::<String>().expect("a message"))
}

/// Two that count, each by a look and a store, or in one.
async fn counted(at_once: bool) {
    let count = AtomicI64::new(0);
    let tasks = [(); 2].map(|()| {
        let count = count.clone();
        go(async move {
            if at_once {
                count.add(1).await;
            } else {
                let seen = count.load().await;
                count.store(seen + 1);
                yield_now().await;
            }
        })
    });
    for task in tasks {
        task.await.expect("it returns");
    }
    if count.load().await != 2 {
        fanin::panic("one was lost").await;
    }
}

#[test]
fn a_bound_that_was_asked_for_passes_if_nothing_goes_wrong() {
    let new = Explorer::new;
    for explorer in [new(), new().random(1, 200), new().priorities(1, 200, 2), new().preemptions(0..=1)] {
        assert_eq!(failed(&explorer, || counted(true)), None);
        let text = failed(&explorer, || counted(false)).expect("one is lost in some run");
        assert!(
            text.contains("panic: one was lost") && text.contains("replay them with the token 2-"),
            "{text}"
        );
    }
}

#[test]
fn a_bound_that_was_not_asked_for_fails() {
    let text = failed(&Explorer::new().max_executions(1), || counted(true)).expect("there are more");
    assert!(text.starts_with("not complete: it was ended after 1 executions"), "{text}");
}

#[test]
fn main_that_leaves_as_the_last_fails() {
    let text =
        catch_unwind(|| check(goexit)).expect_err("Go dies of it").downcast::<String>().expect("a message");
    assert!(
        text.contains("deadlock: Deadlock: nobody is left to end the program.\nmain left by Goexit in step "),
        "{text}"
    );
}

struct Answer(u32);

fn shown(answer: &Answer) -> Value {
    Value::Int(answer.0.into())
}

async fn answers() {
    for n in 0..2 {
        go(async move { output(&Answer(n)) });
    }
}

#[test]
fn values_of_ones_own_are_told_apart_once_they_are_shown() {
    let outcomes = |explorer: &Explorer| explorer.run(answers).outcomes;
    assert_eq!(outcomes(&Explorer::new()).len(), 1);
    let explorer = Explorer::new().show(shown);
    let told = outcomes(&explorer);
    assert_eq!(told.len(), 2);
    for outcome in told {
        let again = explorer.replay(&outcome.token, answers).expect("it is the same program");
        assert_eq!(again.outputs(), outcome.outputs);
    }
    let letters = Explorer::new().run(|| async { output(&'a') });
    assert_eq!(letters.outcomes[0].outputs, ["a"]);
}

#[test]
fn a_program_with_settings_of_its_own_is_replayed_with_them() {
    let program = |config: Config| config.show(shown).start(answers());
    let mut exploration = Explorer::new().start(program);
    while exploration.advance() {}
    let outcomes = exploration.report().outcomes;
    assert_eq!(outcomes.len(), 2);
    for outcome in outcomes {
        let again = Explorer::new().replay_with(&outcome.token, program).expect("it is the same program");
        assert_eq!(again.outputs(), outcome.outputs);
        let without = Explorer::new().replay(&outcome.token, answers);
        assert_eq!(without, Err(TokenError::OtherProgram));
    }
}

/// As many as there are steps are enough.
#[test]
fn priorities_may_change_at_as_many_places_as_one_likes() {
    let report = Explorer::new().priorities(1, 20, u32::MAX).run(|| counted(true));
    assert_eq!(report.executions, 20);
}
