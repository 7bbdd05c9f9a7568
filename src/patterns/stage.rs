//! The two waits of a stage: for its input, and for whoever takes its output. Both give up when `done` closes.
//!
//! Plain functions, not async ones, so that a recording names the stage that waits.

use crate::{
    Receiver, Sender,
    sync::{
        Selector,
        select::{Chosen, End, More, Of, Select},
    },
};

/// The next value of `input`, or `None` once it is closed and drained, or `done` is closed.
#[track_caller]
pub(super) fn receive<'a, T: Send + 'static>(
    done: &'a Receiver<()>,
    input: &'a Receiver<T>,
) -> impl Future<Output = Option<T>> + Send + 'a {
    let select = Select::new(More::new(input.recv(), More::new(done.recv(), End)), false);
    async move {
        match select.await {
            Chosen::Case(Of::Here(value)) => value,
            _ => None,
        }
    }
}

/// Sends `value`, or drops it when `done` closes first; tells whether it was sent.
#[track_caller]
pub(super) fn forward<'a, T: Send + 'static>(
    done: &'a Receiver<()>,
    output: &'a Sender<T>,
    value: T,
) -> impl Future<Output = bool> + Send + 'a {
    let select = Select::new(More::new(output.send(value), More::new(done.recv(), End)), false);
    async move { matches!(select.await, Chosen::Case(Of::Here(()))) }
}

/// Sends a copy of `value` to one of `outputs`, or drops it when `done` closes first; tells to which.
#[track_caller]
pub(super) fn forward_any<'a, T: Clone + Send + 'static>(
    done: &'a Receiver<()>,
    outputs: &[&'a Sender<T>],
    value: &T,
) -> impl Future<Output = Option<usize>> + Send + use<'a, T> {
    let sends = outputs.iter().fold(Selector::new(), |sends, tx| sends.case(tx.send(value.clone())));
    let select = Select::new(More::new(done.recv(), sends), false);
    async move {
        match select.await {
            Chosen::Case(Of::Later((taken, ()))) => Some(taken),
            _ => None,
        }
    }
}
