//! Contexts and timers.

use super::{free, racy, sleep_ms};
use fanin::{
    Context, go,
    sync::shared::Var,
    time::{Timer, after_func},
    yield_now,
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

const MS: Duration = Duration::from_millis(1);

#[test]
fn the_end_of_a_context_comes_before_what_finds_it() {
    let program = |before: bool, looks: bool| {
        move |x: Var<u32>| async move {
            let ((ctx, cancel), child) = (Context::background().with_cancel(), x.clone());
            let ctx = ctx.with_cancel().0;
            go(async move {
                if before {
                    child.set(1);
                }
                cancel.cancel();
                if !before {
                    child.set(1);
                }
            });
            if looks {
                while ctx.err().is_none() {
                    yield_now().await;
                }
            } else {
                ctx.done().recv().await;
            }
            x.get();
        }
    };
    for looks in [false, true] {
        free(program(true, looks));
        racy(program(false, looks));
    }
}

#[test]
fn the_setting_of_a_timer_comes_before_its_firing() {
    let program = |before: bool| {
        move |x: Var<u32>| async move {
            let (timer, child) = (Arc::new(Timer::new(MS * 9)), x.clone());
            let reset = timer.clone();
            go(async move {
                sleep_ms(1).await;
                if before {
                    child.set(1);
                }
                reset.reset(MS);
                if !before {
                    child.set(1);
                }
            });
            timer.recv().await;
            x.get();
        }
    };
    free(program(true));
    racy(program(false));
}

#[test]
fn the_setting_of_a_timer_comes_before_the_start_of_its_task() {
    let program = |before: bool| {
        move |x: Var<u32>| async move {
            let (write, read) = (x.clone(), x);
            let timer = after_func(MS * 9, move || {
                let read = read.clone();
                async move { read.update(|x| *x += 1) }
            });
            go(async move {
                if before {
                    write.set(1);
                }
                timer.reset(MS);
                if !before {
                    write.set(1);
                }
            });
            // A timer fires as long as somebody lives.
            sleep_ms(2).await;
        }
    };
    free(program(true));
    racy(program(false));
}

#[test]
fn one_timer_orders_nothing_for_another() {
    racy(|x| async move {
        let (write, read) = (x.clone(), x);
        go(async move {
            write.set(1);
            after_func(MS, async || ());
        });
        after_func(MS * 2, move || {
            let read = read.clone();
            async move { read.update(|x| *x += 1) }
        });
        sleep_ms(3).await;
    });
}

#[test]
fn the_end_of_a_context_comes_before_the_start_of_its_task() {
    let program = |before: bool| {
        move |x: Var<u32>| async move {
            let ((ctx, cancel), child) = (Context::background().with_cancel(), x.clone());
            ctx.after_func(async move { child.update(|x| *x += 1) });
            go(async move {
                if before {
                    x.set(1);
                }
                cancel.cancel();
                if !before {
                    x.set(1);
                }
            });
        }
    };
    free(program(true));
    racy(program(false));
}

#[test]
fn who_asks_for_a_task_at_the_end_of_a_context_comes_before_its_start() {
    let program = |before: bool| {
        move |x: Var<u32>| async move {
            let ((ctx, cancel), child) = (Context::background().with_cancel(), x.clone());
            go(async move {
                yield_now().await;
                cancel.cancel();
            });
            if before {
                x.set(1);
            }
            ctx.after_func(async move { child.update(|x| *x += 1) });
            if !before {
                x.set(1);
            }
        }
    };
    free(program(true));
    racy(program(false));
    // It comes before nothing that the other one does who ends the context.
    racy(|x| async move {
        let ((ctx, cancel), child) = (Context::background().with_cancel(), x.clone());
        go(async move {
            cancel.cancel();
            child.set(2);
        });
        x.set(1);
        ctx.after_func(async {});
    });
}

#[test]
fn the_setting_of_a_deadline_comes_before_the_end_of_the_context() {
    let program = |before: bool| {
        move |x: Var<u32>| async move {
            // Handed over in a way that no rule knows of.
            let (hidden, child) = (Arc::new(Mutex::new(None)), x.clone());
            let other = hidden.clone();
            go(async move {
                if before {
                    child.set(1);
                }
                let ctx = Context::background().with_timeout(MS * 2).0;
                *other.lock().unwrap_or_else(PoisonError::into_inner) = Some(ctx);
                if !before {
                    child.set(1);
                }
            });
            sleep_ms(1).await;
            let ctx: Option<Context> = hidden.lock().unwrap_or_else(PoisonError::into_inner).take();
            ctx.expect("it was handed over").done().recv().await;
            x.get();
        }
    };
    free(program(true));
    racy(program(false));
}
