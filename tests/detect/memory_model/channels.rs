//! Channels.

use super::{free, racy, sleep_ms};
use fanin::{chan, detect::findings, go, probe::What, select, sim::Config, sync::shared::Var};

#[test]
fn a_send_comes_before_the_end_of_its_receive() {
    for cap in [0, 1, 2] {
        free(move |x| async move {
            let ((tx, rx), child) = (chan(cap), x.clone());
            go(async move {
                child.set(1);
                tx.send(()).await;
            });
            rx.recv().await;
            x.get();
        });
        racy(move |x| async move {
            let ((tx, rx), child) = (chan(cap), x.clone());
            go(async move {
                tx.send(()).await;
                child.set(1);
            });
            rx.recv().await;
            x.get();
        });
    }
}

#[test]
fn so_it_does_in_a_select() {
    for cap in [0, 1] {
        free(move |x| async move {
            let ((tx, rx), (_, never), child) = (chan(cap), chan::<()>(0), x.clone());
            go(async move {
                child.set(1);
                select! { tx.send(()) => {} }
            });
            select! { _ = rx.recv() => {}, _ = never.recv() => {} }
            x.get();
        });
    }
}

#[test]
fn an_unbuffered_receive_comes_before_the_end_of_its_send() {
    let program = |cap| {
        move |x: Var<u32>| async move {
            let ((tx, rx), child) = (chan(cap), x.clone());
            go(async move {
                child.set(1);
                rx.recv().await;
            });
            tx.send(()).await;
            x.get();
        }
    };
    free(program(0));
    racy(program(1));
}

#[test]
fn a_receive_comes_before_the_send_that_takes_its_place_in_the_buffer() {
    let program = |cap, received_before: usize| {
        move |x: Var<u32>| async move {
            let ((tx, rx), child) = (chan(cap), x.clone());
            go(async move {
                for n in 0..4 {
                    if n == received_before {
                        child.set(1);
                    }
                    rx.recv().await;
                }
            });
            for _ in 0..4 {
                tx.send(()).await;
            }
            x.get();
        }
    };
    // The fourth send comes after the receive number 4 - cap, whatever else was received by then.
    free(program(1, 2));
    free(program(2, 1));
    free(program(3, 0));
    racy(program(1, 3));
    racy(program(2, 2));
    racy(program(3, 1));
}

#[test]
fn what_is_put_back_keeps_the_order_of_its_send() {
    // Main gives up its receive, in some schedules after it got the value. That goes to another task, which
    // waits for it or comes later.
    let program = |comes: u64, sender_writes: bool| {
        move |x: Var<u32>| async move {
            let ((tx, rx), sender, other) = (chan(0), x.clone(), x.clone());
            go(async move {
                sleep_ms(2).await;
                if sender_writes {
                    sender.set(1);
                }
                tx.send(()).await;
            });
            let receiver = rx.clone();
            go(async move {
                sleep_ms(comes).await;
                receiver.recv().await;
                other.get();
            });
            let given_up = futures::future::select(sleep_ms(2), rx.recv());
            let given_up = given_up.await;
            if !sender_writes {
                x.set(1);
            }
            drop(given_up);
        }
    };
    for comes in [1, 3] {
        free(program(comes, true));
        racy(program(comes, false));
        let events = (0..40).flat_map(|seed| {
            let main = async move { program(comes, true)(Var::new(0)).await };
            Config::new().seed(seed).run(main).recording.events
        });
        let put_back = events.filter(|e| matches!(e.what, What::Unreceive { .. })).count();
        assert!(put_back > 5, "{put_back}");
    }
}

#[test]
fn what_is_put_back_counts_as_one_receive() {
    let program = || async {
        let ((tx, rx), x) = (chan(1), Var::new(0));
        let (receiver, write) = (rx.clone(), x.clone());
        go(async move {
            sleep_ms(2).await;
            for _ in 0..3 {
                tx.send(()).await;
            }
            // The third send comes after the second receive, and so after the write.
            x.get();
        });
        go(async move {
            sleep_ms(3).await;
            receiver.recv().await;
            write.set(1);
            receiver.recv().await;
        });
        drop(futures::future::select(sleep_ms(2), rx.recv()).await);
    };
    let runs = (0..80).map(|seed| Config::new().seed(seed).run(program()).recording.events);
    let put_back = runs.filter(|events| events.iter().any(|e| matches!(e.what, What::Unreceive { .. })));
    let races: Vec<_> = put_back.map(|events| findings(&events).len()).collect();
    assert!(races.len() > 5 && races.iter().all(|n| *n == 0), "{races:?}");
}

#[test]
fn a_close_comes_before_a_receive_that_finds_it() {
    free(|x| async move {
        let ((tx, rx), child) = (chan::<()>(1), x.clone());
        go(async move {
            child.set(1);
            tx.close();
        });
        rx.recv().await;
        x.get();
    });
    racy(|x| async move {
        let ((tx, rx), child) = (chan::<()>(1), x.clone());
        go(async move {
            tx.close();
            child.set(1);
        });
        rx.recv().await;
        x.get();
    });
}
