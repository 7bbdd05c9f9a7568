//! Tasks.

use super::{free, racy, sleep_ms};
use fanin::{go, sim, sync::shared::Var, yield_now};

#[test]
fn a_start_comes_after_the_go_statement() {
    free(|x| async move {
        x.set(1);
        go(async move { x.update(|x| *x += 1) });
    });
    racy(|x| async move {
        let child = x.clone();
        go(async move { child.get() });
        x.set(1);
    });
}

#[test]
fn an_end_comes_before_its_join_and_nothing_else() {
    free(|x| async move {
        let child = x.clone();
        let handle = go(async move { child.set(1) });
        sleep_ms(1).await;
        handle.await.expect("it returns");
        x.get();
    });
    racy(|x| async move {
        let child = x.clone();
        go(async move { child.set(1) });
        sleep_ms(1).await;
        x.get();
    });
}

#[test]
fn a_sleep_and_a_yield_order_nothing() {
    racy(|x| async move {
        for n in 0..2 {
            let x = x.clone();
            go(async move {
                sleep_ms(n).await;
                yield_now().await;
                x.update(|x| *x += 1);
            });
        }
    });
}

#[test]
fn what_others_did_comes_before_the_return_of_a_wait_until_they_are_idle() {
    let program = |wait: bool| {
        move |x: Var<u32>| async move {
            let child = x.clone();
            go(async move {
                sleep_ms(1).await;
                child.set(1);
            });
            sleep_ms(2).await;
            if wait {
                sim::wait().await;
            }
            x.get();
        }
    };
    free(program(true));
    racy(program(false));
}
